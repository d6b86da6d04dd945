package dev.confetti.ledger;

import dev.confetti.ledger.journal.AccountTotals;
import dev.confetti.ledger.journal.ChainHash;
import dev.confetti.ledger.posting.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All balances as of one position of the log.
 *
 * @param entries how many entries up to the position
 * @param chain hash of the last of them: the same chain means the same entries, byte for byte
 * @param accounts those with a posting up to the position
 */
public record LedgerState(
        long position, long entries, ChainHash chain, Map<Account, AccountTotals> accounts) {
    public LedgerState {
        accounts = Map.copyOf(accounts);
    }

    /** Debits and credits of all accounts together, per asset; both are equal in sound books. */
    public Map<String, Total> totals() {
        Map<String, Total> totals = new TreeMap<>();
        for (AccountTotals account : accounts.values()) {
            totals.merge(
                    account.account().asset().code(),
                    new Total(account.debits(), account.credits()),
                    Total::plus);
        }
        return totals;
    }

    /** Sums in the asset's smallest unit. */
    public record Total(long debits, long credits) {
        Total plus(Total other) {
            return new Total(
                    Math.addExact(debits, other.debits), Math.addExact(credits, other.credits));
        }
    }

    /**
     * How another state differs, one line per account, entry count and chain.
     *
     * @param other of the same position
     * @return empty when they are the same
     */
    public List<String> differences(LedgerState other) {
        List<String> differences = new ArrayList<>();
        if (position != other.position) {
            differences.add("position " + position + " and " + other.position);
        }
        if (entries != other.entries) {
            differences.add("entries " + entries + " and " + other.entries);
        }
        if (!chain.equals(other.chain)) {
            differences.add("chain " + chain + " and " + other.chain);
        }
        TreeSet<String> lines = new TreeSet<>();
        accounts.forEach((account, totals) -> lines.addAll(difference(account, totals, other)));
        other.accounts.forEach(
                (account, totals) -> {
                    if (!accounts.containsKey(account)) {
                        lines.add(account + ": nothing and " + text(totals));
                    }
                });
        differences.addAll(lines);
        return differences;
    }

    private static List<String> difference(
            Account account, AccountTotals totals, LedgerState other) {
        AccountTotals others = other.accounts.get(account);
        if (totals.equals(others)) {
            return List.of();
        }
        return List.of(
                account
                        + ": "
                        + text(totals)
                        + " and "
                        + (others == null ? "nothing" : text(others)));
    }

    private static String text(AccountTotals totals) {
        return "debits "
                + totals.account().asset().decimal(totals.debits())
                + " credits "
                + totals.account().asset().decimal(totals.credits());
    }
}
