package dev.confetti.ledger.posting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        Map<AccountSide, Long> sums = LinkedHashMap.newLinkedHashMap(2 * legs.size());
        for (Leg leg : legs) {
            sums.merge(new AccountSide(leg.debit(), Side.DEBIT), leg.amount(), Math::addExact);
            sums.merge(new AccountSide(leg.credit(), Side.CREDIT), leg.amount(), Math::addExact);
        }
        List<Posting> postings = new ArrayList<>(sums.size());
        sums.forEach((key, sum) -> postings.add(new Posting(key.account, key.side, sum)));
        return postings;
    }

    private record AccountSide(Account account, Side side) {}
}
