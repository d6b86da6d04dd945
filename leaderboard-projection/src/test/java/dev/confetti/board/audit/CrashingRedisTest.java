package dev.confetti.board.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confetti.board.GiftStorm;
import dev.confetti.board.GiftStorm.Thunder;
import dev.confetti.board.GiftTopic;
import dev.confetti.board.profile.MemberNames;
import dev.confetti.board.projector.BoardProjector;
import dev.confetti.board.projector.ProjectorMetrics;
import dev.confetti.board.projector.ProjectorState.Following;
import dev.confetti.board.projector.ProjectorState.Stopped;
import dev.confetti.board.projector.ProjectorState.Waiting;
import dev.confetti.board.standing.BoardReader;
import dev.confetti.board.standing.BoardRetention;
import dev.confetti.board.standing.BoardWriter;
import dev.confetti.board.standing.Fences;
import dev.confetti.board.standing.RedisClients;
import dev.confetti.board.standing.Shard;
import dev.confetti.engines.EmbeddedRedis;
import dev.confetti.engines.TestEngines;
import dev.confetti.events.Envelope;
import dev.confetti.events.LiveEvent.LiveCreated;
import dev.confetti.events.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/** The projector between a real Kafka and a real Redis that is killed and loses writes. */
class CrashingRedisTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void boardsAreExactAfterRedisWasKilledAndLostItsLastWrites(@TempDir Path folder)
            throws Exception {
        String kafka = TestEngines.freshKafka();
        long seed = System.nanoTime();
        GiftStorm storm = new GiftStorm(seed);
        BoardSums sums = new BoardSums(BoardRetention.DEFAULT);
        EmbeddedRedis server = EmbeddedRedis.start(folder, 0);
        URI url = server.url();
        try (UnifiedJedis redis = RedisClients.open(url);
                GiftTopic topic = topic(kafka);
                BoardProjector projector = projector(kafka, redis)) {
            projector.start();
            topic.publish(next(storm, sums, 100));
            topic.abort(next(new GiftStorm(seed + 1), null, 5));
            awaitAll(redis, sums);
            byte[] older = Files.readAllBytes(folder.resolve("appendonly.aof"));
            topic.publish(next(storm, sums, 100));
            awaitAll(redis, sums);
            await().atMost(PATIENCE).until(() -> projector.state() instanceof Following);

            server.kill();
            topic.publish(next(storm, sums, 100));
            await().atMost(PATIENCE).until(() -> projector.state() instanceof Waiting);
            Files.write(folder.resolve("appendonly.aof"), older);
            server.close();
            server = EmbeddedRedis.start(folder, url.getPort());

            awaitAll(redis, sums);
            BoardComparison.assertEqual(redis, sums, "seed " + seed);
            await().atMost(PATIENCE).until(() -> projector.state() instanceof Following);
            assertThat(new MemberNames(redis).shown(Set.of("v0", "v1")).names())
                    .containsEntry("v0", "Name of v0")
                    .containsEntry("v1", "Name of v1");
        } finally {
            server.close();
        }
    }

    @Test
    void aSilentLossIsFoundByTheFencesWithoutAnyErrorOrFurtherGift() throws Exception {
        String kafka = TestEngines.freshKafka();
        URI url = TestEngines.freshRedis();
        GiftStorm storm = new GiftStorm(7);
        BoardSums sums = new BoardSums(BoardRetention.DEFAULT);
        try (UnifiedJedis redis = RedisClients.open(url);
                GiftTopic topic = topic(kafka);
                BoardProjector projector = projector(kafka, redis)) {
            projector.start();
            topic.publish(next(storm, sums, 50));
            awaitAll(redis, sums);
            redis.flushAll();
            awaitAll(redis, sums);
            BoardComparison.assertEqual(redis, sums, "seed 7");
            assertThat(registry.counter("confetti.boards.resynchronisations").count()).isEqualTo(1);
        }
    }

    @Test
    void anEventOfAnUnknownTypeStopsTheBoardsAndSaysSo() throws Exception {
        stopsWith(
                storm -> {
                    Thunder next = storm.next();
                    return withType(next, "confetti.gift-returned.v9");
                },
                "event type \"confetti.gift-returned.v9\": expected one that this build knows");
    }

    @Test
    void aGapBetweenEventsStopsTheBoards() throws Exception {
        stopsWith(
                storm -> {
                    Thunder skipped = storm.next();
                    Thunder next = storm.next();
                    while (next.partition() != skipped.partition()) {
                        next = storm.next();
                    }
                    return next;
                },
                "the topic no longer keeps the events between");
    }

    private interface BadEvent {
        Thunder after(GiftStorm storm);
    }

    private void stopsWith(BadEvent bad, String reason) throws Exception {
        String kafka = TestEngines.freshKafka();
        URI url = TestEngines.freshRedis();
        GiftStorm storm = new GiftStorm(11);
        BoardSums sums = new BoardSums(BoardRetention.DEFAULT);
        try (UnifiedJedis redis = RedisClients.open(url);
                GiftTopic topic = topic(kafka);
                BoardProjector projector = projector(kafka, redis)) {
            projector.start();
            topic.publish(next(storm, sums, 20));
            awaitAll(redis, sums);
            topic.publish(List.of(bad.after(storm)));
            await().atMost(PATIENCE).until(() -> projector.state() instanceof Stopped);
            assertThat(((Stopped) projector.state()).reason()).contains(reason);
            BoardComparison.assertEqual(redis, sums, "seed 11");
        }
    }

    @Test
    void aCreatorIsKnownByTheNameOfTheirLives() throws Exception {
        String kafka = TestEngines.freshKafka();
        URI url = TestEngines.freshRedis();
        try (UnifiedJedis redis = RedisClients.open(url);
                GiftTopic topic = topic(kafka);
                BoardProjector projector = projector(kafka, redis)) {
            projector.start();
            Instant now = Instant.parse("2099-01-01T00:00:00Z");
            LiveCreated created = new LiveCreated("l1", "c1", "Ada", "Title", List.of());
            topic.publish(
                    Topic.LIVES.topicName(),
                    new Envelope(1, 0, new UUID(1, 1), "confetti.live-created.v1", "l1", now, now),
                    created);
            await().atMost(PATIENCE)
                    .until(
                            () ->
                                    new MemberNames(redis)
                                            .shown(Set.of("c1"))
                                            .names()
                                            .containsValue("Ada"));
            assertThat(new MemberNames(redis).shown(Set.of("c1", "c2")).names())
                    .containsEntry("c1", "Ada")
                    .containsEntry("c2", "c2");
        }
    }

    private static Thunder withType(Thunder thunder, String type) {
        Envelope e = thunder.envelope();
        return new Thunder(
                new Envelope(
                        e.position(),
                        e.previous(),
                        e.eventId(),
                        type,
                        e.key(),
                        e.occurredAt(),
                        e.recordedAt()),
                thunder.event());
    }

    private static GiftTopic topic(String kafka) throws Exception {
        GiftTopic.createTopics(kafka);
        return new GiftTopic(kafka);
    }

    private BoardProjector projector(String kafka, UnifiedJedis redis) {
        return new BoardProjector(
                kafka,
                10,
                new BoardWriter(redis, BoardRetention.DEFAULT, "test"),
                new MemberNames(redis),
                new ProjectorMetrics(registry));
    }

    private final long[] last = new long[Topic.PARTITIONS];

    private List<Thunder> next(GiftStorm storm, @Nullable BoardSums sums, int count) {
        List<Thunder> thunders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thunder thunder = storm.next();
            thunders.add(thunder);
            if (sums != null) {
                last[thunder.partition()] = thunder.envelope().position();
                BoardComparison.add(sums, thunder);
            }
        }
        return thunders;
    }

    /** Until every shard has taken in all that was published. */
    private void awaitAll(UnifiedJedis redis, BoardSums sums) {
        assertThat(sums.boards()).isNotEmpty();
        BoardReader reader = new BoardReader(redis);
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(JedisException.class)
                .until(() -> reachesAll(reader.fences()));
    }

    private boolean reachesAll(Fences fences) {
        for (int shard = 0; shard < Shard.COUNT; shard++) {
            for (int partition = 0; partition < last.length; partition++) {
                if (fences.of(new Shard(shard), partition).position() < last[partition]) {
                    return false;
                }
            }
        }
        return true;
    }
}
