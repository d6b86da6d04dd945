package dev.confetti.gift.log;

import java.time.Instant;

/**
 * Where the events of one append went; they are durable.
 *
 * @param firstPosition position of the first event, from 1; the others follow without gaps
 * @param count how many events
 * @param recordedAt when the log recorded them, to the microsecond
 */
public record Appended(long firstPosition, int count, Instant recordedAt) {

    /** Position of the last event. */
    public long lastPosition() {
        return firstPosition + count - 1;
    }
}
