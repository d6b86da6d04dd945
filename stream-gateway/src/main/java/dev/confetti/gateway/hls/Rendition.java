package dev.confetti.gateway.hls;

import dev.confetti.gateway.cmaf.Chunk;
import dev.confetti.gateway.cmaf.EventMessage;
import dev.confetti.gateway.cmaf.Id3Tag;
import dev.confetti.gateway.cmaf.Sample;
import dev.confetti.gateway.cue.CuedPicture;
import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.media.AccessUnit;
import dev.confetti.gateway.media.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One track as segments and parts.
 *
 * <p>When does a part come out? A sample lasts until the next one of its track is decoded, so the
 * last duration of a part is known when the sample after it is there, one frame interval later; a
 * guess would come earlier, but leave holes and overlaps in the timeline wherever it is wrong. A
 * part is therefore closed by the first sample of the next one, and not one sample later: whether a
 * further sample would fit is judged by the interval before. So the part that a playlist announces
 * next always has its first sample already, and what is announced comes. Only where no next sample
 * will come (the publisher went, the tracks change, silence) the interval before is taken for the
 * last duration, and a discontinuity follows.
 *
 * <p>Confined to the stream's event loop.
 */
final class Rendition {
    private static final String CUE_DESCRIPTION = "confetti.gift";
    private static final int CHUNK_HEADER_BYTES = 256;
    private static final int SAMPLE_HEADER_BYTES = 16;
    private static final int MIN_LISTED = 3;
    private static final int USUAL_INTERVAL_MS = 40;

    private record Held(AccessUnit unit, List<StampedCue> cues) {}

    private final HlsTrack track;
    private final HlsTargets targets;
    private final HlsLimits limits;
    private final HlsMemory memory;
    private final ByteBufAllocator alloc;
    private final IntSupplier eventIds;
    private final Deque<Segment> listed = new ArrayDeque<>();
    private final Deque<Segment> retired = new ArrayDeque<>();
    private final List<Held> partUnits = new ArrayList<>();
    private final List<Integer> partDurations = new ArrayList<>();
    private final List<StampedCue> looseCues = new ArrayList<>();
    private LongFunction<CmafHeader> newHeader;
    private @Nullable CmafHeader header;
    private @Nullable Segment open;
    private @Nullable Held pending;
    private long msn;
    private long sequence;
    private int discontinuity;
    private int lastDiscontinuity = -1;
    private int partMs;
    private int partBytes;
    private int intervalMs;
    private long heldBytes;
    private long version;
    private long gopMs;
    private long lastKeyMs = -1;

    /**
     * @param firstMsn the first segment's sequence number
     * @param newHeader makes the CMAF header, given the number of the segment that it begins
     */
    Rendition(
            HlsTrack track,
            HlsTargets targets,
            HlsLimits limits,
            HlsMemory memory,
            ByteBufAllocator alloc,
            IntSupplier eventIds,
            long firstMsn,
            LongFunction<CmafHeader> newHeader) {
        this.track = track;
        this.targets = targets;
        this.limits = limits;
        this.memory = memory;
        this.alloc = alloc;
        this.eventIds = eventIds;
        this.msn = firstMsn;
        this.newHeader = newHeader;
    }

    /** From the next segment on the samples need another CMAF header. */
    void header(LongFunction<CmafHeader> newer) {
        newHeader = newer;
        header = null;
    }

    /**
     * Appends a unit; it is retained until its part is written.
     *
     * @param boundary whether a segment may begin at it
     * @return whether it ends one, and begins the next
     */
    boolean push(AccessUnit unit, List<StampedCue> cues, boolean boundary) {
        boolean ends = false;
        noteKey(unit);
        if (pending != null) {
            intervalMs = intervalTo(unit.dtsMs());
            settle(intervalMs);
            if ((boundary && longEnough()) || segmentBytes() > limits.segmentBytes()) {
                closeSegment();
                ends = true;
            } else if (full()) {
                // Where a further part might not fit, none is announced that would not come.
                ends = segmentMs() + targets.partMs() > targets.maxSegmentMs();
                if (ends) {
                    closeSegment();
                } else {
                    closePart();
                }
            }
        }
        pending = new Held(retained(unit), cues);
        return ends;
    }

    private int intervalTo(long dtsMs) {
        Held held = pending;
        long ms = held == null ? 0 : dtsMs - held.unit().dtsMs();
        return Math.clamp(ms, 0, Integer.MAX_VALUE / 2);
    }

    private void noteKey(AccessUnit unit) {
        if (unit.frame() instanceof Frame.Video video && video.key()) {
            gopMs = lastKeyMs < 0 ? 0 : unit.dtsMs() - lastKeyMs;
            lastKeyMs = unit.dtsMs();
        }
    }

