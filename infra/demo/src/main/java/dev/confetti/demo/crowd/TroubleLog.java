package dev.confetti.demo.crowd;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts what went wrong, and puts it into one line now and then instead of one line each. Not
 * thread-safe.
 */
final class TroubleLog {
    private static final long LINE_EVERY_MS = 30_000;

    private final Map<String, Integer> counts = new TreeMap<>();
    private String last = "";
    private long nextLineMs = Long.MIN_VALUE;

    void add(String kind, String message) {
        counts.merge(kind, 1, Integer::sum);
        last = message;
    }

    /** The line that is due, if there is any. */
    Optional<String> line(long nowMs) {
        if (counts.isEmpty() || nowMs < nextLineMs) {
            return Optional.empty();
        }
        StringBuilder line = new StringBuilder("simulated viewers met");
        counts.forEach(
                (kind, count) ->
                        line.append(' ').append(count).append("× ").append(kind).append(','));
        line.append(" the last: ").append(last);
        counts.clear();
        nextLineMs = nowMs + LINE_EVERY_MS;
        return Optional.of(line.toString());
    }
}
