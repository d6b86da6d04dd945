package dev.confetti.gateway.stream;

import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.media.AccessUnit;
import dev.confetti.gateway.media.TrackHeaders;
import dev.confetti.gateway.metrics.GatewayMeters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream in one wire format: each unit is written once, and all viewers share the bytes.
 *
 * <p>Units are appended to segments that never move; a flush hands the bytes since the last one to
 * every group of viewers, and a viewer that joins gets slices of the same segments from the last
 * key frame on. Only where a picture carries cues is it written twice: late joiners get the form
 * without. Confined to the stream's event loop.
 */
final class WireLog {
    /** About two seconds of an ordinary stream; what a slow viewer holds pins whole segments. */
    private static final int SEGMENT_BYTES = 256 << 10;

    /** Whose bytes are the same, and who gets them on one thread. */
    private record GroupKey(EventLoop loop, @Nullable Framing framing) {}

    private final Muxer muxer;
    private final ByteBufAllocator alloc;
    private final GatewayMeters meters;
    private final LongAdder streamDrops;
    private final DeliveryDelay delay;
    private final LongSupplier clockMs;
    private final long maxBacklogBytes;
    private final Map<GroupKey, ViewerGroup> groups = new HashMap<>();
    private final GopPieces gop = new GopPieces();
    private final ByteBuf scratch;

    private ByteBuf segment;
    private int flushedIndex;
    private @Nullable ByteBuf withoutCues;
    private int keyOffset = -1;
    private int keyOffsetWithoutCues = -1;
    private boolean headersAtKey;
    private int units;
    private long flushedVersion;
    private long version;
    private ByteBuf headerBytes;
    private int viewers;

    WireLog(
            Muxer muxer,
            ByteBufAllocator alloc,
            GatewayMeters meters,
            LongAdder streamDrops,
            DeliveryDelay delay,
            LongSupplier clockMs,
            long maxBacklogBytes) {
        this.muxer = muxer;
        this.alloc = alloc;
        this.meters = meters;
        this.streamDrops = streamDrops;
        this.delay = delay;
        this.clockMs = clockMs;
        this.maxBacklogBytes = maxBacklogBytes;
        this.scratch = alloc.directBuffer(4096);
        this.segment = alloc.directBuffer(SEGMENT_BYTES, SEGMENT_BYTES);
        this.headerBytes = alloc.directBuffer(16);
    }

    /** Takes over what came before the first viewer of this format. */
    void replay(GopCache cache, TrackHeaders current) {
        if (!cache.isEmpty()) {
            List<AccessUnit> cached = cache.units();
            headers(cache.headers(), cached.getFirst().dtsMs(), false);
            boolean first = true;
            for (AccessUnit unit : cached) {
                append(unit, first, List.of());
                first = false;
            }
            flush();
            if (!cache.open()) {
                gop.freeze();
            }
        }
        if (current.version() != version) {
            headers(current, cache.isEmpty() ? 0 : cache.units().getLast().dtsMs(), false);
            flush();
        }
    }

    /**
     * Sets the track headers.
     *
     * @param inBand whether the viewers who are there get them at this place
     */
    void headers(TrackHeaders headers, long dtsMs, boolean inBand) {
        version = headers.version();
        headerBytes.release();
        headerBytes = alloc.directBuffer(256);
        muxer.writeHeaders(headerBytes, headers, dtsMs);
        if (inBand) {
            write(headerBytes.duplicate(), headerBytes.duplicate());
        } else {
            flushedVersion = version;
        }
    }

    /**
     * Appends a unit.
     *
     * @param start whether decoding can start at it
     */
    void append(AccessUnit unit, boolean start, List<StampedCue> cues) {
        append(unit, start, cues, null);
    }

    /**
     * Appends a unit, with new track headers right before it.
     *
     * @param newHeaders null when they have not changed
     */
    void append(
            AccessUnit unit,
            boolean start,
            List<StampedCue> cues,
            @Nullable TrackHeaders newHeaders) {
        int offset = pendingBytes();
        int offsetWithoutCues = withoutCues == null ? offset : withoutCues.readableBytes();
        long generation = flushes;
        if (newHeaders != null) {
            headers(newHeaders, unit.dtsMs(), true);
        }
        scratch.clear();
        muxer.writeUnit(scratch, unit, cues);
        if (cues.isEmpty()) {
            write(scratch.duplicate(), scratch.duplicate());
        } else {
            ByteBuf plain = alloc.directBuffer(scratch.readableBytes());
            muxer.writeUnit(plain, unit, List.of());
            write(scratch.duplicate(), plain);
            plain.release();
        }
        units++;
        if (start) {
            // A full segment was flushed in between: then the unit begins the new one.
            boolean together = generation == flushes;
            keyOffset = together ? offset : 0;
            keyOffsetWithoutCues = together ? offsetWithoutCues : 0;
            headersAtKey = newHeaders != null && together;
        }
    }

