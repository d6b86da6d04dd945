package dev.confetti.gift.reconciliation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Money at a payment provider: as it was booked; or, of the state {@code odd}, as a line of a
 * report says.
 *
 * @param state owed, settled or odd
 * @param kind purchase, refund, chargeback or chargeback-won; of a line also fee, other and such
 * @param reference the provider's name of it
 * @param purchaseId null: a line that names no purchase of ours
 * @param grossMinor above 0: for us; in minor units of {@code currency}
 * @param feeMinor what the provider keeps of it; below 0: what it gives back
 * @param recordedAt when it was booked, or the report handed in
 * @param settlementId the settlement that has it; null while it is owed
 * @param finding how the report's line compares with what was booked; null while it is owed
 * @param ageDays since it was recorded, in whole days, while it is owed or odd
 * @param number where it stands in the list
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReconciledMovement(
        String state,
        String provider,
        String kind,
        String reference,
        @Nullable UUID purchaseId,
        String currency,
        long grossMinor,
        long feeMinor,
        Instant recordedAt,
        @Nullable UUID settlementId,
        @Nullable String finding,
        @Nullable Long ageDays,
        @JsonIgnore long number) {}
