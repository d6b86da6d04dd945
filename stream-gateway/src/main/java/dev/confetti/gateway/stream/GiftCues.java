package dev.confetti.gateway.stream;

import dev.confetti.gateway.codec.VideoConfig;
import dev.confetti.gateway.cue.Cue;
import dev.confetti.gateway.cue.CueQueue;
import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.limits.Limits;
import dev.confetti.gateway.media.AccessUnit;
import dev.confetti.gateway.media.Frame;
import dev.confetti.gateway.metrics.GatewayMeters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream's gifts on their way into its pictures. Where no picture comes they go out in the forms
 * that need none, and the next picture carries them once more. Confined to the stream's event loop.
 */
final class GiftCues {
    private final Limits limits;
    private final GatewayMeters meters;
    private final Consumer<StampedCue> announce;
    private final CueQueue queue;

    /** Went out without a picture. */
    private final List<Cue> seiOwed = new ArrayList<>();

    private long mergedCounted;
    private long droppedCounted;

    /**
     * @param announce told of each cue once, when it has its media time
     */
    GiftCues(Limits limits, GatewayMeters meters, Consumer<StampedCue> announce) {
        this.limits = limits;
        this.meters = meters;
        this.announce = announce;
        this.queue = new CueQueue(limits.cuesQueued());
    }

    void offer(Cue cue) {
        queue.offer(cue);
    }

    int waiting() {
        return queue.size();
    }

    /** Takes the cues for a picture, as far as it has place for some. */
    List<StampedCue> into(AccessUnit unit, Frame.Video video) {
        boolean hasPlace = video.cueOffset() >= 0 || !video.codec().carriesSei();
        if (!hasPlace || (queue.isEmpty() && seiOwed.isEmpty())) {
            return List.of();
        }
        List<StampedCue> stamped = take(unit.ptsMs(), null);
        while (stamped.size() < limits.cuesPerPicture() && !seiOwed.isEmpty()) {
            stamped.add(StampedCue.at(seiOwed.removeFirst(), unit.ptsMs(), true));
        }
        return stamped;
    }

    /**
     * Takes the cues for a time at which no picture comes.
     *
     * @param video that comes later; null for none
     */
    List<StampedCue> without(long dtsMs, @Nullable VideoConfig video) {
        return queue.isEmpty() ? List.of() : take(dtsMs, video);
    }

    private List<StampedCue> take(long ptsMs, @Nullable VideoConfig later) {
        List<StampedCue> stamped = new ArrayList<>();
        for (Cue cue : queue.take(limits.cuesPerPicture())) {
            stamped.add(StampedCue.at(cue, ptsMs, false));
            if (later != null
                    && later.codec().carriesSei()
                    && seiOwed.size() < limits.cuesQueued()) {
                seiOwed.add(cue);
            }
        }
        meters.cues.add(stamped.size());
        stamped.forEach(announce);
        return stamped;
    }

    /** Brings the meters up to date. */
    void count() {
        meters.cuesMerged.add(queue.merged() - mergedCounted);
        mergedCounted = queue.merged();
        meters.cuesDropped.add(queue.dropped() - droppedCounted);
        droppedCounted = queue.dropped();
    }
}