    /** Whether a segment should end here: it is long enough, or the next GOP would not fit. */
    private boolean longEnough() {
        int ms = segmentMs();
        return track == HlsTrack.AUDIO
                || ms >= HlsTargets.SEGMENT_MS - HlsTargets.SEGMENT_TOLERANCE_MS
                || ms + gopMs > targets.maxSegmentMs();
    }

    private boolean full() {
        return (partMs >= targets.leastPartMs() && partMs + intervalMs > targets.partMs())
                || partBytes > limits.partBytes()
                || partUnits.size() >= limits.partSamples();
    }

    /**
     * The pending unit gets its duration, and its place: where it does not fit, what is open ends.
     */
    private void settle(int durationMs) {
        Held held = pending;
        if (held == null) {
            return;
        }
        pending = null;
        if (segmentMs() > 0 && segmentMs() + durationMs > targets.maxSegmentMs()) {
            closeSegment();
        } else if (partMs > 0 && partMs + durationMs > targets.partMs()) {
            closePart();
        }
        partUnits.add(held);
        partDurations.add(durationMs);
        partMs += durationMs;
        partBytes += bytes(held);
    }

    private static int bytes(Held held) {
        return switch (held.unit().frame()) {
            case Frame.Video video -> CuedPicture.bytes(video, held.cues());
            case Frame.Audio audio -> audio.payload().readableBytes();
            case Frame.Data _ -> 0;
        };
    }

    private static AccessUnit retained(AccessUnit unit) {
        switch (unit.frame()) {
            case Frame.Video video -> video.payload().retain();
            case Frame.Audio audio -> audio.payload().retain();
            case Frame.Data _ -> throw new IllegalArgumentException("data is in no HLS track");
        }
        return unit;
    }

    /** Cues that no picture carries: they go before the next part. */
    void cues(List<StampedCue> cues) {
        looseCues.addAll(cues);
        while (looseCues.size() > limits.looseCues()) {
            looseCues.removeFirst();
        }
    }

    private void closePart() {
        if (partUnits.isEmpty()) {
            return;
        }
        Held first = partUnits.getFirst();
        Segment segment = open;
        if (segment == null) {
            segment = begin(first);
            open = segment;
        }
        ByteBuf out =
                alloc.directBuffer(
                        CHUNK_HEADER_BYTES + partUnits.size() * SAMPLE_HEADER_BYTES + partBytes);
        write(out, segment.parts().isEmpty(), first.unit().dtsMs());
        // Without the room behind it, which TLS would fill for one client in the memory of all.
        segment.add(new Part(partMs, independent(first), out.slice()), partUnits.size());
        hold(out.readableBytes());
        version++;
        partUnits.forEach(held -> held.unit().frame().release());
        partUnits.clear();
        partDurations.clear();
        partMs = 0;
        partBytes = 0;
    }

    private Segment begin(Held first) {
        CmafHeader current = header;
        if (current == null) {
            current = newHeader.apply(msn);
            header = current;
        }
        int fresh = lastDiscontinuity < 0 ? 0 : discontinuity - lastDiscontinuity;
        lastDiscontinuity = discontinuity;
        return new Segment(
                msn, first.unit().ptsMs(), independent(first), current, discontinuity, fresh);
    }

    private void write(ByteBuf out, boolean firstOfSegment, long decodeMs) {
        List<EventMessage> events = new ArrayList<>();
        looseCues.forEach(cue -> events.add(event(cue)));
        looseCues.clear();
        List<Sample> samples = new ArrayList<>(partUnits.size());
        for (int i = 0; i < partUnits.size(); i++) {
            Held held = partUnits.get(i);
            int offsetMs = (int) (held.unit().ptsMs() - held.unit().dtsMs());
            samples.add(new Sample(partDurations.get(i), bytes(held), independent(held), offsetMs));
            held.cues().stream()
                    .filter(cue -> !cue.announced())
                    .forEach(cue -> events.add(event(cue)));
        }
        if (firstOfSegment) {
            Chunk.writeSegmentType(out);
        }
        boolean video = track == HlsTrack.VIDEO;
        Chunk.writeHeader(out, ++sequence, decodeMs, video, events, samples);
        for (Held held : partUnits) {
            switch (held.unit().frame()) {
                case Frame.Video picture -> CuedPicture.write(out, picture, held.cues());
                case Frame.Audio packet -> {
                    ByteBuf payload = packet.payload();
                    out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
                }
                case Frame.Data _ -> {}
            }
        }
    }

