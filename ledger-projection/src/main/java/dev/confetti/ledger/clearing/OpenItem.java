package dev.confetti.ledger.clearing;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not settled.
 *
 * @param reference of its entries; null for a receivable, which is settled in sums: there an item
 *     is what is left of a day
 * @param entryId the entry that opened it; null for a day
 * @param since when that was recorded; the begin of a day
 * @param amount in the asset's smallest unit, positive on the account's normal side
 */
public record OpenItem(
        @Nullable UUID reference, @Nullable Long entryId, Instant since, long amount) {

    /** Whole days up to an instant, 0 at least. */
    public long ageDays(Instant now) {
        return Math.max(0, Duration.between(since, now).toDays());
    }

    OpenItem withAmount(long newAmount) {
        return new OpenItem(reference, entryId, since, newAmount);
    }
}
