package dev.confetti.bench.viewers;

import java.net.URI;
import java.util.Optional;

/**
 * What the bench of viewers is asked for.
 *
 * @param rtmpUrl empty takes what the platform says
 * @param liveId a live that is on air already; empty makes one, and only then delay can be measured
 * @param joinsPerSecond how fast viewers come
 * @param durationMs how long they stay once all have come
 * @param slowViewers of them read only {@link ViewerSwarm#SLOW_BYTES_PER_SECOND}
 * @param leavesPerSecond how many go in a second, each followed by another who comes
 */
public record ViewerOptions(
        URI apiUrl,
        URI mediaUrl,
        Optional<String> rtmpUrl,
        Optional<String> liveId,
        int viewers,
        double joinsPerSecond,
        long durationMs,
        int slowViewers,
        double leavesPerSecond) {}
