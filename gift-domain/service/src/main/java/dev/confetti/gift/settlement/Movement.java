package dev.confetti.gift.settlement;

import java.util.UUID;

/**
 * Money at a provider, as it was booked.
 *
 * @param movementId the event that booked it
 * @param grossMinor in minor units of {@code currency}; above 0: for us
 * @param feeMinor the commission that was booked; below 0: what came back of it
 * @param isSettled whether a settlement has it that is recorded, or this one
 */
record Movement(
        UUID movementId,
        LineKind kind,
        String reference,
        String currency,
        long grossMinor,
        long feeMinor,
        boolean isSettled) {

    /** What the provider owes for it. */
    long receivableMinor() {
        return Math.subtractExact(grossMinor, feeMinor);
    }
}
