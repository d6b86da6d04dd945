package dev.confetti.bench.load;

import dev.confetti.demo.pace.Pace;

/**
 * Starts calls at a fixed rate, whatever becomes of those before.
 *
 * <p>Each call is told when it was meant to start. Whoever measures from that moment, and not from
 * the moment when it got its turn, counts the waiting that a stalled server causes (no coordinated
 * omission).
 */
public final class OpenLoop {
    /**
     * A call to be started; it may block, which delays the calls after it but not their meant
     * start.
     */
    public interface Call {
        /**
         * Starts the call.
         *
         * @param index counted from 0
         * @param intendedNanos when it was meant to start, on the pace's clock
         */
        void start(long index, long intendedNanos) throws InterruptedException;
    }

    private final Pace pace;
    private final double perSecond;

    public OpenLoop(Pace pace, double perSecond) {
        if (!(perSecond > 0 && perSecond <= 1_000_000)) {
            throw new IllegalArgumentException(
                    "expected a rate above 0 and up to 1000000 a second, got " + perSecond);
        }
        this.pace = pace;
        this.perSecond = perSecond;
    }

    /** How many calls fall into so many milliseconds. */
    public long callsIn(long ms) {
        return (long) Math.ceil(ms * perSecond / 1000);
    }

    /** Starts so many calls; returns when the last has been started. */
    public void run(long count, Call call) throws InterruptedException {
        long originNanos = pace.nanoTime();
        for (long index = 0; index < count; index++) {
            long intendedNanos = originNanos + (long) (index * 1e9 / perSecond);
            pace.sleepUntil(intendedNanos);
            call.start(index, intendedNanos);
        }
    }
}
