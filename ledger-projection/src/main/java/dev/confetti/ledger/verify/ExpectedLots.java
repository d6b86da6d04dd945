package dev.confetti.ledger.verify;

import dev.confetti.events.EventType;
import dev.confetti.ledger.journal.AccountNames;
import dev.confetti.ledger.journal.StoredEntry;
import dev.confetti.ledger.journal.StoredLots;
import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.Accounts;
import dev.confetti.ledger.posting.Lot;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lots, made again from the purchases and uses that entries carry. */
final class ExpectedLots {
    private static final int PAGE = 5_000;

    private final Findings findings;
    private final Map<Long, Counters> expected = new HashMap<>();
    private final Map<Long, StoredEntry> purchases = new LinkedHashMap<>();

    ExpectedLots(Findings findings) {
        this.findings = findings;
    }

    void add(StoredEntry entry) {
        if (entry.type().equals(EventType.COINS_PURCHASED.typeName())) {
            purchases.put(entry.position(), entry);
        }
        for (StoredEntry.StoredLotUse use : entry.lotUses()) {
            expected.computeIfAbsent(use.lotPosition(), lot -> new Counters()).add(use);
        }
    }

    /** Compares with the table, then with the control accounts. */
    void compare(Connection connection, ExpectedBalances balances, AccountNames names)
            throws SQLException {
        Map<String, long[]> open = new TreeMap<>();
        long after = 0;
        List<Lot> page;
        do {
            page = StoredLots.range(connection, after, PAGE);
            for (Lot lot : page) {
                compare(lot, names);
                long[] sums = open.computeIfAbsent(lot.currency().code(), c -> new long[2]);
                sums[0] = Math.addExact(sums[0], lot.price() - lot.recognised());
                sums[1] = Math.addExact(sums[1], lot.commission() - lot.commissionRecognised());
                after = lot.position();
            }
        } while (page.size() == PAGE);
        for (long position : purchases.keySet()) {
            findings.fault(
                    LedgerVerifier.LOTS, "lot of position " + position, "expected one, found none");
        }
        compareControls(balances, names, open);
    }

    private void compare(Lot lot, AccountNames names) {
        findings.examined(LedgerVerifier.LOTS);
        String where = "lot " + lot.lotId() + " of position " + lot.position();
        StoredEntry purchase = purchases.remove(lot.position());
        if (purchase == null) {
            findings.fault(LedgerVerifier.LOTS, where, "expected a purchase there, found none");
            return;
        }
        long coins = sum(purchase, Accounts.COIN_ISSUED_PAID.code(), true, null, names);
        String currency = lot.currency().code();
        expect(where, "coins", coins, lot.coins());
        expect(
                where,
                "price in " + currency,
                sum(purchase, Accounts.CONTRACT_LIABILITY, false, currency, names),
                lot.price());
        expect(
                where,
                "commission in " + currency,
                sum(purchase, Accounts.DEFERRED_COMMISSION, true, currency, names),
                lot.commission());
        String viewer = Accounts.viewerPaid(lot.viewerId()).code();
        if (sum(purchase, viewer, false, null, names) != coins) {
            findings.fault(
                    LedgerVerifier.LOTS,
                    where,
                    "viewer " + lot.viewerId() + ": expected the one whose purchase it was");
        }
        Counters counters = expected.getOrDefault(lot.position(), new Counters());
        expect(where, "used coins", counters.coins, lot.used());
        expect(where, "recognised", counters.revenue, lot.recognised());
        expect(where, "recognised commission", counters.commission, lot.commissionRecognised());
    }

    /** What is not yet revenue of any lot is what we still owe viewers. */
    private void compareControls(
            ExpectedBalances balances, AccountNames names, Map<String, long[]> open) {
        for (long id : balances.accountIds()) {
            if (!names.knows(id)) {
                continue;
            }
            Account account = names.name(id);
            long[] sums = balances.sums(id);
            long[] lots = open.getOrDefault(account.asset().code(), new long[2]);
            if (account.code().equals(Accounts.CONTRACT_LIABILITY)) {
                expect(account.toString(), "open price of lots", sums[1] - sums[0], lots[0]);
            } else if (account.code().equals(Accounts.DEFERRED_COMMISSION)) {
                expect(account.toString(), "open commission of lots", sums[0] - sums[1], lots[1]);
            }
        }
    }

    private void expect(String where, String what, long expectedValue, long found) {
        findings.expect(LedgerVerifier.LOTS, where, what, expectedValue, found);
    }

    private static long sum(
            StoredEntry entry,
            String code,
            boolean debit,
            @Nullable String asset,
            AccountNames names) {
        long sum = 0;
        for (StoredEntry.StoredLeg leg : entry.legs()) {
            long id = debit ? leg.debit() : leg.credit();
            if (names.knows(id)) {
                Account account = names.name(id);
                if (account.code().equals(code)
                        && (asset == null || account.asset().code().equals(asset))) {
                    sum += leg.amount();
                }
            }
        }
        return sum;
    }

    private static final class Counters {
        private long coins;
        private long revenue;
        private long commission;

        void add(StoredEntry.StoredLotUse use) {
            coins = Math.addExact(coins, use.coins());
            revenue = Math.addExact(revenue, use.revenue());
            commission = Math.addExact(commission, use.commission());
        }
    }
}
