package dev.confetti.board.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.confetti.board.GiftLog;
import dev.confetti.board.GiftStorm;
import dev.confetti.board.GiftStorm.Thunder;
import dev.confetti.board.GiftTopic;
import dev.confetti.board.Gifts;
import dev.confetti.board.audit.BoardAudit;
import dev.confetti.board.audit.BoardAuditResult;
import dev.confetti.board.profile.Learned;
import dev.confetti.board.profile.MemberNames;
import dev.confetti.board.projector.BoardProjector;
import dev.confetti.board.projector.ProjectorMetrics;
import dev.confetti.board.projector.ProjectorState.Following;
import dev.confetti.board.projector.ProjectorState.Stopped;
import dev.confetti.board.standing.BoardReader;
import dev.confetti.board.standing.BoardRetention;
import dev.confetti.board.standing.BoardWriter;
import dev.confetti.board.standing.RedisClients;
import dev.confetti.board.standing.Shard;
import dev.confetti.engines.TestEngines;
import dev.confetti.events.Envelope;
import dev.confetti.events.EventType;
import dev.confetti.events.GiftEvent;
import dev.confetti.events.Partitions;
import dev.confetti.events.PersonEvent.BoardVisibilityChanged;
import dev.confetti.events.PersonEvent.PersonForgotten;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

