package dev.confetti.gateway.hls;

import io.netty.buffer.ByteBuf;

/**
 * A part of a segment: one chunk. Immutable.
 *
 * @param independent whether decoding can start at it
 * @param bytes owned by the segment
 */
record Part(int durationMs, boolean independent, ByteBuf bytes) {}
