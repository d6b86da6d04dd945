package dev.confetti.board.rebuild;

import dev.confetti.board.profile.MemberNames;
import dev.confetti.board.score.Board;
import dev.confetti.board.score.Period;
import dev.confetti.board.score.ScoreChange;
import dev.confetti.board.standing.BoardRetention;
import dev.confetti.board.standing.Fences;
import dev.confetti.board.standing.GenerationBuild;
import dev.confetti.board.standing.PlacedGift;
import dev.confetti.board.standing.Shard;
import dev.confetti.board.standing.ShardSnapshot;
import dev.confetti.events.LogReader;
import dev.confetti.events.PersonEvent.BoardVisibilityChanged;
import dev.confetti.events.PersonEvent.PersonForgotten;
import dev.confetti.events.Topic;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import redis.clients.jedis.UnifiedJedis;

/**
 * Builds all boards anew from the event log, beside those that are live, compares the two and
 * switches.
 *
 * <p>What is built follows the live boards, never ahead of them. To compare a shard it is closed
 * for as long as that takes: its live fences then stand still, what is built is brought to the same
 * ones, and every standing must be equal. At the end all shards are closed for a moment, brought
 * level once more, and switched. The live projector meets a closure as it meets any other trouble
 * with Redis: it waits, and reads where to go on.
 *
 * <p>Who is forgotten or hides is kept once, beside the generations, and is told again; names are
 * not in the log.
 */
public final class BoardRebuild {
    private static final int PAGE = 20_000;

    /** What is left for when a shard is closed: a moment's work. */
    private static final long NEAR = 2_000;

    private static final Duration POLL = Duration.ofMillis(50);

    private final UnifiedJedis redis;
    private final MemberNames names;
    private final LogReader log;
    private final BoardRetention retention;
    private final Duration patience;