/** Rebuilds beside a real projector, on a real log, Kafka and Redis. */
class BoardRebuildTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final BoardRebuild.Progress UNTOLD = (position, head) -> {};

    private final URI url = TestEngines.freshRedis();
    private final UnifiedJedis redis = RedisClients.open(url);
    private final GiftStorm storm = new GiftStorm(System.nanoTime());
    private String kafka = "";
    private GiftLog log;
    private GiftTopic topic;
    private BoardProjector projector;

    @BeforeEach
    void start() throws Exception {
        log = new GiftLog();
        kafka = TestEngines.freshKafka();
        GiftTopic.createTopics(kafka);
        topic = new GiftTopic(kafka);
        startProjector();
    }

    private void startProjector() {
        projector =
                new BoardProjector(
                        kafka,
                        10,
                        new BoardWriter(redis, BoardRetention.DEFAULT, "live"),
                        new MemberNames(redis),
                        new ProjectorMetrics(new SimpleMeterRegistry()));
        projector.start();
    }

    @AfterEach
    void stop() {
        projector.close();
        topic.close();
        redis.close();
    }

    @Test
    void theBoardsAreReplacedWhileGiftsGoOn() throws Exception {
        happen(500);
        AtomicBoolean ended = new AtomicBoolean();
        Thread sender =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    while (!ended.get()) {
                                        happen(20);
                                    }
                                });

        BoardRebuild.Outcome outcome = rebuild().run(false, UNTOLD);
        ended.set(true);
        sender.join();
        happen(100);

        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.switched()).isTrue();
        assertThat(outcome.boards()).isGreaterThan(14);
        assertThatBoardsAreTheSumOfTheLog();
        assertThat(generations()).containsOnly(2);
        assertThat(redis.keys("board:{*}:1:*")).isEmpty();
        await().atMost(PATIENCE).until(() -> projector.state() instanceof Following);
    }

    @Test
    void boardsThatDifferStayUnlessThatIsAccepted() throws Exception {
        happen(200);
        assertThatBoardsAreTheSumOfTheLog();
        String key = redis.keys("board:*:gifters/all").iterator().next();
        redis.zadd(key, 1_000_000, "zzzzzzzzsomebody");

        BoardRebuild.Outcome refused = rebuild().run(false, UNTOLD);

        assertThat(refused.switched()).isFalse();
        assertThat(refused.differences())
                .singleElement()
                .asString()
                .startsWith(
                        "board gifters/all, place 1 of a shard: live Score[member=somebody,"
                                + " coins=1000000, position=0], built Score[member=v");
        assertThat(generations()).containsOnly(1);
        happen(10);

        BoardRebuild.Outcome accepted = rebuild().run(true, UNTOLD);

        assertThat(accepted.differences()).hasSize(1);
        assertThat(accepted.switched()).isTrue();
        assertThat(generations()).containsOnly(2);
        happen(10);
        assertThatBoardsAreTheSumOfTheLog();
    }

    @Test
    void aBoardThatCameUpMeanwhileIsComparedToo() throws Exception {
        happen(50);
        // Each is told of in turn: one before the boards are looked for, the others between shards.
        Deque<Runnable> meanwhile =
                new ArrayDeque<>(
                        List.of(
                                () -> happen(1),
                                () -> happen(List.of(giftIn("late0"))),
                                () ->
                                        redis.zadd(
                                                "board:{9}:1:live/late0",
                                                1_000_000, "zzzzzzzzsomebody")));

        BoardRebuild.Outcome outcome =
                rebuild()
                        .run(
                                false,
                                (position, head) ->
                                        Objects.requireNonNullElse(meanwhile.poll(), () -> {})
                                                .run());

        assertThat(meanwhile).isEmpty();
        assertThat(outcome.switched()).isFalse();
        assertThat(outcome.differences())
                .singleElement()
                .asString()
                .startsWith(
                        "board live/late0, place 1 of a shard: live Score[member=somebody,"
                                + " coins=1000000, position=0], built Score[member=v1, coins=5,");
    }

    private Thunder giftIn(String live) {
        GiftEvent gift = Gifts.sent("v1", live, "c1", 5);
        int partition = Partitions.of(gift.key());
        Envelope last = events.getLast().envelope();
        long previous =
                events.stream()
                        .filter(event -> event.partition() == partition)
                        .mapToLong(event -> event.envelope().position())
                        .max()
                        .orElse(0);
        return new Thunder(
                new Envelope(
                        last.position() + 1,
                        previous,
                        new UUID(7, 1),
                        EventType.of(gift).typeName(),
                        gift.key(),
                        last.occurredAt(),
                        last.recordedAt()),
                gift);
    }

    @Test
    void boardsThatNobodyFollowsAreReplacedOnlyWhenThatIsAccepted() throws Exception {
        happen(200);
        awaitAll();
        projector.close();
        redis.flushAll();

        assertThatThrownBy(() -> rebuild(Duration.ofMillis(10)).run(false, UNTOLD))
                .isInstanceOf(BoardRebuildException.class)
                .hasMessageMatching(
                        "shard 0 of the live boards is at position 0 of partition [0-9]+, expected"
                                + " [0-9]+, and does not get there within 0 s; .*");

        BoardRebuild.Outcome outcome = rebuild(Duration.ofMillis(10)).run(true, UNTOLD);

        assertThat(outcome.switched()).isTrue();
        assertThat(outcome.differences()).singleElement().asString().endsWith(": not compared");
        assertThatBoardsAreTheSumOfTheLog();
    }

    @Test
    void theProjectorGoesOnWhereAGenerationWithoutOffsetsEnds() throws Exception {
        happen(200);
        awaitAll();
        projector.close();
        redis.flushAll();
        rebuild(Duration.ofMillis(10)).run(true, UNTOLD);
        BoardReader reader = new BoardReader(redis);
        assertThat(reader.fences().of(Shard.all().getFirst(), partitionInUse()).offset()).isZero();

        startProjector();
        happen(50);

        assertThatBoardsAreTheSumOfTheLog();
    }

    @Test
    void aProjectorThatStoppedForEventsThatAreGoneGoesOnWithBoardsThatHaveThem() throws Exception {
        happen(50);
        awaitAll();
        List<Thunder> gone = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            gone.add(storm.next());
        }
        log.append(gone);
        events.addAll(gone);
        happen(20);
        await().atMost(PATIENCE).until(() -> projector.state() instanceof Stopped);

        assertThat(rebuild(Duration.ofMillis(10)).run(true, UNTOLD).switched()).isTrue();
        happen(20);

        assertThatBoardsAreTheSumOfTheLog();
        await().atMost(PATIENCE).until(() -> projector.state() instanceof Following);
    }

    @Test
    void whoIsForgottenOrHidesIsKnownAgainAfterRedisWasLost() throws Exception {
        happen(20);
        awaitAll();
        projector.close();
        redis.flushAll();
        Instant now = Instant.parse("2099-01-01T00:00:00Z");
        long position = log.reader().head() + 1;
        log.append(
                new Envelope(
                        position,
                        0,
                        new UUID(7, 1),
                        EventType.BOARD_VISIBILITY_CHANGED.typeName(),
                        "v1",
                        now,
                        now),
                new BoardVisibilityChanged("v1", true, "v1"));
        log.append(
                new Envelope(
                        position + 1,
                        0,
                        new UUID(7, 2),
                        EventType.PERSON_FORGOTTEN.typeName(),
                        "v2",
                        now,
                        now),
                new PersonForgotten("v2", "v2"));

        rebuild(Duration.ofMillis(10)).run(true, UNTOLD);

        MemberNames names = new MemberNames(redis);
        assertThat(names.shown(Set.of("v0", "v1")).hidden()).containsExactly("v1");
        names.learn(
                List.of(
                        new Learned("v2", "Old Name", position - 1),
                        new Learned("v3", "Kept Name", position - 1)));
        assertThat(names.shown(Set.of("v2", "v3")).names())
                .containsEntry("v2", "v2")
                .containsEntry("v3", "Kept Name");
    }

    private int partitionInUse() {
        return events.getLast().partition();
    }

    private final List<Thunder> events = new ArrayList<>();

    /** Some gifts, first in the log and then in Kafka, as ever. */
    private synchronized void happen(int count) {
        List<Thunder> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(storm.next());
        }
        happen(some);
    }

    private synchronized void happen(List<Thunder> some) {
        try {
            log.append(some);
            topic.publish(some);
            events.addAll(some);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private BoardRebuild rebuild() {
        return rebuild(PATIENCE);
    }

    private BoardRebuild rebuild(Duration patience) {
        return new BoardRebuild(redis, log.reader(), BoardRetention.DEFAULT, patience);
    }

    private Set<Integer> generations() {
        var fences = new BoardReader(redis).fences();
        return Set.copyOf(Shard.all().stream().map(fences::generation).distinct().toList());
    }

    private void awaitAll() throws Exception {
        assertThat(audit().firstDifference()).as("the boards have all").isEmpty();
    }

    private void assertThatBoardsAreTheSumOfTheLog() throws Exception {
        BoardAuditResult result = audit();
        assertThat(result.firstDifference()).isEmpty();
        assertThat(result.events()).isEqualTo(events.size());
    }

    private BoardAuditResult audit() throws Exception {
        return new BoardAudit(url, log.reader(), BoardRetention.DEFAULT, InstantSource.system())
                .run(log.reader().head(), PATIENCE);
    }
}
