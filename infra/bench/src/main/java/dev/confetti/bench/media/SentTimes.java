package dev.confetti.bench.media;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When the picture of each media time was handed to the network. Written by the publisher's thread,
 * read by viewers'. Remembers the last two minutes.
 */
public final class SentTimes {
    private static final int REMEMBERED_MS = 120_000;

    private final AtomicLongArray mediaMs = new AtomicLongArray(REMEMBERED_MS);
    private final AtomicLongArray nanos = new AtomicLongArray(REMEMBERED_MS);

    /** Notes a picture. */
    public void sent(long timestampMs, long nanoTime) {
        int slot = (int) (timestampMs % REMEMBERED_MS);
        nanos.set(slot, nanoTime);
        // Stored plus one, so that the empty slot means no time at all.
        mediaMs.set(slot, timestampMs + 1);
    }

    /** When it was sent; {@link Long#MIN_VALUE} when it was not, or is forgotten. */
    public long nanosOf(long timestampMs) {
        int slot = (int) (timestampMs % REMEMBERED_MS);
        return mediaMs.get(slot) == timestampMs + 1 ? nanos.get(slot) : Long.MIN_VALUE;
    }
}
