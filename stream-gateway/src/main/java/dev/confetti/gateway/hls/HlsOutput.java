package dev.confetti.gateway.hls;

import dev.confetti.gateway.codec.AacConfig;
import dev.confetti.gateway.codec.AvcConfig;
import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.media.AccessUnit;
import dev.confetti.gateway.media.Frame;
import dev.confetti.gateway.media.TrackHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream as HLS, from the first request for it until a minute has passed without one.
 *
 * <p>Fed with the same units and cues as the other formats. Before the first playlist all units are
 * held back ({@link Opening}); then each track goes its way ({@link Rendition}), sound ending its
 * segments where the pictures do. Requests are answered now, or wait for what they name.
 *
 * <p>Confined to the stream's event loop; what it gives out is immutable.
 */
public final class HlsOutput {
    /** A longer hole in the timeline is a discontinuity, a shorter one a long last picture. */
    private static final long GAP_MS = 2_000;

    /** Every name of a segment, part or header is for one content. */
    private static final String CACHE_FOR_EVER = "public, max-age=3600, immutable";

    /** Ends of segments that wait for sound, where none comes. */
    private static final int MAX_CUTS = 1_000;

    private static final String CACHE_NOT = "no-cache";
    private static final String PLAYLIST_TYPE = "application/vnd.apple.mpegurl";

    private static final Deque<Segment> NO_SEGMENTS = new ArrayDeque<>(1);

    private record Waiting(HlsRequest request, long deadlineMs, Consumer<HlsReply> reply) {}

    private record Text(HlsTrack track, boolean skip) {}

    private final String liveId;
    private final HlsLimits limits;
    private final HlsMemory memory;
    private final ByteBufAllocator alloc;
    private final LongSupplier clockMs;
    private final LongSupplier epochMs;
    private final Opening opening;
    private final Audience audience = new Audience();
    private final List<StampedCue> looseCues = new ArrayList<>();
    private final Deque<Long> audioCutsMs = new ArrayDeque<>();
    private final Map<Text, byte[]> texts = new HashMap<>();
    private List<Waiting> waiting = new ArrayList<>();
    private @Nullable HlsTargets targets;
    private @Nullable Rendition video;
    private @Nullable Rendition audio;
    private @Nullable AvcConfig videoConfig;
    private @Nullable AacConfig audioConfig;
    private long firstMsn;
    private long epochMsAtZero;
    private int discontinuity;
    private int eventId;
    private boolean waitsForKey = true;
    private boolean ended;
    private long lastRequestMs;
    private long answeredVersion = -1;

    /**
     * @param memory shared by all streams
     * @param longestGopMs of the stream so far, at least; 0 when not known
     * @param clockMs a clock that never goes back
     * @param epochMs the wall clock
     */
    public HlsOutput(
            String liveId,
            HlsLimits limits,
            HlsMemory memory,
            ByteBufAllocator alloc,
            long longestGopMs,
            LongSupplier clockMs,
            LongSupplier epochMs) {
        this.liveId = liveId;
        this.limits = limits;
        this.memory = memory;
        this.alloc = alloc;
        this.clockMs = clockMs;
        this.epochMs = epochMs;
        this.opening = new Opening(longestGopMs, limits.heldBytes());
        this.lastRequestMs = clockMs.getAsLong();
    }

    // ---- what comes in

    /** The tracks from now on; other parameters than before are a discontinuity. */
    public void headers(TrackHeaders headers) {
        AvcConfig newVideo = headers.video();
        AacConfig newAudio = headers.audio();
        boolean changed =
                !Objects.equals(newVideo, videoConfig) || !Objects.equals(newAudio, audioConfig);
        if (!changed) {
            return;
        }
        breakHere();
        boolean otherVideo = newVideo != null && !newVideo.equals(videoConfig);
        boolean otherAudio = newAudio != null && !newAudio.equals(audioConfig);
        videoConfig = newVideo;
        audioConfig = newAudio;
        if (otherVideo && video != null) {
            video.header(videoHeader());
        }
        if (otherAudio && audio != null) {
            audio.header(audioHeader());
        }
    }

    private LongFunction<CmafHeader> videoHeader() {
        AvcConfig config = Objects.requireNonNull(videoConfig);
        return number -> CmafHeader.of(number, config);
    }

    private LongFunction<CmafHeader> audioHeader() {
        AacConfig config = Objects.requireNonNull(audioConfig);
        return number -> CmafHeader.of(number, config);
    }

    /**
     * Appends a unit; the caller keeps its reference.
     *
     * @param cues of this picture
     * @param newHeaders null when they have not changed
     */
    public void append(AccessUnit unit, List<StampedCue> cues, @Nullable TrackHeaders newHeaders) {
        if (newHeaders != null) {
            headers(newHeaders);
        }
        if (ended || !carried(unit.frame())) {
            return;
        }
        if (targets == null) {
            retain(unit.frame());
            opening.add(unit, cues);
            if (opening.ready(videoConfig != null)) {
                start();
            }
        } else {
            push(unit, cues);
            changed();
        }
    }

