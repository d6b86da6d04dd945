package dev.confetti.ledger.verify;

import dev.confetti.ledger.journal.AccountNames;
import dev.confetti.ledger.journal.BalanceHistory;
import dev.confetti.ledger.journal.StoredEntry;
import dev.confetti.ledger.posting.Account;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Balances and their history, added up again from entries. */
final class ExpectedBalances {
    private final Findings findings;
    private final AccountNames names;
    private final Map<Long, long[]> sums = new TreeMap<>();
    private final Map<Long, Set<Long>> open = new TreeMap<>();
    private long openBlockEnd;
    private long historyRows;

    ExpectedBalances(Findings findings, AccountNames names) {
        this.findings = findings;
        this.names = names;
    }

    void add(Connection connection, StoredEntry entry) throws SQLException {
        long end = BalanceHistory.blockEnd(entry.position());
        if (end != openBlockEnd) {
            compareBlock(connection);
            openBlockEnd = end;
        }
        for (StoredEntry.StoredLeg leg : entry.legs()) {
            add(leg.debit(), 0, leg.amount(), entry.position());
            add(leg.credit(), 1, leg.amount(), entry.position());
        }
    }

    /** Debits and credits of an account id, zeros when it has none. */
    long[] sums(long accountId) {
        return sums.getOrDefault(accountId, new long[2]);
    }

    Set<Long> accountIds() {
        return sums.keySet();
    }

    /** Compares everything with the tables, when all entries are in. */
    void compare(Connection connection) throws SQLException {
        compareBlock(connection);
        compareBalances(connection);
        compareTotals();
        findings.expect(
                LedgerVerifier.HISTORY,
                "balance_history",
                "rows",
                historyRows,
                BalanceHistory.count(connection));
    }

    private void add(long accountId, int side, long amount, long position) {
        long[] sum = sums.computeIfAbsent(accountId, id -> new long[2]);
        sum[side] = Math.addExact(sum[side], amount);
        open.computeIfAbsent(accountId, id -> new TreeSet<>()).add(position);
    }

    /** A block that has ended has a row for each account that it touched. */
    private void compareBlock(Connection connection) throws SQLException {
        if (openBlockEnd > 0 && BalanceHistory.isClosed(connection, openBlockEnd)) {
            Map<Long, BalanceHistory> rows =
                    BalanceHistory.read(connection, openBlockEnd, open.keySet());
            for (Map.Entry<Long, Set<Long>> touched : open.entrySet()) {
                findings.examined(LedgerVerifier.HISTORY);
                historyRows++;
                long[] sum = sums(touched.getKey());
                BalanceHistory expected =
                        BalanceHistory.of(sum[0], sum[1], List.copyOf(touched.getValue()));
                BalanceHistory found = rows.get(touched.getKey());
                if (!expected.equals(found)) {
                    findings.fault(
                            LedgerVerifier.HISTORY,
                            "history of " + name(touched.getKey()) + " at " + openBlockEnd,
                            found + ": expected " + expected);
                }
            }
        }
        open.clear();
    }

    private void compareBalances(Connection connection) throws SQLException {
        Set<Long> seen = new TreeSet<>();
        try (PreparedStatement query =
                        connection.prepareStatement(
                                "select account_id, debit, credit from balance"
                                        + " order by account_id");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                findings.examined(LedgerVerifier.BALANCES);
                long id = row.getLong(1);
                seen.add(id);
                String where = "balance of " + name(id);
                findings.expect(
                        LedgerVerifier.BALANCES, where, "debits", sums(id)[0], row.getLong(2));
                findings.expect(
                        LedgerVerifier.BALANCES, where, "credits", sums(id)[1], row.getLong(3));
            }
        }
        for (long id : sums.keySet()) {
            if (!seen.contains(id)) {
                findings.fault(
                        LedgerVerifier.BALANCES,
                        "balance of " + name(id),
                        "expected one, found none");
            }
        }
    }

    private void compareTotals() {
        Map<Long, long[]> totals = new TreeMap<>();
        sums.forEach(
                (id, sum) -> {
                    long[] total = totals.computeIfAbsent(id & 255, asset -> new long[2]);
                    total[0] = Math.addExact(total[0], sum[0]);
                    total[1] = Math.addExact(total[1], sum[1]);
                });
        totals.forEach(
                (asset, total) -> {
                    findings.examined(LedgerVerifier.TOTALS);
                    findings.expect(
                            LedgerVerifier.TOTALS,
                            "asset number " + asset,
                            "credits",
                            total[0],
                            total[1]);
                });
    }

    private String name(long accountId) {
        if (!names.knows(accountId)) {
            return "account id " + accountId;
        }
        Account account = names.name(accountId);
        return account.toString();
    }
}
