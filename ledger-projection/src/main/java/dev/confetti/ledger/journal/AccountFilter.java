package dev.confetti.ledger.journal;

import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.AccountType;
import org.jspecify.annotations.Nullable;

/**
 * Which accounts a list is to have.
 *
 * @param prefix of the code; empty for all
 * @param type null for all
 * @param after only what follows this account in the order of code and asset; null to start
 * @param limit the most accounts; 0 for no limit
 */
public record AccountFilter(
        String prefix, @Nullable AccountType type, @Nullable Account after, int limit) {
    public static final AccountFilter ALL = new AccountFilter("", null, null, 0);

    /** Sorts after whatever can follow a prefix: codes are ASCII. */
    private static final String HIGHEST = "\uffff";

    void addTo(Balances.Query query) {
        addRange(query, prefix);
        AccountType wanted = type;
        if (wanted != null) {
            addRange(query, wanted.prefix());
        }
        Account start = after;
        if (start != null) {
            query.add(
                    " and (a.code, a.asset collate \"C\") > (?, ?)",
                    start.code(),
                    start.asset().code());
        }
    }

    void addLimitTo(Balances.Query query) {
        if (limit > 0) {
            query.add(" limit ?", limit);
        }
    }

    private static void addRange(Balances.Query query, String beginning) {
        if (!beginning.isEmpty()) {
            query.add(" and a.code >= ? and a.code < ?", beginning, beginning + HIGHEST);
        }
    }
}
