package dev.confetti.gateway.stream;

import dev.confetti.gateway.media.AccessUnit;
import dev.confetti.gateway.media.TrackHeaders;
import java.util.ArrayList;
import java.util.List;

/**
 * The units since the last key frame, without cues: what a viewer of a new format starts with. Owns
 * one reference to each.
 */
final class GopCache {
    private final int maxBytes;
    private final List<AccessUnit> units = new ArrayList<>();
    private TrackHeaders headers = TrackHeaders.NONE;
    private long bytes;
    private boolean open;

    GopCache(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Begins anew: the next unit is one that decoding can start at. */
    void begin(TrackHeaders headersOfGop) {
        clear();
        headers = headersOfGop;
        open = true;
    }

    /** Adds a unit with a reference of its own; nothing happens while the cache is not open. */
    void add(AccessUnit unit) {
        if (!open) {
            unit.frame().release();
            return;
        }
        units.add(unit);
        bytes += unit.frame().sizeBytes();
        if (bytes > maxBytes) {
            clear();
        }
    }

    /** Keeps what there is, the last picture of a publisher that went, but adds no more to it. */
    void freeze() {
        open = false;
    }

    void clear() {
        units.forEach(unit -> unit.frame().release());
        units.clear();
        bytes = 0;
        open = false;
        headers = TrackHeaders.NONE;
    }

    boolean open() {
        return open;
    }

    boolean isEmpty() {
        return units.isEmpty();
    }

    List<AccessUnit> units() {
        return units;
    }

    /** As they were at the first unit; they do not change within one GOP. */
    TrackHeaders headers() {
        return headers;
    }
}
