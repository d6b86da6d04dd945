package dev.confetti.gateway.hls;

import java.util.Arrays;
import java.util.List;

/**
 * The durations that a playlist promises. They stay for as long as the output does: clients may not
 * see them change (RFC 8216bis, 6.2.1).
 *
 * @param segmentSeconds the target duration: no segment rounds to more
 * @param partMs the part target: no part is longer, unless one picture is
 */
record HlsTargets(int segmentSeconds, int partMs) {
    /** Segments begin at the first key frame after this. */
    static final int SEGMENT_MS = 2_000;

    /** Encoders round: a key frame this much before is taken for punctual. */
    static final int SEGMENT_TOLERANCE_MS = 50;

    /** GOPs beyond this are cut at pictures that cannot be decoded alone. */
    static final int MAX_SEGMENT_SECONDS = 10;

    /** A GOP this much over whole seconds still fits: see {@link #maxSegmentMs}. */
    private static final int SLACK_MS = 150;

    private static final double IDEAL_PART_MS = 200;

    /** So much may the pictures of a part jitter without it becoming one picture shorter. */
    private static final double JITTER = 1.05;

    private static final double USUAL_FRAME_MS = 40;

    /**
     * The targets for a stream.
     *
     * @param segmentMs its longest GOP so far, or the first segment that its GOPs make
     * @param frameMs its usual frame interval
     */
    static HlsTargets of(long segmentMs, double frameMs) {
        int seconds = Math.clamp((segmentMs - SLACK_MS + 999) / 1000, 2, MAX_SEGMENT_SECONDS);
        double frame = frameMs > 0 ? frameMs : USUAL_FRAME_MS;
        long below = Math.max(1, (long) Math.floor(IDEAL_PART_MS / frame));
        boolean more =
                Math.abs((below + 1) * frame - IDEAL_PART_MS)
                        < Math.abs(below * frame - IDEAL_PART_MS);
        double part = (more ? below + 1 : below) * frame;
        return new HlsTargets(seconds, (int) Math.ceil(Math.min(part, SEGMENT_MS) * JITTER));
    }

    /**
     * The usual interval between the pictures or packets with these times: the mean of all that are
     * near the median, so that single gaps do not count. 0 when there are less than two.
     */
    static double usualInterval(List<Long> dtsMs) {
        if (dtsMs.size() < 2) {
            return 0;
        }
        long[] intervals = new long[dtsMs.size() - 1];
        for (int i = 0; i < intervals.length; i++) {
            intervals[i] = dtsMs.get(i + 1) - dtsMs.get(i);
        }
        long[] sorted = intervals.clone();
        Arrays.sort(sorted);
        long median = sorted[sorted.length / 2];
        return Arrays.stream(intervals)
                .filter(ms -> 2 * ms >= median && 2 * ms <= 3 * median + 2)
                .average()
                .orElse((double) median);
    }

    /** A segment that is longer would round to more than the target. */
    int maxSegmentMs() {
        return segmentSeconds * 1000 + 499;
    }

    /** Parts are at least this long, but for the last one of a segment: 85% of the target. */
    int leastPartMs() {
        return (partMs * 85 + 99) / 100;
    }

    int partHoldBackMs() {
        return 3 * partMs;
    }

    int holdBackMs() {
        return 3000 * segmentSeconds;
    }

    int skipUntilMs() {
        return 6000 * segmentSeconds;
    }

    /** Parts are listed for segments within this from the playlist's end. */
    int partsListedMs() {
        return 3000 * segmentSeconds;
    }

    /** A request may be for a part at most this far beyond the last one: 6.2.5.2. */
    int advancePartLimit() {
        return partMs >= 1000 ? 3 : (3000 + partMs - 1) / partMs;
    }

    /** A blocked request is answered with 503 after this: 6.2.5.2. */
    int maxBlockMs() {
        return 3000 * segmentSeconds;
    }
}
