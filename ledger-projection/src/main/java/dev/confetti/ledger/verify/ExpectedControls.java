package dev.confetti.ledger.verify;

import dev.confetti.events.EventType;
import dev.confetti.ledger.journal.AccountNames;
import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.Accounts;
import dev.confetti.ledger.posting.Asset;
import dev.confetti.ledger.posting.Posting;
import dev.confetti.ledger.posting.Side;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What must hold of balances whatever happened, beyond what lots, payables and reports explain: no
 * viewer has less than nothing but in debt, no creator in what is held or reserved; and what is
 * owed for payouts is owed for those whose diamonds are reserved.
 */
final class ExpectedControls {
    private static final String VIEWER = "viewer:";
    private static final String CREATOR = "creator:";
    private static final String DEBT = ":coin:debt";
    private static final String AVAILABLE = ":diamond:available";
    private static final String RESERVED = ":diamond:reserved";

    private final Findings findings;
    private final AccountNames names;
    private final Map<UUID, Payout> payouts = new TreeMap<>();

    /**
     * A payout between its request and its way to the bank.
     *
     * @param reserved in 0.0001 diamond
     * @param owed in the currency's smallest unit, on both accounts of payouts
     */
    private record Payout(long reserved, long owed) {
        Payout plus(Payout other) {
            return new Payout(
                    Math.addExact(reserved, other.reserved), Math.addExact(owed, other.owed));
        }
    }

    ExpectedControls(Findings findings, AccountNames names) {
        this.findings = findings;
        this.names = names;
    }

    void add(JournalEntry entry) {
        if (entry.type().equals(EventType.GIFT_SENT.typeName())) {
            return; // nearly all entries, and none of them is of a payout
        }
        for (Posting posting : entry.postings()) {
            String code = posting.account().code();
            long amount = posting.side() == Side.CREDIT ? posting.amount() : -posting.amount();
            if (code.startsWith(CREATOR) && code.endsWith(RESERVED)) {
                payouts.merge(entry.reference(), new Payout(amount, 0), Payout::plus);
            } else if (code.equals(Accounts.PAYOUT_REQUESTED)
                    || code.equals(Accounts.PAYOUT_APPROVED)) {
                payouts.merge(entry.reference(), new Payout(0, amount), Payout::plus);
            }
        }
        Payout payout = payouts.get(entry.reference());
        if (payout != null && payout.reserved == 0 && payout.owed == 0) {
            payouts.remove(entry.reference());
        }
    }

    void compare(ExpectedBalances balances) {
        for (long id : balances.accountIds()) {
            if (names.knows(id)) {
                Account account = names.name(id);
                long[] sums = balances.sums(id);
                if (isOfSomebody(account)) {
                    notBelowZero(account, sums[1] - sums[0]);
                }
            }
        }
        payouts.forEach(
                (id, payout) -> {
                    findings.examined(LedgerVerifier.CONTROLS);
                    if (payout.reserved <= 0 || payout.owed <= 0) {
                        findings.fault(
                                LedgerVerifier.CONTROLS,
                                "payout " + id,
                                "reserved "
                                        + Asset.DIAMOND.decimal(payout.reserved)
                                        + " DIAMOND, owed "
                                        + payout.owed
                                        + ": expected both above 0, or both 0");
                    }
                });
    }

    /** What is available may be below zero, after a reversal of what was paid. */
    private static boolean isOfSomebody(Account account) {
        String code = account.code();
        return code.startsWith(VIEWER) || (code.startsWith(CREATOR) && !code.endsWith(AVAILABLE));
    }

    private void notBelowZero(Account account, long credits) {
        findings.examined(LedgerVerifier.CONTROLS);
        // A debt is the other way round.
        long balance = account.code().endsWith(DEBT) ? -credits : credits;
        if (balance < 0) {
            findings.fault(
                    LedgerVerifier.CONTROLS,
                    account.toString(),
                    account.asset().decimal(balance) + ": expected 0 or more");
        }
    }
}