    /** Appends cues that no picture carries; late joiners never see them. */
    void appendCues(List<StampedCue> cues, long dtsMs) {
        scratch.clear();
        muxer.writeCues(scratch, cues, dtsMs);
        if (scratch.isReadable()) {
            ByteBuf nothing = alloc.directBuffer(0, 0);
            write(scratch.duplicate(), nothing);
            nothing.release();
        }
    }

    private long flushes;

    private void write(ByteBuf bytes, ByteBuf plain) {
        int length = bytes.readableBytes();
        boolean same = length == plain.readableBytes();
        if (segment.writableBytes() < length) {
            flush();
            segment.release();
            int capacity = Math.max(SEGMENT_BYTES, length);
            segment = alloc.directBuffer(capacity, capacity);
            flushedIndex = 0;
        }
        if (!same && withoutCues == null) {
            withoutCues = alloc.directBuffer(pendingBytes() + plain.readableBytes());
            withoutCues.writeBytes(segment, flushedIndex, pendingBytes());
        }
        segment.writeBytes(bytes);
        if (withoutCues != null) {
            withoutCues.writeBytes(plain);
        }
    }

    int pendingBytes() {
        return segment.writerIndex() - flushedIndex;
    }

    /** Hands the bytes since the last flush to all viewers. */
    void flush() {
        int length = pendingBytes();
        if (length == 0) {
            return;
        }
        ByteBuf bytes = segment.slice(flushedIndex, length);
        Batch batch =
                new Batch(
                        bytes,
                        keyOffset,
                        headersAtKey,
                        System.nanoTime(),
                        units,
                        flushedVersion,
                        version,
                        headerBytes);
        groups.values().forEach(group -> group.deliver(batch));
        keep();
        flushes++;
        flushedIndex += length;
        flushedVersion = version;
        keyOffset = -1;
        keyOffsetWithoutCues = -1;
        headersAtKey = false;
        units = 0;
    }

    private void keep() {
        ByteBuf plain = withoutCues;
        if (plain == null) {
            int from = Math.max(keyOffset, 0);
            gop.add(segment, flushedIndex + from, segment.writerIndex(), keyOffset >= 0, version);
        } else {
            int from = Math.max(keyOffsetWithoutCues, 0);
            gop.add(plain, from, plain.writerIndex(), keyOffsetWithoutCues >= 0, version);
            plain.release();
            withoutCues = null;
        }
    }

    /** Keeps the pictures of a publisher that went, adding no more to them. */
    void freezeGop() {
        flush();
        gop.freeze();
    }

    /** Gives up a GOP that grew too big. */
    void dropGop() {
        flush();
        gop.clear();
    }

    /**
     * Lets a viewer in: what it starts with, then every batch.
     *
     * @param headersOfGop as they were at the GOP's first unit
     * @param gopDtsMs its timestamp
     */
    void join(Viewer viewer, TrackHeaders headersOfGop, long gopDtsMs) {
        List<ByteBuf> pieces = new ArrayList<>();
        ByteBuf start = alloc.directBuffer(1024);
        muxer.writePreamble(start);
        boolean hasPictures = !gop.isEmpty();
        if (hasPictures) {
            muxer.writeHeaders(start, headersOfGop, gopDtsMs);
        }
        pieces.add(start);
        gop.retainInto(pieces);
        groups.computeIfAbsent(
                        new GroupKey(viewer.channel().eventLoop(), viewer.framing()),
                        key ->
                                new ViewerGroup(
                                        key.loop(),
                                        key.framing(),
                                        maxBacklogBytes,
                                        meters,
                                        streamDrops,
                                        delay,
                                        clockMs))
                .add(viewer, pieces, gop.version(), hasPictures);
        viewers++;
    }

    /**
     * A viewer went.
     *
     * @return whether it was the last
     */
    boolean leave() {
        return --viewers == 0;
    }

    void end() {
        flush();
        groups.values().forEach(ViewerGroup::end);
    }

    void release() {
        gop.clear();
        segment.release();
        headerBytes.release();
        scratch.release();
        if (withoutCues != null) {
            withoutCues.release();
            withoutCues = null;
        }
    }
}
