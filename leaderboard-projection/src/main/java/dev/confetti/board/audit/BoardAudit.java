package dev.confetti.board.audit;

import dev.confetti.board.score.Board;
import dev.confetti.board.score.ScoreChange;
import dev.confetti.board.score.ScoreRules;
import dev.confetti.board.standing.BoardReader;
import dev.confetti.board.standing.BoardRetention;
import dev.confetti.board.standing.Fences;
import dev.confetti.board.standing.RedisClients;
import dev.confetti.board.standing.Score;
import dev.confetti.board.standing.Shard;
import dev.confetti.board.standing.ShardSnapshot;
import dev.confetti.events.EventType;
import dev.confetti.events.GiftEvent;
import dev.confetti.events.LogReader;
import dev.confetti.events.LogRecord;
import dev.confetti.events.Partitions;
import dev.confetti.events.Topic;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Compares every board with a sum over the event log.
 *
 * <p>Each shard is photographed, fences included, in one step; the sum for a shard then takes from
 * each partition what its fence says. So gifts may go on while an audit runs.
 */
public final class BoardAudit {
    private static final Duration POLL = Duration.ofMillis(100);

    private final URI redisUrl;
    private final LogReader log;
    private final BoardRetention retention;
    private final InstantSource clock;

    /**
     * An audit that has not begun.
     *
     * @param retention the one that the boards are kept by
     */
    public BoardAudit(URI redisUrl, LogReader log, BoardRetention retention, InstantSource clock) {
        this.redisUrl = redisUrl;
        this.log = log;
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * Waits until the boards have taken in the log up to a position, and compares them there or
     * further on.
     *
     * @param logHead a position of the log, such as its head when the audit was asked for
     * @param timeout how long to wait; when the boards do not come so far, the result says so
     */
    public BoardAuditResult run(long logHead, Duration timeout)
            throws SQLException, InterruptedException {
        Instant deadline = clock.instant().plus(timeout);
        while (true) {
            try (UnifiedJedis redis = RedisClients.open(redisUrl)) {
                long[] needed = lastGifts(logHead);
                Optional<String> behind = awaitFences(redis, needed, deadline);
                if (behind.isPresent()) {
                    return new BoardAuditResult(false, logHead, 0, 0, 0, 0, behind);
                }
                return compare(redis, logHead);
            } catch (JedisException e) {
                // A server that is started anew, or a cluster that does not agree yet.
                if (!clock.instant().isBefore(deadline)) {
                    throw e;
                }
                Thread.sleep(POLL);
            }
        }
    }

    /** The last gift event of each partition, up to a position. */
    private long[] lastGifts(long logHead) throws SQLException {
        long[] last = new long[Topic.PARTITIONS];
        scan(logHead, (gift, record) -> last[Partitions.of(gift.key())] = record.position());
        return last;
    }

    private Optional<String> awaitFences(UnifiedJedis redis, long[] needed, Instant deadline)
            throws InterruptedException {
        BoardReader reader = new BoardReader(redis);
        while (true) {
            Optional<String> behind = behind(reader.fences(), needed);
            if (behind.isEmpty() || !clock.instant().isBefore(deadline)) {
                return behind;
            }
            Thread.sleep(POLL);
        }
    }

    private static Optional<String> behind(Fences fences, long[] needed) {
        for (int shard = 0; shard < Shard.COUNT; shard++) {
            for (int partition = 0; partition < needed.length; partition++) {
                long reached = fences.of(new Shard(shard), partition).position();
                if (reached < needed[partition]) {
                    return Optional.of(
                            "shard %d is at position %d of partition %d: expected %d at least"
                                    .formatted(shard, reached, partition, needed[partition]));
                }
            }
        }
        return Optional.empty();
    }

    private BoardAuditResult compare(UnifiedJedis redis, long logHead) throws SQLException {
        Map<Shard, Set<String>> moreBoards = new HashMap<>();
        while (true) {
            List<ShardSnapshot> snapshots = new ArrayList<>();
            for (int i = 0; i < Shard.COUNT; i++) {
                Shard shard = new Shard(i);
                snapshots.add(
                        ShardSnapshot.take(redis, shard, moreBoards.getOrDefault(shard, Set.of())));
            }
            BoardSums sums = new BoardSums(retention);
            long events = addUp(snapshots, sums);
            // A board that began between the scan for keys and the snapshot was not looked at.
            boolean sawAll = true;
            for (Board board : sums.boards()) {
                String name = ShardSnapshot.nameOf(board);
                for (Shard shard : Shard.partsOf(board.name().owner())) {
                    if (!snapshots.get(shard.number()).lookedAt().contains(name)) {
                        sawAll &=
                                !moreBoards.computeIfAbsent(shard, s -> new HashSet<>()).add(name);
                    }
                }
            }
            if (sawAll) {
                return compared(logHead, events, sums, snapshots);
            }
        }
    }

    /** Adds up what the snapshots should show. */
    private long addUp(List<ShardSnapshot> snapshots, BoardSums sums) throws SQLException {
        long last =
                snapshots.stream()
                        .flatMap(snapshot -> snapshot.positions().values().stream())
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(0);
        AtomicLong events = new AtomicLong();
        scan(
                last,
                (gift, record) -> {
                    events.incrementAndGet();
                    int partition = Partitions.of(gift.key());
                    for (ScoreChange change : ScoreRules.changes(gift, record.occurredAt())) {
                        ShardSnapshot snapshot = snapshots.get(Shard.of(change).number());
                        if (record.position() <= snapshot.positions().getOrDefault(partition, 0L)) {
                            sums.add(change, record.position(), record.recordedAt());
                        }
                    }
                });
        return events.get();
    }

    private BoardAuditResult compared(
            long logHead, long events, BoardSums sums, List<ShardSnapshot> snapshots) {
        Instant now = clock.instant();
        Map<String, List<Score>> foundBoards = ShardSnapshot.together(snapshots);
        Set<String> expectedNames = new HashSet<>();
        long boards = 0;
        long standings = 0;
        long expired = 0;
        Optional<String> difference = Optional.empty();
        for (Board board : sums.boards()) {
            String name = ShardSnapshot.nameOf(board);
            expectedNames.add(name);
            if (!sums.mustBeThere(board, now)) {
                expired++;
                continue;
            }
            List<Score> expected = sums.standings(board);
            List<Score> found = foundBoards.getOrDefault(name, List.of());
            boards++;
            standings += expected.size();
            difference = difference.or(() -> difference(name, found, expected));
        }
        for (String name : foundBoards.keySet()) {
            if (!expectedNames.contains(name)) {
                difference =
                        difference.or(
                                () ->
                                        Optional.of(
                                                "board "
                                                        + name
                                                        + " is in Redis: expected none, the log has"
                                                        + " no gift for it"));
            }
        }
        return new BoardAuditResult(
                difference.isEmpty(), logHead, events, boards, standings, expired, difference);
    }

    private static Optional<String> difference(
            String name, List<Score> found, List<Score> expected) {
        for (int i = 0; i < Math.max(found.size(), expected.size()); i++) {
            Object is = i < found.size() ? found.get(i) : "nobody";
            Object should = i < expected.size() ? expected.get(i) : "nobody";
            if (!is.equals(should)) {
                return Optional.of(
                        "board %s, rank %d: found %s, expected %s"
                                .formatted(name, i + 1, is, should));
            }
        }
        return Optional.empty();
    }

    /** Goes through the gift events up to a position. */
    private void scan(long lastPosition, BiConsumer<GiftEvent, LogRecord> each)
            throws SQLException {
        log.readUpTo(
                lastPosition,
                record -> {
                    if (EventType.named(record.type()).topic() == Topic.GIFTS
                            && record.event() instanceof GiftEvent gift) {
                        each.accept(gift, record);
                    }
                });
    }
}
