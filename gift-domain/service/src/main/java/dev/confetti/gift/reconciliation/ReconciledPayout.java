package dev.confetti.gift.reconciliation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payout that was sent to the bank, and what the bank says of it.
 *
 * @param state in-transit, settled, failed or returned
 * @param netMinor what the bank was told to transfer, in minor units of {@code currency}
 * @param endedAt when it was settled, failed or was returned; null while it is in transit
 * @param ageDays since it was sent, in whole days, while it is in transit
 * @param lines what the bank told, in the order in which it came
 * @param number where it stands in the list
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReconciledPayout(
        UUID payoutId,
        String creatorId,
        String state,
        String currency,
        long netMinor,
        UUID batchId,
        Instant sentAt,
        @Nullable Instant endedAt,
        @Nullable Long ageDays,
        List<ReconciledLine> lines,
        @JsonIgnore long number) {
    public ReconciledPayout {
        lines = List.copyOf(lines);
    }

    ReconciledPayout beside(List<ReconciledLine> told) {
        return new ReconciledPayout(
                payoutId, creatorId, state, currency, netMinor, batchId, sentAt, endedAt, ageDays,
                told, number);
    }
}
