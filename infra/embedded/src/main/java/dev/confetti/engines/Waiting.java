package dev.confetti.engines;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting for a condition that nobody reports. */
final class Waiting {
    private static final long POLL_MS = 25;

    private Waiting() {}

    /** True as soon as the condition holds, false after the time. Interruptible. */
    static boolean until(BooleanSupplier condition, long timeoutMs) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            try {
                Thread.sleep(POLL_MS);
            } catch (InterruptedException e) {
                throw Interruption.of(e);
            }
        }
        return true;
    }
}
