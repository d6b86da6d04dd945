package dev.confetti.gateway.stream;

/**
 * How often streams hand their pictures to the viewers. Each by itself is soonest; where event
 * loops are busy, every second one with the one before it costs a third less.
 *
 * <p>Thread-safe.
 */
public final class FlushPace {
    /** Who decides. */
    public enum Mode {
        /** Each picture by itself, always. */
        FRAME,
        /** Gathered, always. */
        ECONOMICAL,
        /** Gathered while the busiest event loop has much to do. */
        AUTO
    }

    /** Between the second and the third picture at 30 a second, every second one at 25. */
    private static final long ECONOMICAL_MS = 60;

    /** Of a core; gathering takes a loop from here to about a half, which must not be calm. */
    private static final double BUSY = 0.75;

    private static final double CALM = 0.4;

    private final Mode mode;
    private volatile boolean economical;

    public FlushPace(Mode mode) {
        this.mode = mode;
        this.economical = mode == Mode.ECONOMICAL;
    }

    /** From one flush of a stream to its next at least, in ms. */
    long leastMs() {
        return economical ? ECONOMICAL_MS : 0;
    }

    /** Whether pictures are gathered now. */
    public boolean economical() {
        return economical;
    }

    /**
     * Says how busy the busiest event loop was.
     *
     * @param share of a core, 0 to 1
     */
    public void busiest(double share) {
        if (mode == Mode.AUTO && (share > BUSY || share < CALM)) {
            economical = share > BUSY;
        }
    }
}
