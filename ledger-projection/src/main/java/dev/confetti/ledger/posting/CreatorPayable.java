package dev.confetti.ledger.posting;

import java.util.ArrayList;
import java.util.List;

/**
 * What one creator can be paid, while an entry is made. What is above 0 is owed to the creator;
 * below 0 the creator was paid too much, which later earnings make good.
 */
final class CreatorPayable {
    private final String creatorId;
    private final Books books;
    private final LegList legs;
    private final List<PayableChange> changes = new ArrayList<>();

    /**
     * @param legs where the movements go to
     */
    CreatorPayable(String creatorId, Books books, LegList legs) {
        this.creatorId = creatorId;
        this.books = books;
        this.legs = legs;
    }

    /** More can be paid: first what was paid too much is made good. */
    void raise(String debit, Asset currency, long amount) {
        long recovered = Math.min(amount, Math.max(0, -before(currency)));
        legs.add(debit, Accounts.CREATOR_CLAWBACK, currency, recovered);
        legs.add(debit, Accounts.CREATOR_PAYABLE_AVAILABLE, currency, amount - recovered);
        changes.add(new PayableChange(creatorId, currency, amount));
    }

    /** Less can be paid: what is not there was paid too much. */
    void lower(String credit, Asset currency, long amount) {
        long taken = Math.min(amount, Math.max(0, before(currency)));
        legs.add(Accounts.CREATOR_PAYABLE_AVAILABLE, credit, currency, taken);
        legs.add(Accounts.CREATOR_CLAWBACK, credit, currency, amount - taken);
        changes.add(new PayableChange(creatorId, currency, -amount));
    }

    private long before(Asset currency) {
        long payable = books.payable(creatorId, currency);
        for (PayableChange change : changes) {
            if (change.currency().equals(currency)) {
                payable = Math.addExact(payable, change.amount());
            }
        }
        return payable;
    }

    List<PayableChange> changes() {
        return changes;
    }
}
