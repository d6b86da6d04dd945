package dev.confetti.gateway.cmaf;

/**
 * One access unit in a chunk.
 *
 * @param durationMs until the next one of the track is decoded; not negative
 * @param sizeBytes of its bytes in the chunk
 * @param sync whether decoding can start at it
 * @param compositionOffsetMs presentation minus decoding time; may be negative
 */
public record Sample(int durationMs, int sizeBytes, boolean sync, int compositionOffsetMs) {
    /** Depends on no other sample: ISO/IEC 14496-12, 8.8.3.1. */
    static final int SYNC_FLAGS = 0x0200_0000;

    /** Depends on others, and is no sync sample. */
    static final int OTHER_FLAGS = 0x0101_0000;

    int flags() {
        return sync ? SYNC_FLAGS : OTHER_FLAGS;
    }
}
