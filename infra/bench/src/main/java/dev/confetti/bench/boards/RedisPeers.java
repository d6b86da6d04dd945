package dev.confetti.bench.boards;

import dev.confetti.bench.report.Report;
import dev.confetti.bench.stage.BenchFailure;
import dev.confetti.board.standing.RedisClients;
import dev.confetti.demo.pace.Pace;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.UnifiedJedis;

/**
 * What a board without ties, fences and windows would cost: ZINCRBY by pipelines, as {@code
 * redis-benchmark -P 16} sends it, and a fourteenth of it, since a gift moves fourteen boards.
 */
final class RedisPeers {
    private static final int CONNECTIONS = 8;
    private static final int PIPELINED = 16;
    private static final int BOARDS_A_GIFT = 14;
    private static final int KEYS = 1_000;
    private static final int MEMBERS = 20_000;

    private final URI redisUrl;
    private final int seconds;
    private final Pace pace;

    RedisPeers(URI redisUrl, int seconds, Pace pace) {
        this.redisUrl = redisUrl;
        this.seconds = seconds;
        this.pace = pace;
    }

    void measure(Report report) throws InterruptedException {
        try (UnifiedJedis redis = RedisClients.open(redisUrl);
                ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            long start = pace.nanoTime();
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                SplittableRandom random = new SplittableRandom(i);
                counts.add(threads.submit(() -> increments(redis, random, start)));
            }
            long increments = 0;
            for (Future<Long> count : counts) {
                increments += count.get();
            }
            double perSecond = increments * 1e9 / (pace.nanoTime() - start);
            report.count("pipelined ZINCRBY/s", Math.round(perSecond));
            report.count("a fourteenth of it", Math.round(perSecond / BOARDS_A_GIFT));
        } catch (ExecutionException e) {
            throw new BenchFailure("Redis: " + e.getCause(), e);
        }
    }

    private long increments(UnifiedJedis redis, SplittableRandom random, long start) {
        long done = 0;
        while (pace.nanoTime() - start < seconds * 1_000_000_000L) {
            try (AbstractPipeline pipeline = redis.pipelined()) {
                for (int i = 0; i < PIPELINED; i++) {
                    pipeline.zincrby(
                            "peer:" + random.nextInt(KEYS),
                            1 + random.nextInt(99),
                            "member-" + random.nextInt(MEMBERS));
                }
                pipeline.sync();
            }
            done += PIPELINED;
        }
        return done;
    }
}
