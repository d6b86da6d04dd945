package dev.confetti.board.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confetti.board.standing.RedisClients;
import dev.confetti.board.standing.Shard;
import dev.confetti.engines.TestEngines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.UnifiedJedis;

/** Who is hidden, in a real Redis. */
class HiddenMembersTest {
    private static final Set<String> ALL = Set.of("v0", "v1", "v2", "v3");

    private static UnifiedJedis redis;

    private HiddenMembers hidden;

    @BeforeAll
    static void open() {
        redis = RedisClients.open(TestEngines.freshRedis());
    }

    @AfterAll
    static void close() {
        redis.close();
    }

    @BeforeEach
    void start() {
        redis.flushAll();
        hidden = new HiddenMembers(redis);
    }

    @Test
    void aChoiceCountsAtOnceAndIsKeptWithItsPosition() {
        assertThat(among(hidden)).isEmpty();
        hidden.choose("v1", true, 7);
        assertThat(among(hidden)).containsExactly("v1");
        assertThat(redis.hget(Shard.ofMember("v1").key("hidden"), "v1")).isEqualTo("7:1");
        hidden.choose("v1", false, 8);
        assertThat(among(hidden)).isEmpty();
        assertThat(redis.hget(Shard.ofMember("v1").key("hidden"), "v1")).isEqualTo("8:0");
    }

    @Test
    void eachChoiceThatIsTakenInIsAChange() {
        long before = hidden.changes();
        hidden.choose("v1", true, 7);
        assertThat(hidden.changes()).isGreaterThan(before);
    }

    @Test
    void anotherProcessKnowsWithinSeconds() {
        HiddenMembers other = new HiddenMembers(redis);
        assertThat(among(other)).isEmpty();
        hidden.choose("v1", true, 7);
        await().atMost(Duration.ofSeconds(10)).until(() -> among(other).contains("v1"));
    }

    /** Choices in any order of positions, with lost scripts: the latest counts. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theLatestChoiceCountsInWhicheverOrderTheyCome(long seed) {
        Random random = new Random(seed);
        List<Long> positions = new ArrayList<>();
        for (long i = 1; i <= 200; i++) {
            positions.add(i);
        }
        Collections.shuffle(positions, random);
        Map<String, Long> latest = new HashMap<>();
        Map<String, Boolean> chosen = new HashMap<>();
        for (long position : positions) {
            String member = "v" + random.nextInt(4);
            boolean hide = random.nextBoolean();
            hidden.choose(member, hide, position);
            if (position > latest.getOrDefault(member, 0L)) {
                latest.put(member, position);
                chosen.put(member, hide);
            }
            if (random.nextInt(20) == 0) {
                redis.scriptFlush("any");
            }
            Set<String> expected = new HashSet<>(ALL);
            expected.removeIf(each -> !chosen.getOrDefault(each, false));
            assertThat(among(hidden))
                    .as("seed %d after position %d", seed, position)
                    .isEqualTo(expected);
        }
    }

    private static Set<String> among(HiddenMembers hidden) {
        ShardFields fields = new ShardFields();
        Supplier<Set<String>> found = hidden.among(ALL, fields);
        fields.read(redis);
        return found.get();
    }
}
