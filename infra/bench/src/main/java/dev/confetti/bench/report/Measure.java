package dev.confetti.bench.report;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** One measured quantity of time: its distribution, and how many never came. Not thread-safe. */
public final class Measure {
    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final int DIGITS = 3;

    private final String name;
    private final Histogram micros = new Histogram(LONGEST_MICROS, DIGITS);
    private long missing;

    public Measure(String name) {
        this.name = name;
    }

    /**
     * Adds a time; what is below 0 (two threads' clock readings may cross) counts as 0, what is
     * above an hour as an hour.
     */
    public void record(long nanos) {
        micros.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, LONGEST_MICROS));
    }

    /** Adds times that another has gathered, in microseconds. */
    public Measure addMicros(Histogram gathered) {
        micros.add(gathered);
        return this;
    }

    /** Counts one that failed or did not come. */
    public void miss() {
        missing++;
    }

    String name() {
        return name;
    }

    public long count() {
        return micros.getTotalCount();
    }

    public long missing() {
        return missing;
    }

    /** Microseconds at or below which so many percent lie; 0 when there are none. */
    public long microsAt(double percent) {
        return micros.getValueAtPercentile(percent);
    }

    public long maxMicros() {
        return micros.getMaxValue();
    }
}
