package dev.confetti.bench.viewers;

import dev.confetti.bench.media.SentTimes;
import dev.confetti.bench.report.Measure;
import dev.confetti.bench.report.Report;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What all viewers of a swarm saw. Of one thread. */
final class ViewerFindings {
    /** Half a second without a tag is seen as a stutter by any player with a short buffer. */
    private static final long STALL_NANOS = 500_000_000;

    private final Measure firstTag = new Measure("first tag");
    private final Measure delay = new Measure("publisher to viewer");
    private final Measure gap = new Measure("between tags");
    private final Map<String, Integer> failures = new TreeMap<>();
    private final @Nullable SentTimes sentTimes;
    private long bytes;
    private long tags;
    private long stalls;
    private long departures;

    /**
     * @param sentTimes null when somebody else publishes
     */
    ViewerFindings(@Nullable SentTimes sentTimes) {
        this.sentTimes = sentTimes;
    }

    void read(int count) {
        bytes += count;
    }

    void firstTag(long nanos) {
        firstTag.record(nanos);
    }

    void tag(long sinceLastNanos) {
        tags++;
        gap.record(sinceLastNanos);
        if (sinceLastNanos > STALL_NANOS) {
            stalls++;
        }
    }

    /**
     * A picture arrived; what had been sent before the viewer came (the GOP to begin with) has no
     * delay.
     */
    void picture(long timestampMs, long joinedNanos, long nowNanos) {
        if (sentTimes != null) {
            long sentNanos = sentTimes.nanosOf(timestampMs);
            if (sentNanos != Long.MIN_VALUE && sentNanos >= joinedNanos) {
                delay.record(nowNanos - sentNanos);
            }
        }
    }

    void failed(String reason) {
        failures.merge(reason, 1, Integer::sum);
        firstTag.miss();
    }

    void lost(String reason) {
        failures.merge(reason, 1, Integer::sum);
    }

    /** A viewer left, as it was to. */
    void left() {
        departures++;
    }

    void report(Report report, long elapsedNanos) {
        report.add(firstTag);
        report.add(delay);
        report.add(gap);
        report.count("bytes", bytes);
        report.count(
                "Mbit/s",
                String.format(
                        java.util.Locale.ROOT, "%.1f", bytes * 8e3 / Math.max(1, elapsedNanos)));
        report.count("tags", tags);
        report.count("stalls over 500 ms", stalls);
        if (departures > 0) {
            report.count("left, and replaced", departures);
        }
        failures.forEach((why, count) -> report.count("lost: " + why, count));
        if (sentTimes == null) {
            report.remark(
                    "no delay: it needs a live that the bench publishes itself (without --live)");
        }
    }
}
