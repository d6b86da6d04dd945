package dev.confetti.gateway.hls;

import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.media.AccessUnit;
import dev.confetti.gateway.media.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * What comes before the first playlist: held until a first segment is whole, since what a playlist
 * promises (target duration, part target) follows from the GOPs and the frame rate, and may not
 * change afterwards. Owns one reference to each unit.
 */
final class Opening {
    /** Sound may lag behind its pictures by this: longer is not waited for. */
    private static final long AUDIO_LAG_MS = 1_000;

    private static final long NONE = -1;

    record Held(AccessUnit unit, List<StampedCue> cues) {}

    private final List<Held> units = new ArrayList<>();
    private final long longestGopMs;
    private final long maxBytes;
    private long firstKeyMs = NONE;
    private long lastKeyMs = NONE;
    private long gopMs;
    private long endKeyMs = NONE;
    private long soundEndMs = NONE;
    private long firstAudioMs = NONE;
    private long lastAudioMs = NONE;
    private long lastVideoMs = NONE;
    private long bytes;

    /**
     * @param longestGopMs of the stream so far; 0 when not known
     */
    Opening(long longestGopMs, long maxBytes) {
        this.longestGopMs = longestGopMs;
        this.maxBytes = maxBytes;
    }

    /** Takes a unit over; pictures before the first key frame are given up. */
    void add(AccessUnit unit, List<StampedCue> cues) {
        if (unit.frame() instanceof Frame.Video video) {
            if (firstKeyMs == NONE && !video.key()) {
                unit.frame().release();
                return;
            }
            if (video.key()) {
                key(unit);
            }
            lastVideoMs = unit.dtsMs();
        } else {
            firstAudioMs = firstAudioMs == NONE ? unit.dtsMs() : firstAudioMs;
            lastAudioMs = unit.dtsMs();
        }
        units.add(new Held(unit, cues));
        bytes += unit.frame().sizeBytes();
    }

    private void key(AccessUnit unit) {
        long dtsMs = unit.dtsMs();
        if (firstKeyMs == NONE) {
            firstKeyMs = dtsMs;
        } else {
            gopMs = Math.max(gopMs, dtsMs - lastKeyMs);
            long ms = dtsMs - firstKeyMs;
            int longest = HlsTargets.of(Math.max(gopMs, longestGopMs), 0).maxSegmentMs();
            boolean whole =
                    ms >= HlsTargets.SEGMENT_MS - HlsTargets.SEGMENT_TOLERANCE_MS
                            || ms + gopMs > longest;
            if (endKeyMs == NONE && whole) {
                endKeyMs = dtsMs;
                soundEndMs = unit.ptsMs();
            }
        }
        lastKeyMs = dtsMs;
    }

    /**
     * Whether the first segment of each track is whole, or there is no use in waiting longer.
     *
     * @param video whether the stream says that it has pictures
     */
    boolean ready(boolean video) {
        if (bytes > maxBytes || spanMs() >= 1000L * HlsTargets.MAX_SEGMENT_SECONDS) {
            return true;
        }
        if (!video) {
            return firstAudioMs != NONE && lastAudioMs - firstAudioMs >= HlsTargets.SEGMENT_MS;
        }
        return endKeyMs != NONE
                && (lastAudioMs == NONE
                        || lastAudioMs >= soundEndMs
                        || lastVideoMs - endKeyMs > AUDIO_LAG_MS);
    }

    private long spanMs() {
        return units.isEmpty()
                ? 0
                : Math.max(lastVideoMs, lastAudioMs) - units.getFirst().unit().dtsMs();
    }

    /** What the playlists are to promise. */
    HlsTargets targets() {
        boolean video = lastVideoMs != NONE;
        List<Long> times =
                units.stream()
                        .map(Held::unit)
                        .filter(unit -> unit.video() == video)
                        .map(AccessUnit::dtsMs)
                        .toList();
        long segmentMs =
                !video || firstKeyMs == NONE
                        ? HlsTargets.SEGMENT_MS
                        : Math.max(
                                Math.max(gopMs, longestGopMs),
                                (endKeyMs == NONE ? lastVideoMs : endKeyMs) - firstKeyMs);
        return HlsTargets.of(segmentMs, HlsTargets.usualInterval(times));
    }

    boolean isEmpty() {
        return units.isEmpty();
    }

    long lastMs() {
        return Math.max(lastVideoMs, lastAudioMs);
    }

    List<Held> units() {
        return units;
    }

    void release() {
        units.forEach(held -> held.unit().frame().release());
        units.clear();
    }
}
