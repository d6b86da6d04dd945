package dev.confetti.ledger.verify;

import dev.confetti.events.EventType;
import dev.confetti.ledger.journal.AccountNames;
import dev.confetti.ledger.journal.DailyMovement;
import dev.confetti.ledger.journal.DailyMovements;
import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.journal.LiveEntries;
import dev.confetti.ledger.posting.Accounts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What reports are made from, made again from entries: movements by day, open items, tax, what
 * creators earned, the last two also against the balances of their accounts; lives, in whose lists
 * each gift must be once. That a gift is in the list of the right live only its event says: such
 * rows have a digest.
 */
final class ExpectedReports {
    private final Findings findings;
    private final AccountNames names;
    private final Map<DailyMovement.Key, long[]> expected = new HashMap<>();
    private final BitSet gifts = new BitSet();
    private final ExpectedItems items;
    private final ExpectedTax tax;
    private final ExpectedCreatorDays days;

    ExpectedReports(Findings findings, AccountNames names) {
        this.findings = findings;
        this.names = names;
        this.items = new ExpectedItems(findings);
        this.tax = new ExpectedTax(findings);
        this.days = new ExpectedCreatorDays(findings);
    }

    /** To be called before any entry is added. */
    void read(Connection connection) throws SQLException {
        tax.read(connection);
    }

    void add(JournalEntry entry) {
        DailyMovements.add(entry, expected);
        items.add(entry);
        tax.add(entry);
        days.add(entry);
        if (entry.type().equals(EventType.GIFT_SENT.typeName())
                || entry.type().equals(EventType.GIFT_REVERSED.typeName())) {
            gifts.set(Math.toIntExact(entry.position()));
        }
    }

    void compare(Connection connection, ExpectedBalances balances) throws SQLException {
        Set<DailyMovement.Key> seen = new HashSet<>();
        for (DailyMovement movement : DailyMovements.read(connection, "", query -> {})) {
            findings.examined(LedgerVerifier.REPORTS);
            seen.add(movement.key());
            long[] sum = expected.getOrDefault(movement.key(), new long[2]);
            String where = where(movement.key());
            findings.expect(LedgerVerifier.REPORTS, where, "amount", sum[0], movement.amount());
            findings.expect(LedgerVerifier.REPORTS, where, "legs", sum[1], movement.legs());
        }
        for (DailyMovement.Key key : expected.keySet()) {
            if (!seen.contains(key)) {
                findings.fault(LedgerVerifier.REPORTS, where(key), "expected a row, found none");
            }
        }
        StoredTables.checkDigests(connection, findings);
        items.compare(connection);
        tax.compare(connection);
        days.compare(connection);
        compareSums(
                connection,
                balances,
                "vat_month",
                "charged - returned",
                Set.of(Accounts.VAT_PAYABLE));
        compareSums(
                connection,
                balances,
                "creator_day",
                "pending",
                Set.of(Accounts.CREATOR_PAYABLE_PENDING));
        compareSums(
                connection,
                balances,
                "creator_day",
                "available",
                Set.of(Accounts.CREATOR_PAYABLE_AVAILABLE, Accounts.CREATOR_CLAWBACK));
        compareLives(connection);
    }

    /** Whether what a table has of each currency is what its accounts have together. */
    private void compareSums(
            Connection connection,
            ExpectedBalances balances,
            String table,
            String column,
            Set<String> codes)
            throws SQLException {
        Map<String, Long> credits = new TreeMap<>();
        for (long id : balances.accountIds()) {
            if (names.knows(id) && codes.contains(names.name(id).code())) {
                long[] sums = balances.sums(id);
                credits.merge(names.name(id).asset().code(), sums[1] - sums[0], Long::sum);
            }
        }
        try (PreparedStatement query =
                        connection.prepareStatement(
                                "select s.code, sum("
                                        + column
                                        + ")::bigint from "
                                        + table
                                        + " join asset s using (asset_id)"
                                        + " where s.code <> 'DIAMOND' group by s.code");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                credits.merge(row.getString(1), -row.getLong(2), Long::sum);
            }
        }
        credits.forEach(
                (currency, difference) -> {
                    findings.examined(LedgerVerifier.REPORTS);
                    findings.expect(
                            LedgerVerifier.REPORTS,
                            table + ", " + column + " in " + currency,
                            "difference to its accounts",
                            0,
                            difference);
                });
    }

    /** Each gift, sent or taken back, is in the list of one live. */
    private void compareLives(Connection connection) throws SQLException {
        long start = LiveEntries.start(connection);
        gifts.clear(0, Math.toIntExact(start + 1));
        LiveEntries.all(
                connection,
                (live, position) -> {
                    findings.examined(LedgerVerifier.REPORTS);
                    int place = Math.toIntExact(Math.max(0, position));
                    if (!gifts.get(place)) {
                        findings.fault(
                                LedgerVerifier.REPORTS,
                                "live " + live,
                                "entry " + position + ": expected a gift that is in no other list");
                    }
                    gifts.clear(place);
                });
        int left = gifts.nextSetBit(0);
        if (left >= 0) {
            findings.fault(
                    LedgerVerifier.REPORTS,
                    "entry " + left,
                    "expected it in the list of a live, found it in none");
        }
    }

    private static String where(DailyMovement.Key key) {
        return "daily_movement of "
                + key.day()
                + " "
                + key.type()
                + " "
                + key.debit()
                + " from "
                + key.credit()
                + " "
                + key.asset().code();
    }
}
