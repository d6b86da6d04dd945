package dev.confetti.ledger.journal;

import dev.confetti.ledger.posting.Asset;
import java.time.LocalDate;

/**
 * What moved in one day from one class of accounts to another.
 *
 * @param key what it is about
 * @param amount in the asset's smallest unit, more than 0
 * @param legs how many movements that was
 */
public record DailyMovement(Key key, long amount, long legs) {

    /**
     * What a movement is about.
     *
     * @param day in UTC, by recording
     * @param type the entry's
     * @param debit the account that it was moved to, as an {@code AccountClass}
     * @param credit the account that it was moved from, likewise
     */
    public record Key(LocalDate day, String type, String debit, String credit, Asset asset) {}
}
