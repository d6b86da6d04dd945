package dev.confetti.bench.load;

import dev.confetti.bench.engines.CpuMeter;
import dev.confetti.bench.report.Report;
import dev.confetti.bench.stage.BenchFailure;
import dev.confetti.demo.pace.Pace;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Watches how much a projection has taken until it has everything. */
public final class CatchUp {
    private static final long POLL_MS = 20;
    private static final long STANDSTILL_MS = 60_000;

    private final String unit;
    private final LongSupplier taken;
    private final Pace pace;

    /**
     * For a projection.
     *
     * @param unit what it takes, such as {@code event}
     * @param taken how many it has, which never falls
     */
    public CatchUp(String unit, LongSupplier taken, Pace pace) {
        this.unit = unit;
        this.taken = taken;
        this.pace = pace;
    }

    /** Waits and counts: of the whole, and of the second half, when compilers are done. */
    public void measure(long all, Report report) throws InterruptedException {
        long first = await(1);
        CpuMeter cpu = new CpuMeter();
        long firstAt = pace.nanoTime();
        long half = await(all / 2);
        long halfAt = pace.nanoTime();
        await(all);
        long end = pace.nanoTime();
        report.count(unit + "s", all);
        report.count(unit + "s/s", perSecond(all - first, end - firstAt));
        report.count(unit + "s/s second half", perSecond(all - half, end - halfAt));
        report.count("jvm us/" + unit, micros(cpu.jvmNanosSince(), all - first));
        report.count("engines us/" + unit, micros(cpu.childNanosSince(), all - first));
    }

    /**
     * Waits until it has so many; returns how many it has then.
     *
     * @throws BenchFailure when it stands still for a minute
     */
    public long await(long wanted) throws InterruptedException {
        long last = taken.getAsLong();
        long movedNanos = pace.nanoTime();
        while (last < wanted) {
            pace.sleepMs(POLL_MS);
            long now = taken.getAsLong();
            if (now > last) {
                last = now;
                movedNanos = pace.nanoTime();
            } else if (pace.nanoTime() - movedNanos > STANDSTILL_MS * 1_000_000) {
                throw new BenchFailure(
                        "it stands at " + unit + " " + last + " for a minute: expected " + wanted);
            }
        }
        return last;
    }

    public static long perSecond(long count, long nanos) {
        return Math.round(count * 1e9 / Math.max(1, nanos));
    }

    private static String micros(long nanos, long count) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e3 / Math.max(1, count));
    }
}
