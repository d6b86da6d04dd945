package dev.confetti.ledger.verify;

import dev.confetti.ledger.journal.AccountNames;
import dev.confetti.ledger.journal.ClearingItems;
import dev.confetti.ledger.journal.DailyMovement;
import dev.confetti.ledger.journal.DailyMovements;
import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.posting.Account;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What reports are made from: movements by day, added up again from entries; open items, which must
 * add up to the balances of their accounts.
 */
final class ExpectedReports {
    private final Findings findings;
    private final AccountNames names;
    private final Map<DailyMovement.Key, long[]> expected = new HashMap<>();

    ExpectedReports(Findings findings, AccountNames names) {
        this.findings = findings;
        this.names = names;
    }

    void add(JournalEntry entry) {
        DailyMovements.add(entry, expected);
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
        compareItems(connection, balances);
    }

    private void compareItems(Connection connection, ExpectedBalances balances)
            throws SQLException {
        Map<Long, Long> open = new HashMap<>();
        try (PreparedStatement query =
                        connection.prepareStatement(
                                "select account_id, sum(open)::bigint from clearing_item"
                                        + " where until is null group by account_id");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                open.put(row.getLong(1), row.getLong(2));
            }
        }
        for (long id : balances.accountIds()) {
            if (names.knows(id) && ClearingItems.CODES.contains(names.name(id).code())) {
                findings.examined(LedgerVerifier.REPORTS);
                Account account = names.name(id);
                long[] sums = balances.sums(id);
                findings.expect(
                        LedgerVerifier.REPORTS,
                        "clearing_item of " + account,
                        "open items",
                        sums[0] - sums[1],
                        open.getOrDefault(id, 0L));
            }
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
