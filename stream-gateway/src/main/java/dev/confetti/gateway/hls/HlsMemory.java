package dev.confetti.gateway.hls;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the segments of all streams together may hold. Beyond it every stream keeps no more than a
 * playlist must have. Thread-safe.
 */
public final class HlsMemory {
    private final long maxBytes;
    private final AtomicLong usedBytes = new AtomicLong();

    public HlsMemory(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    void add(long bytes) {
        usedBytes.addAndGet(bytes);
    }

    boolean full() {
        return usedBytes.get() > maxBytes;
    }

    /** Bytes of all segments now. */
    public long usedBytes() {
        return usedBytes.get();
    }
}