    /** Is told how far a rebuild is. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Some events were counted.
         *
         * @param position the last of them
         * @param head where the log ended when it was looked at last
         */
        void at(long position, long head);
    }

    /**
     * How a rebuild ended.
     *
     * @param switched whether what was built is live now
     * @param position of the log up to which the live boards were followed
     * @param boards compared, a board of the whole platform once for each shard
     * @param differences what was not equal, in words; some of it only, where it is much
     */
    public record Outcome(boolean switched, long position, long boards, List<String> differences) {
        public Outcome {
            differences = List.copyOf(differences);
        }
    }

    /**
     * A rebuild that has not begun.
     *
     * @param retention the one that the boards are kept by
     * @param patience how long the live boards may take to reach what the log has
     */
    public BoardRebuild(
            UnifiedJedis redis, LogReader log, BoardRetention retention, Duration patience) {
        this.redis = redis;
        this.names = new MemberNames(redis);
        this.log = log;
        this.retention = retention;
        this.patience = patience;
    }

    /**
     * Builds, compares, and switches when all is equal.
     *
     * @param acceptDifferences switches though something differs, or though the live boards do not
     *     follow the log, so that they cannot be compared
     * @throws BoardRebuildException when it cannot go on; the live boards stay as they are
     */
    public Outcome run(boolean acceptDifferences, Progress progress)
            throws SQLException, InterruptedException {
        try (GenerationBuild build = GenerationBuild.begin(redis, retention)) {
            return new Run(build, acceptDifferences, progress).run();
        } catch (IllegalStateException e) {
            throw new BoardRebuildException(String.valueOf(e.getMessage()), e);
        }
    }

    private final class Run {
        private final GenerationBuild build;
        private final boolean acceptDifferences;
        private final Progress progress;
        private final List<String> differences = new ArrayList<>();
        private final Map<Shard, Set<String>> touched = new HashMap<>();

        /** All shards have all gifts up to here. */
        private long position;

        private boolean liveFollows = true;
        private boolean namesKnown;

        Run(GenerationBuild build, boolean acceptDifferences, Progress progress) {
            this.build = build;
            this.acceptDifferences = acceptDifferences;
            this.progress = progress;
        }

        Outcome run() throws SQLException, InterruptedException {
            comeNear();
            long boards = 0;
            if (liveFollows) {
                Map<Shard, Set<String>> names = new HashMap<>();
                namesKnown = true;
                for (Shard shard : Shard.all()) {
                    names.put(shard, build.boards(shard));
                }
                for (Shard shard : Shard.all()) {
                    boards += compare(shard, names.getOrDefault(shard, Set.of()));
                    comeNear();
                }
            }
            if (!differences.isEmpty() && !acceptDifferences) {
                return new Outcome(false, position, boards, differences);
            }
            build.close(Shard.all());
            bookTo(Shard.all(), build.liveFences());
            build.switchOver(!liveFollows);
            build.clearAway();
            return new Outcome(true, position, boards, differences);
        }

        /**
         * Follows the log until little is left that the live boards have and the built ones not.
         */
        private void comeNear() throws SQLException, InterruptedException {
            long head = log.head();
            do {
                while (position < head) {
                    LoggedEvents some = LoggedEvents.read(log, position, head, PAGE);
                    awaitLive(some.gifts());
                    apply(some.gifts());
                    some.persons().forEach(this::takeIn);
                    position = some.upTo();
                    progress.at(position, head);
                }
                head = log.head();
            } while (head - position > NEAR);
        }

        /** What is built must not be ahead: it could then never be compared at one moment. */
        private void awaitLive(List<PlacedGift> gifts) throws InterruptedException {
            long[] last = new long[Topic.PARTITIONS];
            gifts.forEach(gift -> last[gift.partition()] = gift.position());
            long deadline = System.nanoTime() + patience.toNanos();
            while (liveFollows) {
                String behind = behind(build.liveFences(), last);
                if (behind.isEmpty()) {
                    return;
                }
                if (System.nanoTime() - deadline > 0) {
                    if (!acceptDifferences) {
                        throw new BoardRebuildException(
                                behind
                                        + ", and does not get there within "
                                        + patience.toSeconds()
                                        + " s; boards that do not follow the log cannot be"
                                        + " compared. --accept-differences switches all the same");
                    }
                    liveFollows = false;
                    differences.add(behind + ": not compared");
                }
                Thread.sleep(POLL);
            }
        }

        private static String behind(Fences live, long[] needed) {
            for (Shard shard : Shard.all()) {
                for (int partition = 0; partition < needed.length; partition++) {
                    long reached = live.of(shard, partition).position();
                    if (reached < needed[partition]) {
                        return "shard %d of the live boards is at position %d of partition %d, expected %d"
                                .formatted(shard.number(), reached, partition, needed[partition]);
                    }
                }
            }
            return "";
        }

        private int compare(Shard shard, Set<String> names)
                throws SQLException, InterruptedException {
            build.close(List.of(shard));
            try {
                bookTo(List.of(shard), build.liveFences());
                Set<String> all = new HashSet<>(names);
                all.addAll(touched.getOrDefault(shard, Set.of()));
                differences.addAll(build.compare(shard, all));
                return all.size();
            } finally {
                build.open(List.of(shard));
            }
        }

        /** Gives closed shards what the live boards have more than what was read for all. */
        private void bookTo(List<Shard> shards, Fences live) throws SQLException {
            long upTo = position;
            for (Shard shard : shards) {
                for (int partition = 0; partition < Topic.PARTITIONS; partition++) {
                    upTo = Math.max(upTo, live.of(shard, partition).position());
                }
            }
            long at = position;
            while (at < upTo) {
                LoggedEvents some = LoggedEvents.read(log, at, upTo, PAGE);
                for (Shard shard : shards) {
                    apply(shard, some.gifts(), live);
                }
                at = some.upTo();
            }
        }

        private void apply(List<PlacedGift> gifts) {
            note(gifts);
            build.apply(gifts, Shard.all());
        }

        /** Once more does no harm, and is needed where Redis has lost what was chosen. */
        private void takeIn(LoggedEvents.OfPerson person) {
            switch (person.event()) {
                case PersonForgotten forgotten ->
                        names.forget(forgotten.personId(), person.position());
                case BoardVisibilityChanged chosen ->
                        names.hidden()
                                .choose(chosen.personId(), chosen.hidden(), person.position());
            }
        }

        private void apply(Shard shard, List<PlacedGift> gifts, Fences live) {
            List<PlacedGift> due =
                    gifts.stream()
                            .filter(g -> g.position() <= live.of(shard, g.partition()).position())
                            .toList();
            note(due);
            build.apply(due, List.of(shard));
        }

        /** A board that came up after the names were looked for is compared as well. */
        private void note(List<PlacedGift> gifts) {
            for (PlacedGift gift : namesKnown ? gifts : List.<PlacedGift>of()) {
                for (ScoreChange change : gift.changes()) {
                    Set<String> names =
                            touched.computeIfAbsent(Shard.of(change), s -> new HashSet<>());
                    for (Period period : change.owner().periods()) {
                        names.add(
                                ShardSnapshot.nameOf(
                                        Board.at(change.owner(), period, change.countedAt())));
                    }
                }
            }
        }
    }
}