    private boolean carried(Frame frame) {
        return switch (frame) {
            case Frame.Video picture -> {
                waitsForKey = waitsForKey && !picture.key();
                yield videoConfig != null && !waitsForKey;
            }
            case Frame.Audio packet -> audioConfig != null && packet.aac();
            case Frame.Data _ -> false;
        };
    }

    private static void retain(Frame frame) {
        switch (frame) {
            case Frame.Video picture -> picture.payload().retain();
            case Frame.Audio packet -> packet.payload().retain();
            case Frame.Data _ -> {}
        }
    }

    private void start() {
        if (opening.isEmpty() || targets != null) {
            return;
        }
        targets = opening.targets();
        // Numbers that no earlier output of this live had, since clients and caches remember them.
        firstMsn = epochMs.getAsLong() / 1000;
        epochMsAtZero = epochMs.getAsLong() - opening.lastMs();
        for (Opening.Held held : opening.units()) {
            push(held.unit(), held.cues());
        }
        opening.release();
        looseCues(List.copyOf(looseCues));
        looseCues.clear();
        changed();
    }

    private void push(AccessUnit unit, List<StampedCue> cues) {
        if (unit.video()) {
            Rendition pictures = video;
            if (pictures == null) {
                pictures = rendition(HlsTrack.VIDEO, videoHeader());
                video = pictures;
            }
            if (pictures.gapTo(unit.dtsMs()) >= GAP_MS) {
                breakHere();
            }
            boolean key = unit.frame() instanceof Frame.Video picture && picture.key();
            if (pictures.push(unit, cues, key)) {
                audioCutsMs.add(unit.ptsMs());
            }
        } else {
            Rendition sound = audio;
            if (sound == null) {
                sound = rendition(HlsTrack.AUDIO, audioHeader());
                audio = sound;
            }
            if (sound.gapTo(unit.dtsMs()) >= GAP_MS) {
                if (videoConfig == null) {
                    breakHere();
                } else {
                    sound.close(discontinuity); // the pictures go on
                }
            }
            sound.push(unit, cues, soundEnds(sound, unit.dtsMs()));
        }
    }

    private Rendition rendition(HlsTrack track, LongFunction<CmafHeader> header) {
        Rendition made =
                new Rendition(
                        track,
                        Objects.requireNonNull(targets),
                        limits,
                        memory,
                        alloc,
                        () -> ++eventId,
                        firstMsn,
                        header);
        made.close(discontinuity);
        return made;
    }

    /** Sound ends its segments with the pictures, or by its own length when there are none. */
    private boolean soundEnds(Rendition sound, long dtsMs) {
        if (videoConfig == null) {
            return sound.segmentMs() + sound.gapTo(dtsMs) >= HlsTargets.SEGMENT_MS;
        }
        boolean ends = false;
        while (!audioCutsMs.isEmpty() && audioCutsMs.getFirst() <= dtsMs) {
            audioCutsMs.removeFirst();
            ends = true;
        }
        if (audioCutsMs.size() > MAX_CUTS) {
            audioCutsMs.removeFirst(); // no sound comes
        }
        return ends;
    }

    /** Cues that no picture carries: the sound does, or the pictures when they come again. */
    public void appendCues(List<StampedCue> cues) {
        if (!ended) {
            looseCues(cues);
        }
    }

    private void looseCues(List<StampedCue> cues) {
        Rendition carrier = audioConfig != null && audio != null ? audio : video;
        if (carrier != null) {
            carrier.cues(cues);
            return;
        }
        looseCues.addAll(cues);
        while (looseCues.size() > limits.looseCues()) {
            looseCues.removeFirst();
        }
    }

    /** No more units of this publisher come; the next one's are a discontinuity. */
    public void publisherGone() {
        breakHere();
        waitsForKey = true;
        changed();
    }

    private void breakHere() {
        start();
        boolean open = (video != null && video.hasOpen()) || (audio != null && audio.hasOpen());
        if (!open) {
            return;
        }
        discontinuity++;
        audioCutsMs.clear();
        if (video != null) {
            video.close(discontinuity);
        }
        if (audio != null) {
            audio.close(discontinuity);
        }
    }

    /** The live is over: playlists say so, and what waits is answered. */
    public void end() {
        if (ended) {
            return;
        }
        breakHere();
        ended = true;
        changed();
        List<Waiting> rest = waiting;
        waiting = new ArrayList<>();
        rest.forEach(one -> one.reply().accept(notFound("it will not come: the live has ended")));
    }

    // ---- what goes out

