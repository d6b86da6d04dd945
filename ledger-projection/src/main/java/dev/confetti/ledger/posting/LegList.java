package dev.confetti.ledger.posting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Legs of an entry in the making; amounts of 0 make no leg. */
final class LegList {
    private final List<Leg> legs = new ArrayList<>();

    void add(Account debit, Account credit, long amount) {
        if (amount != 0) {
            legs.add(new Leg(debit, credit, amount));
        }
    }

    /** Two fiat accounts in one currency. */
    void add(String debit, String credit, Asset currency, long amount) {
        add(new Account(debit, currency), new Account(credit, currency), amount);
    }

    /**
     * What using coins of a lot turns from an obligation to the viewer into something else, and the
     * part of the channel's commission that is a cost by it.
     *
     * @param into the account that the price of the coins goes to
     */
    void addUsed(String into, Asset currency, long revenue, long commission) {
        add(Accounts.CONTRACT_LIABILITY, into, currency, revenue);
        add(Accounts.CHANNEL_COMMISSION, Accounts.DEFERRED_COMMISSION, currency, commission);
    }

    void add(Leg leg) {
        legs.add(leg);
    }

    /**
     * Several accounts of one asset in one movement.
     *
     * @param changes debits above 0, credits below 0, together 0
     */
    void addBalanced(Map<Account, Long> changes) {
        Map<Account, Long> credits = new LinkedHashMap<>();
        changes.forEach(
                (account, change) -> {
                    if (change < 0) {
                        credits.put(account, -change);
                    }
                });
        changes.forEach(
                (debit, change) -> {
                    long missing = Math.max(0, change);
                    for (var credit : credits.entrySet()) {
                        long amount = Math.min(missing, credit.getValue());
                        add(debit, credit.getKey(), amount);
                        missing -= amount;
                        credit.setValue(credit.getValue() - amount);
                    }
                    if (missing != 0) {
                        throw new UnpostableEventException(
                                changes + ": expected debits and credits of the same sum");
                    }
                });
        if (credits.values().stream().anyMatch(left -> left != 0)) {
            throw new UnpostableEventException(
                    changes + ": expected debits and credits of the same sum");
        }
    }

    List<Leg> legs() {
        return legs;
    }
}
