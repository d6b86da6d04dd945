package dev.confetti.ledger.posting;

import java.util.ArrayList;
import java.util.List;

/**
 * What one entry does to one side of one account.
 *
 * @param amount in the asset's smallest unit, more than 0
 */
public record Posting(Account account, Side side, long amount) {

    /**
     * The postings of an entry: its legs, added up per account and side, in order of appearance.
     */
    public static List<Posting> of(List<Leg> legs) {
        List<Posting> postings = new ArrayList<>(2 * legs.size());
        for (Leg leg : legs) {
            add(leg.debit(), Side.DEBIT, leg.amount(), postings);
            add(leg.credit(), Side.CREDIT, leg.amount(), postings);
        }
        return postings;
    }

    /** By looking through what is there: entries have few legs. */
    private static void add(Account account, Side side, long amount, List<Posting> postings) {
        for (int i = 0; i < postings.size(); i++) {
            Posting posting = postings.get(i);
            if (posting.side == side && posting.account.equals(account)) {
                postings.set(i, new Posting(account, side, Math.addExact(posting.amount, amount)));
                return;
            }
        }
        postings.add(new Posting(account, side, amount));
    }
}
