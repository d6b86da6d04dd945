package dev.confetti.gateway.hls;

/**
 * How many watch a stream as HLS, which has no connection that lasts: each low-latency player has
 * one request for its first rendition's playlist waiting at a time, each other player asks for it
 * once in a target duration. What is counted is the most of the current window and the last.
 */
final class Audience {
    private long windowMs;
    private long windowEndMs;
    private int waiting;
    private int waitingBefore;
    private int asked;
    private int askedBefore;

    /** So many low-latency players wait now. */
    void waiting(int players) {
        waiting = Math.max(waiting, players);
    }

    /** A player asks for the playlist as it is. */
    void asked() {
        asked++;
    }

    /**
     * Begins a new window where one has passed.
     *
     * @param newWindowMs how long the next one is
     */
    void tick(long nowMs, long newWindowMs) {
        if (nowMs < windowEndMs) {
            return;
        }
        boolean next = nowMs < windowEndMs + windowMs;
        waitingBefore = next ? waiting : 0;
        askedBefore = next ? asked : 0;
        waiting = 0;
        asked = 0;
        windowMs = newWindowMs;
        windowEndMs = nowMs + newWindowMs;
    }

    int viewers() {
        return Math.max(waiting, waitingBefore) + Math.max(asked, askedBefore);
    }
}
