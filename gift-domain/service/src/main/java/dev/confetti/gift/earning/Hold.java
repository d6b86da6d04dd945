package dev.confetti.gift.earning;

import java.time.Duration;
import java.time.Instant;

/**
 * How long earnings are held, and in which slots of time they are released together: a creator with
 * ten thousand gifts a second has one release for each slot, not one for each gift.
 *
 * @param duration 0 or more
 */
public record Hold(Duration duration) {
    private static final long SLOTS = 100;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** A hundredth of the hold, one second to one hour. */
    Duration slot() {
        Duration slot = duration.dividedBy(SLOTS);
        if (slot.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return slot.compareTo(LONGEST) > 0 ? LONGEST : slot;
    }

    /** The end of the slot that an instant lies in, which is after it. */
    public Instant slotEnd(Instant recordedAt) {
        long slotMs = slot().toMillis();
        return Instant.ofEpochMilli(
                (Math.floorDiv(recordedAt.toEpochMilli(), slotMs) + 1) * slotMs);
    }

    /** When what was recorded in a slot is released. */
    Instant releasedAt(Instant slotEnd) {
        return slotEnd.plus(duration);
    }

    /** The last end of a slot whose hold is over. */
    Instant due(Instant now) {
        return now.minus(duration);
    }
}
