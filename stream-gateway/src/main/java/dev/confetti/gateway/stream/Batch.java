package dev.confetti.gateway.stream;

import io.netty.buffer.ByteBuf;

/**
 * The bytes of one format between two flushes, shared by all viewers of it.
 *
 * @param bytes whole tags; owned by who holds the batch
 * @param keyOffset where a viewer may start within the bytes; -1 for nowhere
 * @param headersAtKey whether the track headers stand at that place
 * @param flushedNanos when it was handed over, by {@link System#nanoTime}
 * @param units pictures and packets in it, for the books
 * @param versionBefore of the track headers that a viewer must have seen to follow it
 * @param versionAfter of the track headers that a viewer has seen after it
 * @param headers the track headers themselves, for those that missed them; owned likewise
 */
record Batch(
        ByteBuf bytes,
        int keyOffset,
        boolean headersAtKey,
        long flushedNanos,
        int units,
        long versionBefore,
        long versionAfter,
        ByteBuf headers) {

    Batch retain() {
        bytes.retain();
        headers.retain();
        return this;
    }

    void release() {
        bytes.release();
        headers.release();
    }
}
