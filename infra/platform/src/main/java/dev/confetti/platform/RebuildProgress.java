package dev.confetti.platform;

import dev.confetti.ledger.rebuild.LedgerRebuild;
import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A line on the screen each second: how far it is, how fast, and how long it will take. */
final class RebuildProgress implements LedgerRebuild.Progress {
    private static final long EVERY_NANOS = 1_000_000_000L;

    private final PrintStream out;
    private long firstNanos;
    private long firstPosition = -1;
    private long nextNanos;

    RebuildProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void at(long position, long live) {
        String line = line(position, live, System.nanoTime());
        if (line != null) {
            out.println(line);
        }
    }

    /** Null when the last line was a moment ago; the live ledger's position always has one. */
    @Nullable String line(long position, long live, long nowNanos) {
        if (firstPosition < 0) {
            firstPosition = position;
            firstNanos = nowNanos;
            nextNanos = nowNanos + EVERY_NANOS;
            return null;
        }
        if (nowNanos < nextNanos && position < live) {
            return null;
        }
        nextNanos = nowNanos + EVERY_NANOS;
        double seconds = Math.max(1, nowNanos - firstNanos) / 1e9;
        double perSecond = (position - firstPosition) / seconds;
        Duration left = Duration.ofSeconds(Math.round((live - position) / Math.max(1, perSecond)));
        return "booked position %,d of %,d (%d%%), %,.0f events/s, about %s left"
                .formatted(
                        position,
                        live,
                        live == 0 ? 100 : 100 * position / live,
                        perSecond,
                        text(left));
    }

    private static String text(Duration left) {
        return left.toHours() > 0
                ? left.toHours() + " h " + left.toMinutesPart() + " min"
                : left.toMinutes() > 0
                        ? left.toMinutes() + " min " + left.toSecondsPart() + " s"
                        : left.toSeconds() + " s";
    }
}
