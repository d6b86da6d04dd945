package dev.confetti.gift.earning;

import dev.confetti.events.Diamonds;
import dev.confetti.gift.earning.EarningsBook.Due;
import java.time.Instant;
import java.util.UUID;

/** What a creator's account can be told to do. */
public sealed interface CreatorCommand {

    String creatorId();

    /** The id of the event that the command leads to. */
    UUID eventId();

    /** When it happens. */
    Instant at();

    /** Releases earnings whose hold is over. */
    record ReleaseEarnings(UUID eventId, Instant at, Due due) implements CreatorCommand {
        @Override
        public String creatorId() {
            return due.creatorId();
        }
    }

    /**
     * Sets diamonds aside for a payout.
     *
     * @param diamonds whole ones
     * @param available what the book has as available
     * @param worthMicros what those are worth, in 0.000001 of the payout currency
     * @param payoutEventsSeen how many payout events of the creator the book had counted
     */
    record RequestPayout(
            UUID eventId,
            Instant at,
            String creatorId,
            Diamonds diamonds,
            Diamonds available,
            long worthMicros,
            long payoutEventsSeen)
            implements CreatorCommand {}

    /**
     * Lets a payout go on.
     *
     * @param by who says so
     */
    record ApprovePayout(UUID eventId, Instant at, String creatorId, UUID payoutId, String by)
            implements CreatorCommand {}

    /**
     * Stops a payout.
     *
     * @param by who says so
     */
    record RejectPayout(UUID eventId, Instant at, String creatorId, UUID payoutId, String by)
            implements CreatorCommand {}
}