    private EventMessage event(StampedCue cue) {
        ByteBuf json = Unpooled.buffer(1024);
        cue.writeJson(json);
        return new EventMessage(
                cue.ptsMs(),
                eventIds.getAsInt(),
                Id3Tag.userText(CUE_DESCRIPTION, ByteBufUtil.getBytes(json)));
    }

    private static boolean independent(Held held) {
        return !(held.unit().frame() instanceof Frame.Video video) || video.key();
    }

    private void closeSegment() {
        closePart();
        Segment segment = open;
        if (segment == null) {
            return;
        }
        open = null;
        listed.add(segment);
        msn++;
        version++;
        trim();
    }

    private void hold(long bytes) {
        heldBytes += bytes;
        memory.add(bytes);
    }

    private boolean tooMuch() {
        return heldBytes > limits.heldBytes() || memory.full();
    }

    /** Old segments leave the playlist, and stay to be fetched for as long as it is. */
    private void trim() {
        int keepMs = Math.max(limits.listedMs(), 8000 * targets.segmentSeconds());
        while (listed.size() > MIN_LISTED
                && durationMs(listed) - listed.getFirst().durationMs() >= keepMs) {
            retired.add(listed.removeFirst());
        }
        while (!retired.isEmpty() && (durationMs(retired) > keepMs || tooMuch())) {
            drop(retired.removeFirst());
        }
        while (listed.size() > MIN_LISTED && tooMuch()) {
            drop(listed.removeFirst());
        }
    }

    private void drop(Segment segment) {
        hold(-segment.bytes());
        segment.release();
    }

    private static long durationMs(Deque<Segment> segments) {
        return segments.stream().mapToLong(Segment::durationMs).sum();
    }

    /**
     * No next sample belongs to what is open: closes it, and says so in the next segment.
     *
     * @param nextMs when something else begins: the last sample lasts no longer
     */
    void close(int discontinuityAfter, long nextMs) {
        int usualMs = intervalMs == 0 ? USUAL_INTERVAL_MS : Math.min(intervalMs, targets.partMs());
        settle(pending == null ? 0 : Math.clamp(nextMs - pending.unit().dtsMs(), 1, usualMs));
        closeSegment();
        lastKeyMs = -1;
        gopMs = 0;
        discontinuity = discontinuityAfter;
    }

    /** Whether there is a sample since the last {@link #close}. */
    boolean hasOpen() {
        return pending != null || !partUnits.isEmpty() || open != null;
    }

    /**
     * Media time from the last sample to this one.
     *
     * @return 0 when there is no sample to count from
     */
    long gapTo(long dtsMs) {
        Held held = pending;
        return held == null ? 0 : dtsMs - held.unit().dtsMs();
    }

    // ---- what there is

    /** Grows with each part and segment. */
    long version() {
        return version;
    }

    HlsTrack track() {
        return track;
    }

    /** In the playlist, oldest first; without the open one. */
    Deque<Segment> listed() {
        return listed;
    }

    /** The segment that has parts but is not complete; null when it has none yet. */
    @Nullable Segment open() {
        return open;
    }

    /** Sequence number of the segment that is open, or will be next. */
    long openMsn() {
        return msn;
    }

    int openParts() {
        return open == null ? 0 : open.parts().size();
    }

    boolean isEmpty() {
        return listed.isEmpty();
    }

    /** A segment that can be fetched, listed or not; null when it is gone or not complete. */
    @Nullable Segment segment(long wanted) {
        for (Deque<Segment> segments : List.of(listed, retired)) {
            for (Segment segment : segments) {
                if (segment.msn() == wanted) {
                    return segment;
                }
            }
        }
        return null;
    }

    /** The same, or the open one. */
    @Nullable Segment withParts(long wanted) {
        Segment current = open;
        return current != null && current.msn() == wanted ? current : segment(wanted);
    }

    @Nullable CmafHeader cmafHeader(long number) {
        CmafHeader current = header;
        if (current != null && current.number() == number) {
            return current;
        }
        for (Deque<Segment> segments : List.of(listed, retired)) {
            for (Segment segment : segments) {
                if (segment.header().number() == number) {
                    return segment.header();
                }
            }
        }
        return null;
    }

    int segmentMs() {
        return partMs + (open == null ? 0 : open.durationMs());
    }

    private long segmentBytes() {
        return partBytes + (open == null ? 0 : open.bytes());
    }

    void release() {
        if (pending != null) {
            pending.unit().frame().release();
            pending = null;
        }
        partUnits.forEach(held -> held.unit().frame().release());
        partUnits.clear();
        if (open != null) {
            open.release();
            open = null;
        }
        listed.forEach(Segment::release);
        listed.clear();
        retired.forEach(Segment::release);
        retired.clear();
        hold(-heldBytes);
    }
}
