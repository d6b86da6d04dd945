package dev.confetti.demo.pace;

import java.util.concurrent.locks.LockSupport;

/**
 * A monotonic clock and the waiting on it, so that whatever is paced can be tested without waiting.
 */
public interface Pace {
    /** Nanoseconds on a clock that never runs backward; only differences mean anything. */
    long nanoTime();

    /**
     * Waits until {@link #nanoTime()} has reached the given value; returns at once when it has.
     *
     * @throws InterruptedException when the thread is interrupted, also when there is nothing to
     *     wait for
     */
    void sleepUntil(long nanos) throws InterruptedException;

    /** Waits for so many milliseconds; 0 or less returns at once. */
    default void sleepMs(long ms) throws InterruptedException {
        sleepUntil(nanoTime() + ms * 1_000_000);
    }

    /** The machine's clock. */
    Pace SYSTEM =
            new Pace() {
                @Override
                public long nanoTime() {
                    return System.nanoTime();
                }

                @Override
                public void sleepUntil(long nanos) throws InterruptedException {
                    while (true) {
                        if (Thread.interrupted()) {
                            throw new InterruptedException();
                        }
                        long leftNanos = nanos - System.nanoTime();
                        if (leftNanos <= 0) {
                            return;
                        }
                        LockSupport.parkNanos(this, leftNanos);
                    }
                }
            };
}