    /**
     * Answers a request now, or when what it waits for is there.
     *
     * @param reply called once, on the stream's loop
     */
    public void answer(HlsRequest request, Consumer<HlsReply> reply) {
        long now = clockMs.getAsLong();
        lastRequestMs = now;
        if (isMainPlaylist(request)
                && request instanceof HlsRequest.Playlist asked
                && asked.msn() < 0) {
            audience.asked();
        }
        HlsReply ready = evaluate(request);
        if (ready != null) {
            reply.accept(ready);
        } else if (waiting.size() >= limits.waiting()) {
            reply.accept(
                    new HlsReply.Refused(
                            HlsReply.Why.UNAVAILABLE,
                            limits.waiting() + " requests wait already: ask again later"));
        } else {
            waiting.add(new Waiting(request, now + maxWaitMs(), reply));
        }
    }

    private long maxWaitMs() {
        HlsTargets promised = targets;
        return promised == null ? limits.openingMs() : promised.maxBlockMs();
    }

    /** Each player follows one playlist of its stream, or that one among others. */
    private boolean isMainPlaylist(HlsRequest request) {
        HlsTrack main = video != null || audio == null ? HlsTrack.VIDEO : HlsTrack.AUDIO;
        return request instanceof HlsRequest.Playlist asked && asked.track() == main;
    }

    /** How many watch, about. */
    public int viewers() {
        return ended ? 0 : audience.viewers();
    }

    /** Requests that wait now. */
    public int waiting() {
        return waiting.size();
    }

    /** Lets go of requests that have waited for too long. */
    public void tick() {
        long now = clockMs.getAsLong();
        audience.tick(now, targets == null ? HlsTargets.SEGMENT_MS : targets.holdBackMs() / 3);
        if (waiting.stream().noneMatch(one -> one.deadlineMs() <= now)) {
            return;
        }
        List<Waiting> before = waiting;
        waiting = new ArrayList<>();
        for (Waiting one : before) {
            if (one.deadlineMs() > now) {
                waiting.add(one);
            } else {
                one.reply()
                        .accept(
                                new HlsReply.Refused(
                                        HlsReply.Why.UNAVAILABLE,
                                        "nothing new of live \""
                                                + liveId
                                                + "\" came in time: ask again later"));
            }
        }
    }

    /** Whether nobody has asked for anything for so long that the output should end. */
    public boolean unused() {
        return waiting.isEmpty() && clockMs.getAsLong() - lastRequestMs > limits.idleMs();
    }

    /** Whoever waits for what is new is answered; most units add nothing that can be fetched. */
    private void changed() {
        long now = (video == null ? 0 : video.version()) + (audio == null ? 0 : audio.version());
        if (now == answeredVersion && !ended) {
            return;
        }
        answeredVersion = now;
        texts.clear();
        if (waiting.isEmpty()) {
            return;
        }
        audience.waiting(
                (int) waiting.stream().filter(one -> isMainPlaylist(one.request())).count());
        List<Waiting> before = waiting;
        waiting = new ArrayList<>();
        for (Waiting one : before) {
            HlsReply ready = evaluate(one.request());
            if (ready == null) {
                waiting.add(one);
            } else {
                one.reply().accept(ready);
            }
        }
    }

    /** The reply as of now; null when the request has to wait. */
    private @Nullable HlsReply evaluate(HlsRequest request) {
        if (request instanceof HlsRequest.Malformed(String detail)) {
            return new HlsReply.Refused(HlsReply.Why.BAD_REQUEST, detail);
        }
        HlsTargets promised = targets;
        if (promised == null) {
            return ended ? notFound("the live ended before it had a segment") : null;
        }
        return switch (request) {
            case HlsRequest.Multivariant _ -> multivariant();
            case HlsRequest.Playlist asked -> {
                Rendition rendition = rendition(asked.track());
                yield rendition == null
                        ? notFound("live has no " + asked.track().label())
                        : playlist(asked, rendition, promised);
            }
            case HlsRequest.Init(HlsTrack track, long number) -> init(rendition(track), number);
            case HlsRequest.Segment(HlsTrack track, long msn) -> segment(rendition(track), msn);
            case HlsRequest.Part asked -> part(asked, rendition(asked.track()));
            case HlsRequest.Malformed(String detail) ->
                    new HlsReply.Refused(HlsReply.Why.BAD_REQUEST, detail);
        };
    }

    private @Nullable Rendition rendition(HlsTrack track) {
        return switch (track) {
            case VIDEO -> video;
            case AUDIO -> audio;
        };
    }

