package dev.confetti.gift.finance;

import java.time.Instant;
import java.util.UUID;

/** What an adjustment can be told. */
sealed interface AdjustmentCommand {

    UUID adjustmentId();

    /** The id of the event that the command leads to. */
    UUID eventId();

    /** When it happens. */
    Instant at();

    /**
     * Asks for a correction.
     *
     * @param amountMicros in 0.000001 of {@code currency}, more than 0
     * @param by who asks
     */
    record RequestAdjustment(
            UUID adjustmentId,
            Instant at,
            String debitAccount,
            String creditAccount,
            long amountMicros,
            String currency,
            String by)
            implements AdjustmentCommand {
        /** An adjustment is named after its request. */
        @Override
        public UUID eventId() {
            return adjustmentId;
        }
    }

    /**
     * Has the correction booked.
     *
     * @param by who says so
     */
    record ApproveAdjustment(UUID adjustmentId, UUID eventId, Instant at, String by)
            implements AdjustmentCommand {}

    /**
     * Drops the correction.
     *
     * @param by who says so
     */
    record RejectAdjustment(UUID adjustmentId, UUID eventId, Instant at, String by)
            implements AdjustmentCommand {}
}
