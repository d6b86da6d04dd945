package dev.confetti.demo.crowd;

/**
 * How much of what is planned is really sent: all of it, until the platform asks for less. Not
 * thread-safe.
 */
final class Throttle {
    private static final int FULL = 1000;
    private static final int LEAST = 50;
    private static final int RECOVERY = 20;
    private static final long FIRST_PAUSE_MS = 1_000;
    private static final long LONGEST_PAUSE_MS = 30_000;

    private int share = FULL;
    private int credit;
    private long pauseMs = FIRST_PAUSE_MS;
    private long pausedUntilMs = Long.MIN_VALUE;

    /** Whether the next planned send is to go out. */
    boolean admits(long nowMs) {
        if (nowMs < pausedUntilMs) {
            return false;
        }
        credit += share;
        if (credit < FULL) {
            return false;
        }
        credit -= FULL;
        return true;
    }

    /** A send went through. */
    void succeeded() {
        share = Math.min(FULL, share + RECOVERY);
        pauseMs = FIRST_PAUSE_MS;
    }

    /** The platform said "too fast". */
    void slowDown() {
        share = Math.max(LEAST, share / 2);
    }

    /**
     * Nobody answers, or nothing can be sent just now: wait, longer each time until something
     * succeeds.
     */
    void pause(long nowMs) {
        if (nowMs >= pausedUntilMs) {
            pausedUntilMs = nowMs + pauseMs;
            pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs);
        }
    }
}
