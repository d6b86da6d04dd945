package dev.confetti.ledger.verify;

import dev.confetti.events.EventType;
import dev.confetti.ledger.journal.AccountNames;
import dev.confetti.ledger.journal.StoredEntry;
import dev.confetti.ledger.journal.StoredPayables;
import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.Accounts;
import dev.confetti.ledger.posting.WorkingBooks.Payable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What creators can be paid, added up again from entries. */
final class ExpectedPayables {
    private static final Set<String> CODES =
            Set.of(Accounts.CREATOR_PAYABLE_AVAILABLE, Accounts.CREATOR_CLAWBACK);

    private final Findings findings;
    private final AccountNames names;
    private final Map<Payable, Long> expected =
            new TreeMap<>(
                    Comparator.comparing(Payable::creatorId)
                            .thenComparing(payable -> payable.currency().code()));

    ExpectedPayables(Findings findings, AccountNames names) {
        this.findings = findings;
        this.names = names;
    }

    void add(StoredEntry entry) {
        if (entry.type().equals(EventType.GIFT_SENT.typeName())) {
            return; // nearly all entries, and none of them can be paid at once
        }
        String creatorId = null;
        for (StoredEntry.StoredLeg leg : entry.legs()) {
            for (long id : new long[] {leg.debit(), leg.credit()}) {
                String found = names.knows(id) ? Accounts.earnerOf(names.name(id)) : null;
                creatorId = found == null ? creatorId : found;
            }
        }
        for (StoredEntry.StoredLeg leg : entry.legs()) {
            add(creatorId, leg.debit(), -leg.amount());
            add(creatorId, leg.credit(), leg.amount());
        }
    }

    private void add(@Nullable String creatorId, long id, long amount) {
        if (creatorId == null || !names.knows(id)) {
            return;
        }
        Account account = names.name(id);
        if (CODES.contains(account.code())) {
            expected.merge(new Payable(creatorId, account.asset()), amount, Math::addExact);
        }
    }

    /**
     * Compares with the table: what is below 0 is in one account, what is above it in the other.
     */
    void compare(Connection connection, ExpectedBalances balances) throws SQLException {
        Map<Payable, Long> stored = StoredPayables.all(connection);
        expected.forEach(
                (payable, amount) -> {
                    Long found = stored.get(payable);
                    if (found == null) {
                        findings.fault(
                                LedgerVerifier.PAYABLES,
                                where(payable),
                                "expected a row, found none");
                    } else {
                        compare(payable, amount, found);
                    }
                });
        stored.forEach(
                (payable, amount) -> {
                    if (!expected.containsKey(payable)) {
                        compare(payable, 0, amount);
                    }
                });
        Map<Account, Long> sums = new TreeMap<>(Comparator.comparing(Account::toString));
        stored.forEach(
                (payable, amount) ->
                        sums.merge(
                                new Account(
                                        amount < 0
                                                ? Accounts.CREATOR_CLAWBACK
                                                : Accounts.CREATOR_PAYABLE_AVAILABLE,
                                        payable.currency()),
                                Math.abs(amount),
                                Math::addExact));
        for (long id : balances.accountIds()) {
            if (names.knows(id) && CODES.contains(names.name(id).code())) {
                Account account = names.name(id);
                long[] found = balances.sums(id);
                findings.expect(
                        LedgerVerifier.PAYABLES,
                        account.toString(),
                        "balance",
                        sums.getOrDefault(account, 0L),
                        account.type().balance(found[0], found[1]));
            }
        }
    }

    private void compare(Payable payable, long amount, long found) {
        findings.examined(LedgerVerifier.PAYABLES);
        findings.expect(
                LedgerVerifier.PAYABLES,
                where(payable),
                "can be paid in " + payable.currency().code(),
                amount,
                found);
    }

    private static String where(Payable payable) {
        return "creator " + payable.creatorId();
    }
}
