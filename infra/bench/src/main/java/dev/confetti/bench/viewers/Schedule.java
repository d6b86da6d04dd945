package dev.confetti.bench.viewers;

/** What comes at a steady pace: how many are due, and when the next one is. */
final class Schedule {
    private final long startNanos;
    private final double perSecond;
    private final long most;
    private long done;

    /**
     * @param startNanos when the first is due
     * @param perSecond 0 for never
     * @param most in all
     */
    Schedule(long startNanos, double perSecond, long most) {
        this.startNanos = startNanos;
        this.perSecond = perSecond;
        this.most = perSecond > 0 ? most : 0;
    }

    /** Takes the next one when it is due. */
    boolean take(long nowNanos) {
        if (nowNanos < nextNanos()) {
            return false;
        }
        done++;
        return true;
    }

    /** When the next is due; {@link Long#MAX_VALUE} when none comes any more. */
    long nextNanos() {
        return done >= most ? Long.MAX_VALUE : startNanos + (long) (done * 1e9 / perSecond);
    }
}
