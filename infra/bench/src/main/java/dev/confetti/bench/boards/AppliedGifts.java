package dev.confetti.bench.boards;

import dev.confetti.bench.engines.CpuMeter;
import dev.confetti.bench.report.Report;
import dev.confetti.bench.stage.BenchFailure;
import dev.confetti.board.standing.BoardReader;
import dev.confetti.board.standing.Fence;
import dev.confetti.board.standing.Fences;
import dev.confetti.board.standing.RedisClients;
import dev.confetti.board.standing.Shard;
import dev.confetti.demo.pace.Pace;
import dev.confetti.events.Topic;
import java.net.URI;
import java.util.Locale;
import redis.clients.jedis.RedisClient;

/** Watches in Redis how many gifts all shards have taken. */
final class AppliedGifts implements AutoCloseable {
    private static final long POLL_MS = 20;
    private static final long STANDSTILL_MS = 60_000;

    private final RedisClient redis;
    private final BoardReader reader;
    private final Pace pace;

    AppliedGifts(URI redisUrl, Pace pace) {
        this.redis = RedisClients.open(redisUrl);
        this.reader = new BoardReader(redis);
        this.pace = pace;
    }

    /** Waits and counts: of the whole, and of the second half, when compilers are done. */
    void measure(long gifts, Report report) throws InterruptedException {
        long first = await(1);
        CpuMeter cpu = new CpuMeter();
        long firstAt = pace.nanoTime();
        long half = await(gifts / 2);
        long halfAt = pace.nanoTime();
        await(gifts);
        long end = pace.nanoTime();
        report.count("gifts", gifts);
        report.count("gifts/s", perSecond(gifts - first, end - firstAt));
        report.count("gifts/s second half", perSecond(gifts - half, end - halfAt));
        report.count("jvm us/gift", micros(cpu.jvmNanosSince(), gifts - first));
        report.count("engines us/gift", micros(cpu.childNanosSince(), gifts - first));
    }

    /** Waits until all shards have so many gifts or more; returns how many they have. */
    long await(long gifts) throws InterruptedException {
        long last = -1;
        long movedNanos = pace.nanoTime();
        while (true) {
            long now = applied();
            if (now >= gifts) {
                return now;
            }
            if (now > last) {
                last = now;
                movedNanos = pace.nanoTime();
            } else if (pace.nanoTime() - movedNanos > STANDSTILL_MS * 1_000_000) {
                throw new BenchFailure(
                        "the boards stand at " + now + " gifts for a minute: expected " + gifts);
            }
            pace.sleepMs(POLL_MS);
        }
    }

    private long applied() {
        Fences fences = reader.fences();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < Shard.COUNT; i++) {
            long taken = 0;
            for (int partition = 0; partition < Topic.PARTITIONS; partition++) {
                Fence fence = fences.of(new Shard(i), partition);
                taken += fence.position() == 0 ? 0 : fence.offset() + 1;
            }
            least = Math.min(least, taken);
        }
        return least;
    }

    private static long perSecond(long count, long nanos) {
        return Math.round(count * 1e9 / Math.max(1, nanos));
    }

    private static String micros(long nanos, long count) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e3 / Math.max(1, count));
    }

    @Override
    public void close() {
        redis.close();
    }
}
