package dev.confetti.gateway;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.DoubleConsumer;

/** Measures how busy event loops are, by the processor time that their threads take. */
final class LoopWatch {
    private static final long PERIOD_MS = 1_000;
    private static final double PER_MILLE = 1_000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    /** Of a core, in thousandths. */
    private final AtomicLongArray shares;

    private final DoubleConsumer busiest;

    private LoopWatch(int loops, DoubleConsumer busiest) {
        this.shares = new AtomicLongArray(loops);
        this.busiest = busiest;
    }

    /**
     * Watches all event loops of a group until it shuts down.
     *
     * @param busiest told the share of a core that the busiest took in the last second; by any loop
     */
    static void start(EventExecutorGroup group, DoubleConsumer busiest) {
        int loops = 0;
        for (EventExecutor _ : group) {
            loops++;
        }
        LoopWatch watch = new LoopWatch(loops, busiest);
        int index = 0;
        for (EventExecutor loop : group) {
            int own = index++;
            loop.execute(() -> watch.begin(loop, own));
        }
    }

    private void begin(EventExecutor loop, int index) {
        Sample[] last = {sample()};
        var _ =
                loop.scheduleAtFixedRate(
                        () -> {
                            Sample now = sample();
                            shares.set(index, now.perMilleSince(last[0]));
                            last[0] = now;
                            busiest.accept(highest() / PER_MILLE);
                        },
                        PERIOD_MS,
                        PERIOD_MS,
                        TimeUnit.MILLISECONDS);
    }

    private long highest() {
        long highest = 0;
        for (int i = 0; i < shares.length(); i++) {
            highest = Math.max(highest, shares.get(i));
        }
        return highest;
    }

    private Sample sample() {
        return new Sample(threads.getCurrentThreadCpuTime(), System.nanoTime());
    }

    private record Sample(long cpuNanos, long atNanos) {
        long perMilleSince(Sample before) {
            long wall = Math.max(atNanos - before.atNanos, 1);
            return Math.round(PER_MILLE * (cpuNanos - before.cpuNanos) / wall);
        }
    }
}
