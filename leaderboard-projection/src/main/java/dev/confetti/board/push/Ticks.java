package dev.confetti.board.push;

/**
 * Instants at a fixed rate, whatever time the work at each takes; those that were missed are left
 * out.
 *
 * @param startNanos on the clock of {@link System#nanoTime}
 * @param periodNanos above 0
 */
record Ticks(long startNanos, long periodNanos) {
    /** How long it is until the next tick: above 0, at most a period. */
    long nanosToNext(long nowNanos) {
        return periodNanos - Math.floorMod(nowNanos - startNanos, periodNanos);
    }
}
