package dev.confetti.board.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.board.standing.RedisClients;
import dev.confetti.board.standing.Shard;
import dev.confetti.engines.TestEngines;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Names in a real Redis. */
class MemberNamesTest {
    private static UnifiedJedis redis;

    private MemberNames names;

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
        names = new MemberNames(redis);
    }

    @Test
    void aMemberWithoutANameIsShownByItsId() {
        learn("ann", null, 1);
        learn("bob", " ", 2);
        assertThat(names.shown(Set.of("ann", "bob")).names())
                .isEqualTo(Map.of("ann", "ann", "bob", "bob"));
    }

    @Test
    void aNameMayHoldAnything() {
        learn("ann", "3:Ann: \"Äñ\" 🎉", 7);
        assertThat(stored("ann")).isEqualTo("3:Ann: \"Äñ\" 🎉");
    }

    @Test
    void anOlderNameThatComesLaterReplacesNoNewerOne() {
        learn("ann", "new", 9);
        learn("ann", "old", 4);
        assertThat(stored("ann")).isEqualTo("new");

        new MemberNames(redis).learn(List.of(new Learned("ann", "old", 4)));
        assertThat(stored("ann")).as("by another process").isEqualTo("new");
    }

    @Test
    void ofSeveralNamesInABatchTheLatestCounts() {
        names.learn(
                List.of(
                        new Learned("ann", "first", 1),
                        new Learned("ann", "last", 3),
                        new Learned("ann", "second", 2)));
        assertThat(stored("ann")).isEqualTo("last");
    }

    @Test
    void aNameThatWasRefusedIsLearnedFromALaterEvent() {
        names.forget("ann", 5);
        learn("ann", "Ann", 4);
        assertThat(stored("ann")).isEqualTo("ann");
        learn("ann", "Ann", 6);
        assertThat(stored("ann")).isEqualTo("Ann");
    }

    @Test
    void aKnownNameThatWasUsedAgainAfterwardsStaysWhenItsMemberIsForgotten() {
        learn("ann", "Ann", 4);
        learn("ann", "Ann", 8); // known: not sent
        names.forget("ann", 6);
        assertThat(stored("ann")).isEqualTo("Ann");
        assertThat(names.shown(Set.of("ann")).names()).containsEntry("ann", "Ann");

        names.forget("ann", 9);
        assertThat(stored("ann")).isEqualTo("ann");
        assertThat(names.shown(Set.of("ann")).names()).containsEntry("ann", "ann");
    }

    @Test
    void aBatchOfManyMembersIsOneCallForEachShardAndNothingWhenAllAreKnown() {
        List<Learned> batch = new ArrayList<>();
        for (int i = 1; i <= 80_000; i++) {
            batch.add(new Learned("v" + i, "Name " + i, i));
        }
        learn("anybody", "so that the script is there", 1);
        long before = calls();
        names.learn(batch);
        assertThat(calls() - before).isEqualTo(Shard.COUNT);
        assertThat(stored("v1")).isEqualTo("Name 1");
        assertThat(stored("v80000")).isEqualTo("Name 80000");
        long total = 0;
        for (int i = 0; i < Shard.COUNT; i++) {
            total += redis.hlen(new Shard(i).key("names"));
        }
        assertThat(total).isEqualTo(80_001);

        before = calls();
        names.learn(batch);
        assertThat(calls()).isEqualTo(before);
    }

    @Test
    void aServerThatForgotTheScriptsIsToldAgain() {
        learn("ann", "Ann", 1);
        names.forget("bob", 1);
        redis.scriptFlush("any");
        names.learn(List.of(new Learned("ann", "Anna", 2), new Learned("cid", "Cid", 3)));
        assertThat(stored("ann")).isEqualTo("Anna");
        assertThat(stored("cid")).isEqualTo("Cid");
        redis.scriptFlush("any");
        names.forget("ann", 4);
        assertThat(stored("ann")).isEqualTo("ann");
    }

    @Test
    void whatAScriptTouchesIsInOneSlotOfACluster() {
        for (int i = 0; i < Shard.COUNT; i++) {
            Shard shard = new Shard(i);
            assertThat(JedisClusterCRC16.getSlot(shard.key("names")))
                    .isEqualTo(JedisClusterCRC16.getSlot(shard.key("forgotten")));
        }
    }

    /**
     * Events of a few members in any order of positions, several a batch, with lost scripts in
     * between, against the plain rule: the latest name counts if it is not from before the member
     * was forgotten. With odd seeds nothing is remembered from one step to the next.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void namesAreWhatTheRuleSaysInWhicheverOrderEventsCome(long seed) {
        Random random = new Random(seed);
        List<Long> positions = new ArrayList<>();
        for (long i = 1; i <= 600; i++) {
            positions.add(i);
        }
        Collections.shuffle(positions, random);
        Map<String, Learned> latest = new HashMap<>();
        Map<String, Long> forgotten = new HashMap<>();
        List<Learned> batch = new ArrayList<>();
        for (long position : positions) {
            String member = "v" + random.nextInt(5);
            if (random.nextInt(6) == 0) {
                names.learn(batch);
                batch.clear();
                names.forget(member, position);
                forgotten.merge(member, position, Math::max);
            } else {
                // Mostly the same name, as in life, so that what is known matters.
                Learned learned = new Learned(member, "Name " + random.nextInt(2), position);
                batch.add(learned);
                latest.merge(member, learned, (a, b) -> a.position() > b.position() ? a : b);
            }
            if (random.nextInt(4) == 0) {
                names.learn(batch);
                batch.clear();
                for (String each : Set.of("v0", "v1", "v2", "v3", "v4")) {
                    Learned last = latest.get(each);
                    String expected =
                            last == null || last.position() < forgotten.getOrDefault(each, 0L)
                                    ? each
                                    : last.text();
                    assertThat(names.shown(Set.of(each)).names().get(each))
                            .as("seed %d, %s after position %d", seed, each, position)
                            .isEqualTo(expected);
                    assertThat(stored(each))
                            .as("seed %d, %s in Redis", seed, each)
                            .isEqualTo(expected);
                }
            }
            if (random.nextInt(40) == 0) {
                redis.scriptFlush("any");
            }
            if (seed % 2 == 1) {
                names.learn(batch);
                batch.clear();
                names = new MemberNames(redis);
            }
        }
    }

    private void learn(String member, @Nullable String name, long position) {
        names.learn(List.of(new Learned(member, name, position)));
    }

    /** What a process sees that has nothing in memory. */
    private static String stored(String member) {
        return new MemberNames(redis).shown(Set.of(member)).names().getOrDefault(member, "");
    }

    /** How often scripts were called so far. */
    private static long calls() {
        for (String line : redis.info("commandstats").lines().toList()) {
            if (line.startsWith("cmdstat_evalsha:calls=")) {
                return Long.parseLong(line.substring(line.indexOf('=') + 1, line.indexOf(',')));
            }
        }
        return 0;
    }
}
