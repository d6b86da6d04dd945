package dev.confetti.gift.payout;

import dev.confetti.gift.purchase.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Payouts that go to the bank in one file.
 *
 * @param status {@code sending} while its payouts are being marked as sent, then {@code sent}: the
 *     file can be had
 * @param payouts how many
 * @param amounts what goes to creators, one for each currency
 * @param file where the file can be had
 * @param position in the log
 */
public record PayoutBatch(
        UUID batchId,
        String status,
        int payouts,
        List<Money> amounts,
        String createdBy,
        Instant createdAt,
        String file,
        long position) {
    public PayoutBatch {
        amounts = List.copyOf(amounts);
    }

    boolean isSent() {
        return status.equals("sent");
    }
}
