package dev.confetti.gift.reconciliation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of the bank, and what became of it.
 *
 * @param bankMessageId the first message that told it
 * @param line its place there, from 1
 * @param kind rejected, debited or credited
 * @param payoutId null: of no payout of ours
 * @param amountMinor in minor units of {@code currency}; null where the bank names none
 * @param chargesMinor what the bank says that it took for itself
 * @param state matched, waiting, contradicted or unmatched
 * @param why it has no effect; null when it had
 * @param ageDays since it was received, in whole days, unless it is matched
 * @param number where it stands in the list
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReconciledLine(
        String reference,
        UUID bankMessageId,
        int line,
        String kind,
        @Nullable UUID payoutId,
        @Nullable Long amountMinor,
        @Nullable String currency,
        long chargesMinor,
        @Nullable LocalDate bookedOn,
        @Nullable String bankReason,
        String state,
        @Nullable String why,
        Instant receivedAt,
        @Nullable Long ageDays,
        @JsonIgnore long number) {}
