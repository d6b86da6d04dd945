package dev.confetti.ledger.posting;

import java.util.ArrayList;
import java.util.List;

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

    List<Leg> legs() {
        return legs;
    }
}