    private @Nullable HlsReply multivariant() {
        Deque<Segment> pictures = video == null ? NO_SEGMENTS : video.listed();
        Deque<Segment> sound = audio == null ? NO_SEGMENTS : audio.listed();
        boolean both = video != null && audio != null;
        boolean some = !pictures.isEmpty() || !sound.isEmpty();
        // A track that has begun is waited for, but not for ever.
        boolean oneMissing = both && (pictures.isEmpty() || sound.isEmpty());
        if (!some || (oneMissing && !ended && pictures.size() + sound.size() < 2)) {
            return null;
        }
        return found(
                PLAYLIST_TYPE,
                CACHE_NOT,
                Unpooled.wrappedBuffer(
                        MultivariantPlaylist.write(pictures, sound)
                                .getBytes(StandardCharsets.UTF_8)));
    }

    private @Nullable HlsReply playlist(
            HlsRequest.Playlist asked, Rendition rendition, HlsTargets promised) {
        long msn = asked.msn();
        int part = asked.part();
        if (!ended) {
            if (rendition.isEmpty()) {
                return null; // a playlist without a segment is taken for a broken one
            }
            long openMsn = rendition.openMsn();
            if (msn > openMsn + 1
                    || (msn == openMsn
                            && part >= rendition.openParts() + promised.advancePartLimit())) {
                return new HlsReply.Refused(
                        HlsReply.Why.BAD_REQUEST,
                        "_HLS_msn="
                                + msn
                                + (part < 0 ? "" : " with _HLS_part=" + part)
                                + ": expected at most segment "
                                + (openMsn + 1)
                                + ", and parts of segment "
                                + openMsn
                                + " below "
                                + (rendition.openParts() + promised.advancePartLimit()));
            }
            if (!reached(rendition, msn, part)) {
                return null;
            }
        }
        byte[] text =
                texts.computeIfAbsent(
                        new Text(asked.track(), asked.skip()),
                        key ->
                                MediaPlaylist.write(
                                                rendition,
                                                asked.track() == HlsTrack.VIDEO ? audio : video,
                                                promised,
                                                epochMsAtZero,
                                                key.skip(),
                                                ended)
                                        .getBytes(StandardCharsets.UTF_8));
        // An answer to a directive says what that directive asked for, whenever it is looked at.
        String cache =
                msn < 0 || ended
                        ? "public, max-age=1"
                        : "public, max-age=" + promised.skipUntilMs() / 1000;
        return found(PLAYLIST_TYPE, cache, Unpooled.wrappedBuffer(text));
    }

    /** A part beyond a segment's last one is the first of the next segment: 6.2.5.2. */
    private static boolean reached(Rendition rendition, long msn, int part) {
        if (msn < rendition.openMsn()) {
            Segment segment = rendition.segment(msn);
            boolean beyond =
                    segment != null
                            && part >= segment.parts().size()
                            && msn == rendition.openMsn() - 1;
            return !beyond || rendition.openParts() > 0;
        }
        return msn == rendition.openMsn() && part >= 0 && part < rendition.openParts();
    }

    private static HlsReply init(@Nullable Rendition rendition, long number) {
        CmafHeader header = rendition == null ? null : rendition.cmafHeader(number);
        return rendition == null || header == null
                ? notFound("no segment needs header " + number + " any more, or yet")
                : found(
                        rendition.track().contentType(),
                        CACHE_FOR_EVER,
                        Unpooled.wrappedBuffer(header.bytes()));
    }

    private static HlsReply segment(@Nullable Rendition rendition, long msn) {
        Segment segment = rendition == null ? null : rendition.segment(msn);
        return rendition == null || segment == null
                ? notFound("segment " + msn + " is gone, or not complete yet")
                : found(rendition.track().contentType(), CACHE_FOR_EVER, segment.body());
    }

    private @Nullable HlsReply part(HlsRequest.Part asked, @Nullable Rendition rendition) {
        String what = "part " + asked.part() + " of segment " + asked.msn();
        if (rendition == null) {
            return notFound(what + ": live has no " + asked.track().label());
        }
        Segment segment = rendition.withParts(asked.msn());
        if (segment != null && asked.part() < segment.parts().size()) {
            return found(
                    rendition.track().contentType(),
                    CACHE_FOR_EVER,
                    segment.parts().get(asked.part()).bytes().retainedDuplicate());
        }
        boolean announced =
                asked.msn() == rendition.openMsn() && asked.part() == rendition.openParts();
        return announced && !ended
                ? null
                : notFound(what + " is gone, or further off than the next one");
    }

    private static HlsReply found(String contentType, String cacheControl, ByteBuf body) {
        return new HlsReply.Found(contentType, cacheControl, body);
    }

    private static HlsReply notFound(String detail) {
        return new HlsReply.Refused(HlsReply.Why.NOT_FOUND, detail);
    }

    /** Gives all memory back; what still waits is answered. */
    public void release() {
        end();
        opening.release();
        for (Rendition rendition : Arrays.asList(video, audio)) {
            if (rendition != null) {
                rendition.release();
            }
        }
        video = null;
        audio = null;
    }
}
