package dev.confetti.gateway.hls;

import dev.confetti.gateway.codec.AudioConfig;
import dev.confetti.gateway.codec.VideoConfig;
import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.media.AccessUnit;
import dev.confetti.gateway.media.Frame;
import dev.confetti.gateway.media.TrackHeaders;
import io.netty.buffer.ByteBufAllocator;
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
    private static final long UNKNOWN_MS = Long.MAX_VALUE;

    /** A longer hole in the timeline is a discontinuity, a shorter one a long last picture. */
    private static final long GAP_MS = 2_000;

    /** Ends of segments that wait for sound, where none comes. */
    private static final int MAX_CUTS = 1_000;

    private record Waiting(HlsRequest request, long deadlineMs, Consumer<HlsReply> reply) {}

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
    private final Map<HlsFiles.Text, PlaylistText> texts = new HashMap<>();
    private List<Waiting> waiting = new ArrayList<>();
    private @Nullable HlsTargets targets;
    private @Nullable Rendition video;
    private @Nullable Rendition audio;
    private @Nullable VideoConfig videoConfig;
    private @Nullable AudioConfig audioConfig;
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
        headers(headers, UNKNOWN_MS);
    }

    private void headers(TrackHeaders headers, long nextMs) {
        VideoConfig newVideo = headers.video();
        AudioConfig newAudio = headers.audio();
        boolean changed =
                !Objects.equals(newVideo, videoConfig) || !Objects.equals(newAudio, audioConfig);
        if (!changed) {
            return;
        }
        breakHere(nextMs);
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
        VideoConfig config = Objects.requireNonNull(videoConfig);
        return number -> CmafHeader.of(number, config);
    }

    private LongFunction<CmafHeader> audioHeader() {
        AudioConfig config = Objects.requireNonNull(audioConfig);
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
            headers(newHeaders, unit.dtsMs());
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
            case Frame.Audio packet -> audioConfig != null && audioConfig.codec() == packet.codec();
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
                breakHere(UNKNOWN_MS);
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
                    breakHere(UNKNOWN_MS);
                } else {
                    sound.close(discontinuity, UNKNOWN_MS); // the pictures go on
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
        made.close(discontinuity, UNKNOWN_MS);
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
        breakHere(UNKNOWN_MS);
        waitsForKey = true;
        changed();
    }

    /**
     * @param nextMs when the next unit is decoded, where that is known
     */
    private void breakHere(long nextMs) {
        start();
        boolean open = (video != null && video.hasOpen()) || (audio != null && audio.hasOpen());
        if (!open) {
            return;
        }
        discontinuity++;
        audioCutsMs.clear();
        if (video != null) {
            video.close(discontinuity, nextMs);
        }
        if (audio != null) {
            audio.close(discontinuity, nextMs);
        }
    }

    /** The live is over: playlists say so, and what waits is answered. */
    public void end() {
        if (ended) {
            return;
        }
        breakHere(UNKNOWN_MS);
        ended = true;
        changed();
        List<Waiting> rest = waiting;
        waiting = new ArrayList<>();
        rest.forEach(
                one ->
                        one.reply()
                                .accept(HlsFiles.notFound("it will not come: the live has ended")));
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
        HlsTargets promised = targets;
        if (promised != null || request instanceof HlsRequest.Malformed) {
            return new HlsFiles(video, audio, promised, epochMsAtZero, ended, texts).reply(request);
        }
        return ended ? HlsFiles.notFound("the live ended before it had a segment") : null;
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
