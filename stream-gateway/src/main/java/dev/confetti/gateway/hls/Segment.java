package dev.confetti.gateway.hls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** A segment and its parts; grows until it is complete. Owns its parts' bytes. */
final class Segment {
    private final long msn;
    private final long startMs;
    private final boolean independent;
    private final CmafHeader header;
    private final int discontinuity;
    private final int newDiscontinuities;
    private final List<Part> parts = new ArrayList<>();
    private int durationMs;
    private long bytes;
    private int samples;

    /**
     * @param startMs presentation time of its first sample
     * @param discontinuity breaks of the stream before it
     * @param newDiscontinuities those since the segment before it
     */
    Segment(
            long msn,
            long startMs,
            boolean independent,
            CmafHeader header,
            int discontinuity,
            int newDiscontinuities) {
        this.msn = msn;
        this.startMs = startMs;
        this.independent = independent;
        this.header = header;
        this.discontinuity = discontinuity;
        this.newDiscontinuities = newDiscontinuities;
    }

    void add(Part part, int partSamples) {
        parts.add(part);
        durationMs += part.durationMs();
        bytes += part.bytes().readableBytes();
        samples += partSamples;
    }

    long msn() {
        return msn;
    }

    long startMs() {
        return startMs;
    }

    boolean independent() {
        return independent;
    }

    CmafHeader header() {
        return header;
    }

    int discontinuity() {
        return discontinuity;
    }

    int newDiscontinuities() {
        return newDiscontinuities;
    }

    List<Part> parts() {
        return parts;
    }

    int durationMs() {
        return durationMs;
    }

    long bytes() {
        return bytes;
    }

    int samples() {
        return samples;
    }

    /** All its bytes, with references of their own. */
    ByteBuf body() {
        return Unpooled.wrappedBuffer(
                parts.size(),
                parts.stream()
                        .map(part -> part.bytes().retainedDuplicate())
                        .toArray(ByteBuf[]::new));
    }

    void release() {
        parts.forEach(part -> part.bytes().release());
    }
}
