package dev.confetti.board.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confetti.board.GiftTopic;
import dev.confetti.board.Gifts;
import dev.confetti.board.profile.MemberNames;
import dev.confetti.board.projector.BoardProjector;
import dev.confetti.board.projector.ProjectorMetrics;
import dev.confetti.board.standing.BoardRetention;
import dev.confetti.board.standing.BoardWriter;
import dev.confetti.board.standing.RedisClients;
import dev.confetti.board.standing.Shard;
import dev.confetti.engines.TestEngines;
import dev.confetti.events.CoinEvent.CoinsGranted;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.Envelope;
import dev.confetti.events.EventType;
import dev.confetti.events.LiveEvent.LiveCreated;
import dev.confetti.events.Partitions;
import dev.confetti.events.PersonEvent.PersonForgotten;
import dev.confetti.events.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.UnifiedJedis;

/** A person who is forgotten, on real engines: the scores stay, the name is in no key of Redis. */
@Timeout(180)
class ForgettingTest {
    private static final Instant NOW = Instant.parse("2099-11-22T16:30:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Map<String, Long> previous = new HashMap<>();
    private UnifiedJedis redis;
    private MemberNames names;
    private GiftTopic topic;
    private BoardProjector projector;
    private String kafka;

    @BeforeEach
    void start() throws Exception {
        kafka = TestEngines.freshKafka();
        URI url = TestEngines.freshRedis();
        redis = RedisClients.open(url);
        names = new MemberNames(redis);
        GiftTopic.createTopics(kafka);
        topic = new GiftTopic(kafka);
        projector = projector();
        projector.start();
    }

    private BoardProjector projector() {
        return new BoardProjector(
                kafka,
                10,
                new BoardWriter(redis, BoardRetention.DEFAULT, UUID.randomUUID().toString()),
                names,
                new ProjectorMetrics(new SimpleMeterRegistry()));
    }

    @AfterEach
    void stop() {
        projector.close();
        topic.close();
        redis.close();
    }

    private void publish(long position, ConfettiEvent event) {
        EventType type = EventType.of(event);
        String partition = type.topic() + "-" + Partitions.of(event.key());
        long before = previous.getOrDefault(partition, 0L);
        previous.put(partition, position);
        topic.publish(
                type.topic().topicName(),
                new Envelope(
                        position,
                        before,
                        new UUID(9, position),
                        type.typeName(),
                        event.key(),
                        NOW,
                        NOW),
                event);
    }

    private boolean isKnown(String member) {
        return redis.hexists(Shard.ofMember(member).key("names"), member);
    }

    private boolean isAnywhere(String text) {
        for (String key : redis.keys("*")) {
            Object value =
                    switch (redis.type(key)) {
                        case "hash" -> redis.hgetAll(key);
                        case "set" -> redis.smembers(key);
                        case "zset" -> redis.zrange(key, 0, -1);
                        case "string" -> redis.get(key);
                        case String other ->
                                throw new AssertionError(key + " is a " + other + ": look into it");
                    };
            if (key.contains(text) || value.toString().contains(text)) {
                return true;
            }
        }
        return false;
    }

    private void awaitForgotten(String member, long position) {
        await().atMost(PATIENCE)
                .until(
                        () ->
                                Long.toString(position)
                                        .equals(
                                                redis.hget(
                                                        Shard.ofMember(member).key("forgotten"),
                                                        member)));
    }

    @Test
    void theNameOfAForgottenPersonIsInNoKeyAndTheCoinsStay() {
        publish(1, Gifts.sent("ann", "l1", "carl", 5));
        publish(2, new LiveCreated("l2", "ann", "Name of ann", "Title", List.of()));
        publish(3, Gifts.sent("bob", "l1", "carl", 3));
        await().atMost(PATIENCE).until(() -> isKnown("ann") && isKnown("bob"));
        assertThat(isAnywhere("Name of ann")).isTrue();
        assertThat(names.shown(Set.of("ann")).names()).containsEntry("ann", "Name of ann");

        publish(4, new CoinsGranted(new UUID(0, 1), "ann", 5, "thanks"));
        publish(5, new PersonForgotten("ann", "admin"));

        awaitForgotten("ann", 5);
        assertThat(isAnywhere("Name of ann")).isFalse();
        assertThat(names.shown(Set.of("ann", "bob")).names())
                .isEqualTo(Map.of("ann", "ann", "bob", "Name of bob"));
        assertThat(names.version()).isPositive();
        assertThat(isAnywhere("ann")).isTrue();
    }

    @Test
    void aNameFromBeforeThatArrivesLateIsNotLearnedAndOneFromAfterIs() {
        publish(7, new PersonForgotten("ann", "ann"));
        awaitForgotten("ann", 7);

        publish(6, Gifts.sent("ann", "l1", "carl", 5));
        publish(8, Gifts.sent("bob", "l1", "carl", 3));
        await().atMost(PATIENCE).until(() -> isKnown("bob"));
        assertThat(isAnywhere("Name of ann")).isFalse();

        publish(9, Gifts.sent("ann", "l1", "carl", 1));
        await().atMost(PATIENCE).until(() -> isKnown("ann"));
        // The same event again, as after a loss of places, takes nothing back.
        names.forget("ann", 7);
        assertThat(names.shown(Set.of("ann")).names()).containsEntry("ann", "Name of ann");
    }

    @Test
    void aNameThatOnlyAnEarlierBuildKeptIsForgottenToo() {
        publish(1, Gifts.sent("bob", "l1", "carl", 5));
        await().atMost(PATIENCE).until(() -> isKnown("bob"));
        projector.close();
        keepAsEarlierBuild("ann", "Name of ann");
        keepAsEarlierBuild("cut-short", "Name that must go");
        keepAsEarlierBuild("back", "Name of back");
        redis.hset("board:names:forgotten", Map.of("cut-short", "4:", "back", "3"));
        projector = projector();

        projector.start();

        await().atMost(PATIENCE).until(() -> isKnown("ann") && isKnown("back"));
        assertThat(names.shown(Set.of("ann", "back", "cut-short")).names().values())
                .containsExactlyInAnyOrder("Name of ann", "Name of back", "cut-short");
        publish(5, new PersonForgotten("ann", "ann"));
        awaitForgotten("ann", 5);
        publish(2, Gifts.sent("back", "l1", "carl", 3));
        publish(6, Gifts.sent("new", "l1", "carl", 3));
        await().atMost(PATIENCE).until(() -> isKnown("new"));
        assertThat(isAnywhere("Name of ann")).isFalse();
        assertThat(isAnywhere("Name that must go")).isFalse();
        assertThat(redis.keys("profile*")).isEmpty();
    }

    private void keepAsEarlierBuild(String member, String name) {
        redis.hset("profile:" + member, "name", name);
        redis.sadd("profile", member);
    }

    @Test
    void boardsThatStoodBeforeJoinATopicWhoseBeginningIsGone() {
        publish(1, Gifts.sent("ann", "l1", "carl", 5));
        await().atMost(PATIENCE).until(() -> isKnown("ann"));
        projector.close();
        previous.put(Topic.COINS + "-" + Partitions.of("ann"), 4_000L);
        publish(4_001, new PersonForgotten("ann", "ann"));
        projector = projector();

        projector.start();

        awaitForgotten("ann", 4_001);
        assertThat(isKnown("ann")).isFalse();
    }
}
