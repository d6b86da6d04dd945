package dev.confetti.board.audit;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.confetti.board.GiftStorm;
import dev.confetti.board.GiftStorm.Thunder;
import dev.confetti.board.score.ScoreRules;
import dev.confetti.board.standing.BoardRetention;
import dev.confetti.board.standing.BoardWriter;
import dev.confetti.board.standing.Fences;
import dev.confetti.board.standing.PlacedGift;
import dev.confetti.board.standing.RedisClients;
import dev.confetti.board.standing.Shard;
import dev.confetti.engines.EmbeddedRedis;
import dev.confetti.engines.TestEngines;
import dev.confetti.events.Topic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.UnifiedJedis;

/**
 * Random gifts through the real scripts in a real Redis, with everything delivered again, crashes
 * between shards and shards that lose their last writes; then each board against a plain sum.
 */
class BoardsAgainstSumsTest {
    private static final int RUNS = 12;
    private static final int EVENTS = 250;

    @Test
    void afterAnyRunEachBoardIsTheSumOverItsEvents() {
        try (UnifiedJedis redis = RedisClients.open(TestEngines.freshRedis())) {
            go(redis);
        }
    }

    /** Lua compares texts by the server's locale, Redis ranks them byte by byte. */
    @Test
    void theSameWhateverLocaleTheServerHas(@TempDir Path folder) {
        Map<String, String> locale = Map.of("LC_ALL", "en_US.UTF-8");
        try (EmbeddedRedis server = EmbeddedRedis.start(folder, 0, locale);
                UnifiedJedis redis = RedisClients.open(server.url())) {
            assumeThat(redis.eval("return 'a' < 'B'"))
                    .as("the machine has the locale en_US.UTF-8")
                    .isEqualTo(1L);
            go(redis);
        }
    }

    private static void go(UnifiedJedis redis) {
        for (int run = 0; run < RUNS; run++) {
            redis.flushAll();
            // The first run loses writes of partitions that get no more events.
            long seed = run == 0 ? 24_234_665_474_524L : System.nanoTime();
            new Run(redis, seed).go();
        }
    }

    private static final class Run {
        private final UnifiedJedis redis;
        private final long seed;
        private final Random random;
        private final List<List<PlacedGift>> topic = new ArrayList<>();
        private final BoardSums sums = new BoardSums(BoardRetention.DEFAULT);
        private final Map<String, byte[]> saved = new HashMap<>();

        Run(UnifiedJedis redis, long seed) {
            this.redis = redis;
            this.seed = seed;
            this.random = new Random(seed);
            for (int i = 0; i < Topic.PARTITIONS; i++) {
                topic.add(new ArrayList<>());
            }
            GiftStorm storm = new GiftStorm(seed);
            for (int i = 0; i < EVENTS; i++) {
                Thunder thunder = storm.next();
                List<PlacedGift> partition = topic.get(thunder.partition());
                PlacedGift gift =
                        new PlacedGift(
                                thunder.partition(),
                                partition.size(),
                                thunder.envelope().position(),
                                thunder.envelope().recordedAt(),
                                ScoreRules.changes(
                                        thunder.event(), thunder.envelope().occurredAt()));
                partition.add(gift);
                BoardComparison.add(sums, thunder);
            }
        }

        void go() {
            int restarts = 0;
            while (!follow(++restarts > 40)) {}
            BoardComparison.assertEqual(redis, sums, "seed " + seed);
        }

        /** From the fences on; true when all is taken in, false when something broke off. */
        private boolean follow(boolean calm) {
            BoardWriter writer =
                    new BoardWriter(redis, BoardRetention.DEFAULT, "run" + random.nextInt());
            Fences fences = writer.open();
            int[] next = new int[Topic.PARTITIONS];
            for (int i = 0; i < next.length; i++) {
                next[i] = (int) fences.lowest(i).offset() + 1;
            }
            while (true) {
                List<PlacedGift> batch = new ArrayList<>();
                boolean end = true;
                for (int i = 0; i < next.length; i++) {
                    int left = topic.get(i).size() - next[i];
                    int take = left == 0 ? 0 : random.nextInt(Math.min(left, 6) + 1);
                    batch.addAll(topic.get(i).subList(next[i], next[i] + take));
                    next[i] += take;
                    end &= next[i] == topic.get(i).size();
                }
                if (!writer.apply(batch, fences)) {
                    return false;
                }
                if (end) {
                    return writer.isAt(fences);
                }
                if (calm) {
                    continue;
                }
                switch (random.nextInt(12)) {
                    case 0 -> {
                        return false; // the projector was killed
                    }
                    case 1 -> save();
                    case 2 -> loseLastWrites();
                    case 3 -> {
                        int i = random.nextInt(next.length); // delivered again
                        next[i] = random.nextInt(next[i] + 1);
                    }
                    default -> {}
                }
            }
        }

        private void save() {
            saved.clear();
            for (String key : redis.keys("*")) {
                saved.put(key, redis.dump(key));
            }
        }

        /** Some shards go back to what was saved, each as a whole, fences and all. */
        private void loseLastWrites() {
            for (int i = 0; i < Shard.COUNT; i++) {
                String prefix = "board:{" + i + "}:";
                if (random.nextBoolean()) {
                    redis.keys(prefix + "*").forEach(redis::del);
                    saved.forEach(
                            (key, value) -> {
                                if (key.startsWith(prefix)) {
                                    redis.restore(key, 0, value);
                                }
                            });
                }
            }
        }
    }
}
