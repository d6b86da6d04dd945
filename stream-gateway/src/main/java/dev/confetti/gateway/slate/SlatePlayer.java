package dev.confetti.gateway.slate;

import dev.confetti.gateway.codec.AacConfig;
import dev.confetti.gateway.codec.AudioConfig;
import dev.confetti.gateway.codec.VideoCodec;
import dev.confetti.gateway.codec.VideoConfig;
import dev.confetti.gateway.media.AccessUnit;
import dev.confetti.gateway.media.Frame;
import dev.confetti.gateway.media.TrackHeaders;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says when one stream shows a slate instead of its publisher, and plays it by the clock.
 *
 * <p>H.264 becomes the clip. A player's buffer cannot change to another codec, so with H.265 and
 * AV1 the last key frame stays, sent anew each second. Sound becomes silence in its own codec, also
 * where there are no pictures. Confined to the stream's event loop.
 */
public final class SlatePlayer {
    /** A publisher that is back before this was never away, as far as viewers can see. */
    private static final long AFTER_MS = 1_500;

    private static final long STILL_EVERY_MS = 1_000;

    /** Later than this, what is due is not made up for: the slate begins anew. */
    private static final long MAX_LATE_MS = 1_000;

    private static final long NEVER = Long.MAX_VALUE;

    /** Takes a frame over, with its reference. */
    @FunctionalInterface
    public interface Output {
        void frame(int timestampMs, Frame frame);
    }

    private final @Nullable Slate slate;
    private final List<SlateTrack> tracks = new ArrayList<>();
    private TrackHeaders headers = TrackHeaders.NONE;
    private long goneSinceMs = NEVER;
    private long beganMs;

    /**
     * @param slate null when none is to be shown
     */
    public SlatePlayer(@Nullable Slate slate) {
        this.slate = slate;
    }

    /** Whether it is on. */
    public boolean shown() {
        return !tracks.isEmpty();
    }

    /** Its tracks, while it is on. */
    public TrackHeaders headers() {
        return headers;
    }

    /** A publisher went, or another one has taken over and has not sent a picture yet. */
    public void publisherGone(long nowMs) {
        goneSinceMs = Math.min(goneSinceMs, nowMs);
    }

    /**
     * A publisher's frame that its stream can go on with.
     *
     * @return whether a slate was on until now
     */
    public boolean end() {
        boolean was = shown();
        tracks.forEach(SlateTrack::release);
        tracks.clear();
        goneSinceMs = NEVER;
        return was;
    }

    /**
     * Begins it when it is time.
     *
     * @param sent the tracks that viewers have; none, and nothing is begun
     * @param gop the stream's units from its last key frame on
     * @return whether its next frame is the first one of a new timeline
     */
    public boolean begins(long nowMs, TrackHeaders sent, List<AccessUnit> gop) {
        Slate clip = slate;
        if (clip == null || goneSinceMs == NEVER || nowMs - goneSinceMs < AFTER_MS) {
            return false;
        }
        if (shown() && nowMs - beganMs - next().nextMs() <= MAX_LATE_MS) {
            return false;
        }
        List<SlateTrack> older = List.copyOf(tracks);
        tracks.clear();
        begin(clip, sent, gop);
        older.forEach(SlateTrack::release);
        beganMs = nowMs;
        return shown();
    }

    private void begin(Slate clip, TrackHeaders sent, List<AccessUnit> gop) {
        headers = sent;
        VideoConfig video = sent.video();
        AudioConfig audio = sent.audio();
        boolean showsClip = video != null && video.codec() == VideoCodec.AVC;
        AudioConfig ownSound = showsClip && audio instanceof AacConfig ? clip.audio() : null;
        if (showsClip) {
            List<AccessUnit> units =
                    clip.units().stream().filter(unit -> ownSound != null || unit.video()).toList();
            tracks.add(SlateTrack.loop(units, clip.durationMs()));
            if (!clip.video().equals(video)) {
                headers = headers.withVideo(clip.video());
            }
        } else if (video != null) {
            if (gop.isEmpty() || !(gop.getFirst().frame() instanceof Frame.Video last)) {
                return; // it was too big to be kept
            }
            tracks.add(SlateTrack.still(last, STILL_EVERY_MS));
        }
        AudioConfig sound = ownSound;
        if (audio != null && sound == null) {
            Silence silence = Silence.of(audio);
            tracks.add(SlateTrack.silence(silence));
            sound = silence.config();
        }
        if (sound != null && !sound.equals(audio)) {
            headers = headers.withAudio(sound);
        }
    }

    /** Puts out what is due by now. */
    public void play(long nowMs, Output out) {
        while (shown() && next().nextMs() <= nowMs - beganMs) {
            SlateTrack track = next();
            out.frame((int) track.nextMs(), track.next());
        }
    }

    /** The track whose frame is due first; pictures before sound. */
    private SlateTrack next() {
        SlateTrack first = tracks.getFirst();
        for (SlateTrack track : tracks) {
            if (track.nextMs() < first.nextMs()) {
                first = track;
            }
        }
        return first;
    }
}
