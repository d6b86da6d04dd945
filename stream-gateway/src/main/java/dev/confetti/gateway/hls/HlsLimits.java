package dev.confetti.gateway.hls;

/**
 * What one stream's HLS output holds at most.
 *
 * @param idleMs without a request, after which the output ends; an ended live stays as long
 * @param openingMs that the first requests wait for the first segment
 * @param listedMs of segments in a playlist, at least; as much again stays to be fetched
 * @param heldBytes of segments of one track, beyond which the oldest go earlier
 * @param segmentBytes after which a segment ends even without a key frame
 * @param partBytes after which a part ends
 * @param partSamples likewise
 * @param waiting requests that may wait at a time
 * @param looseCues that may wait for a part while neither pictures nor sound come
 */
public record HlsLimits(
        long idleMs,
        long openingMs,
        int listedMs,
        long heldBytes,
        int segmentBytes,
        int partBytes,
        int partSamples,
        int waiting,
        int looseCues) {
    public static HlsLimits defaults() {
        return new HlsLimits(
                60_000, 12_000, 20_000, 64 << 20, 16 << 20, 8 << 20, 2_000, 20_000, 64);
    }
}
