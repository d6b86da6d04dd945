package dev.confetti.gateway.stream;

import java.util.EnumMap;
import java.util.Map;

/**
 * The media time of one stream: its publishers' timestamps, unwrapped to 64 bit and continuous.
 *
 * <p>The first publisher's timestamps are taken as they are. A later one goes on where the stream
 * stood, plus the time that passed on the clock; so does a publisher whose timestamps jump, that
 * is, run ahead of the clock or back by more than tracks are apart. Within a track, time never
 * decreases.
 */
final class Timeline {
    enum Track {
        VIDEO,
        AUDIO,
        DATA
    }

    /** Encoders send what a network held up in one burst; beyond this it is a jump. */
    private static final long MAX_AHEAD_MS = 10_000;

    /** Tracks of one publisher are interleaved within this. */
    private static final long MAX_APART_MS = 10_000;

    /** Encoders round: a track that goes back by less is held, by more has jumped. */
    private static final long MAX_BACK_MS = 250;

    private static final long NEVER = Long.MIN_VALUE;

    private final Map<Track, Long> lastOfTrackMs = new EnumMap<>(Track.class);
    private long offsetMs;
    private long lastPublisherMs;
    private long lastMs;
    private long floorMs = NEVER;
    private long lastClockMs;
    private boolean begun;
    private boolean newPublisher = true;

    /** The next timestamp comes from another publisher. */
    void newPublisher() {
        newPublisher = true;
    }

    /**
     * Where the publisher before stood. What a later one's track has from before its first frame is
     * held there, since tracks of one publisher may be apart.
     */
    long floorMs() {
        return floorMs;
    }

    /** The latest media time so far, over all tracks; 0 before the first. */
    long lastMs() {
        return lastMs;
    }

    /**
     * The media time of a publisher's timestamp.
     *
     * @param timestampMs 32 bit, unsigned, wrapping
     * @param clockMs a clock that never goes back
     */
    long map(int timestampMs, Track track, long clockMs) {
        long elapsedMs = begun ? Math.max(0, clockMs - lastClockMs) : 0;
        long publisherMs;
        if (newPublisher) {
            publisherMs = Integer.toUnsignedLong(timestampMs);
            if (begun) {
                floorMs = lastMs;
                lastOfTrackMs.clear();
                goOn(publisherMs, elapsedMs);
            }
            newPublisher = false;
            begun = true;
        } else {
            int delta = timestampMs - (int) lastPublisherMs;
            publisherMs = lastPublisherMs + delta;
            if (delta > elapsedMs + MAX_AHEAD_MS || delta < -MAX_APART_MS) {
                goOn(publisherMs, elapsedMs);
            }
        }
        long trackMs = lastOfTrackMs.getOrDefault(track, NEVER);
        if (trackMs != NEVER && publisherMs + offsetMs < trackMs - MAX_BACK_MS) {
            goOn(publisherMs, elapsedMs);
        }
        long mediaMs = Math.max(publisherMs + offsetMs, Math.max(trackMs, floorMs));
        lastOfTrackMs.put(track, mediaMs);
        lastPublisherMs = publisherMs;
        lastClockMs = clockMs;
        lastMs = Math.max(lastMs, mediaMs);
        return mediaMs;
    }

    private void goOn(long publisherMs, long elapsedMs) {
        offsetMs = lastMs + Math.max(1, elapsedMs) - publisherMs;
    }
}
