package dev.confetti.ledger.verify;

import dev.confetti.ledger.journal.AccountNames;
import dev.confetti.ledger.journal.ChainHash;
import dev.confetti.ledger.journal.StoredEntry;
import dev.confetti.ledger.journal.StoredSeals;
import dev.confetti.ledger.seal.BalancesDigest;
import dev.confetti.ledger.seal.Seal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Seals of closed months, made again from entries as they go by. */
final class ExpectedSeals {
    private final Findings findings;
    private final AccountNames names;
    private final ExpectedBalances balances;
    private final Deque<Seal> waiting = new ArrayDeque<>();
    private Instant sealedBefore = Instant.MIN;

    ExpectedSeals(Findings findings, AccountNames names, ExpectedBalances balances) {
        this.findings = findings;
        this.names = names;
        this.balances = balances;
    }

    void read(Connection connection) throws SQLException {
        Seal before = null;
        for (Seal seal : StoredSeals.after(connection, "", Integer.MAX_VALUE)) {
            findings.examined(LedgerVerifier.SEALS);
            if (!seal.isSigned()) {
                fault(seal, "expected its signature to be that of its content by its key");
            }
            checkOrder(before, seal);
            waiting.add(seal);
            before = seal;
        }
        checkPartitions(connection, before == null ? "" : before.period());
    }

    private void checkOrder(@Nullable Seal before, Seal seal) {
        if (before == null) {
            return;
        }
        if (!YearMonth.parse(before.period()).plusMonths(1).equals(YearMonth.parse(seal.period()))
                || seal.throughPosition() < before.throughPosition()) {
            fault(seal, "expected it right after that of " + before.period());
        }
    }

    /** The partitions up to the last seal refuse entries, later ones take them. */
    private void checkPartitions(Connection connection, String lastPeriod) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        """
                        select month, sealed from (
                            select to_char(begins at time zone 'UTC', 'YYYY-MM') as month, exists (
                                select from pg_trigger t join pg_class c on c.oid = t.tgrelid
                                where c.relnamespace = current_schema()::regnamespace and t.tgname = 'sealed'
                                    and t.tgenabled in ('O', 'A')
                                    and c.relname = 'journal_entry_' || to_char(begins at time zone 'UTC', 'YYYY_MM')
                                ) as sealed from journal_month) m
                        where sealed <> (month <= ?) order by month
                        """)) {
            query.setString(1, lastPeriod);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    findings.fault(
                            LedgerVerifier.SEALS,
                            "month " + row.getString(1),
                            row.getBoolean(2)
                                    ? "refuses entries: expected its seal, found none"
                                    : "takes entries: expected that a sealed month does not");
                }
            }
        }
    }

    void add(StoredEntry entry) {
        Seal next = waiting.peek();
        boolean late = entry.recordedAt().isBefore(sealedBefore);
        if (late || (next != null && !entry.recordedAt().isBefore(next.ends()))) {
            findings.fault(
                    LedgerVerifier.SEALS,
                    "entry " + entry.position(),
                    "recorded at "
                            + entry.recordedAt()
                            + (late
                                    ? ": expected no time within a month that was sealed before it"
                                    : ": expected a time within the month that its seal closes"));
        }
    }

    /**
     * Compares the seals up to a position, when all entries up to it are in.
     *
     * @param entries how many those are
     * @param head hash of the last of them
     */
    void comparedThrough(long position, long entries, ChainHash head) {
        while (!waiting.isEmpty() && waiting.getFirst().throughPosition() <= position) {
            Seal seal = waiting.remove();
            findings.expect(LedgerVerifier.SEALS, where(seal), "entries", entries, seal.entries());
            expect(seal, "chain", head.toString(), seal.chain());
            expect(seal, "digest of balances", digest(), seal.balances());
            sealedBefore = seal.ends();
        }
    }

    private String digest() {
        BalancesDigest digest = new BalancesDigest();
        for (long id : balances.accountIds()) {
            if (names.knows(id)) {
                long[] sums = balances.sums(id);
                digest.add(names.name(id), sums[0], sums[1]);
            }
        }
        return digest.hex();
    }

    private void expect(Seal seal, String what, String expected, String found) {
        if (!Objects.equals(expected, found)) {
            fault(seal, what + " " + found + ": expected " + expected);
        }
    }

    private void fault(Seal seal, String detail) {
        findings.fault(LedgerVerifier.SEALS, where(seal), detail);
    }

    private static String where(Seal seal) {
        return "seal of " + seal.period();
    }
}
