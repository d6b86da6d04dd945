package dev.confetti.gateway.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The batches that some viewer of a group has not been given yet. A viewer is a place in it, so
 * that whoever is slow costs the group a queue that all share, and skips by moving its place.
 *
 * <p>Places count batches from 0; the tail is the oldest that is kept, the head the place after the
 * newest. Confined to the group's event loop.
 */
final class Backlog {
    /** A batch at its place, in the group's framing. */
    static final class Entry {
        private final Batch batch;
        private final ByteBuf bytes;
        private final ByteBuffer nio;
        private final long atMs;
        private final long unitsBefore;
        private final long bytesBefore;

        private Entry(Batch batch, ByteBuf bytes, long atMs, long unitsBefore, long bytesBefore) {
            this.batch = batch;
            this.bytes = bytes;
            this.nio = bytes.nioBuffer();
            this.atMs = atMs;
            this.unitsBefore = unitsBefore;
            this.bytesBefore = bytesBefore;
        }

        Batch batch() {
            return batch;
        }

        /** What goes out to who gets the whole batch. */
        ByteBuf bytes() {
            return bytes;
        }

        /** The same. */
        ByteBuffer nio() {
            return nio;
        }

        /** When it came, by the group's clock. */
        long atMs() {
            return atMs;
        }
    }

    private static final int FIRST_CAPACITY = 16;

    private final @Nullable Framing framing;
    private final long maxBytes;

    /** By place, modulo its length, which is a power of two. */
    private @Nullable Entry[] ring = new Entry[FIRST_CAPACITY];

    private long tail;
    private long head;
    private long newestKey = -1;
    private long units;
    private long bytes;

    /**
     * @param framing what stands before each batch; null for nothing
     * @param maxBytes that are kept, but for the newest batch
     */
    Backlog(@Nullable Framing framing, long maxBytes) {
        this.framing = framing;
        this.maxBytes = maxBytes;
    }

    long tail() {
        return tail;
    }

    long head() {
        return head;
    }

    /** The newest place where decoding can start; -1, or below the tail, when there is none. */
    long newestKey() {
        return newestKey;
    }

    /** The batch at a place from the tail to below the head. */
    Entry at(long place) {
        Entry entry = ring[index(place)];
        if (entry == null || place < tail || place >= head) {
            throw new IllegalArgumentException(
                    "place " + place + ": expected " + tail + " to below " + head);
        }
        return entry;
    }

    /** Units before a place from the tail to the head, since the backlog began. */
    long unitsBefore(long place) {
        return place == head ? units : at(place).unitsBefore;
    }

    /** Bytes from a place on, as far as they are kept. */
    long bytesFrom(long place) {
        long from = Math.max(place, tail);
        return from >= head ? 0 : bytes - at(from).bytesBefore;
    }

    /** Takes a batch over, with the caller's reference. */
    void add(Batch batch, long atMs) {
        if (head - tail == ring.length) {
            grow();
        }
        Framing prefix = framing;
        ByteBuf out = prefix == null ? batch.bytes() : framed(prefix, batch.bytes());
        ring[index(head)] = new Entry(batch, out, atMs, units, bytes);
        if (batch.keyOffset() >= 0) {
            newestKey = head;
        }
        units += batch.units();
        bytes += out.readableBytes();
        head++;
        while (head - tail > 1 && bytesFrom(tail) > maxBytes) {
            releaseUpTo(tail + 1);
        }
    }

    /** Gives up what is before a place. */
    void releaseUpTo(long place) {
        while (tail < Math.min(place, head)) {
            Entry entry = at(tail);
            ring[index(tail)] = null;
            tail++;
            entry.batch.release();
            if (framing != null) {
                entry.bytes.release();
            }
        }
    }

    private int index(long place) {
        return (int) (place & (ring.length - 1));
    }

    private void grow() {
        @Nullable Entry[] bigger = Arrays.copyOf(ring, ring.length * 2);
        Arrays.fill(bigger, null);
        for (long place = tail; place < head; place++) {
            bigger[(int) (place & (bigger.length - 1))] = ring[index(place)];
        }
        ring = bigger;
    }

    /** A slice, since it has no room behind it that a handler could fill: all viewers share it. */
    private static ByteBuf framed(Framing framing, ByteBuf payload) {
        int length = payload.readableBytes();
        ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(length + Framing.MAX_HEADER_BYTES);
        framing.writeHeader(out, length);
        out.writeBytes(payload, payload.readerIndex(), length);
        return out.slice();
    }
}
