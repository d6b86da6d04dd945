package dev.confetti.ledger;

import dev.confetti.ledger.journal.AccountFilter;
import dev.confetti.ledger.journal.AccountTotals;
import dev.confetti.ledger.journal.Balances;
import dev.confetti.ledger.journal.ChainHash;
import dev.confetti.ledger.journal.LedgerPosition;
import dev.confetti.ledger.journal.LedgerSchema;
import dev.confetti.ledger.journal.LedgerTransactions;
import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.verify.LedgerVerifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/**
 * Says what the ledger has as of one position, to be compared with what the event log says by
 * {@link LedgerExpectation}. Plain Java; thread-safe.
 */
public final class LedgerAudit {
    private static final long LOOK_EVERY_MS = 50;

    private final LedgerTransactions transactions;

    /** An audit of the live ledger in this database. */
    public LedgerAudit(DataSource ledger) {
        transactions = new LedgerTransactions(ledger, LedgerSchema.LIVE);
    }

    /**
     * Waits until the ledger has booked a position, reads its state as of then, and verifies all of
     * it.
     *
     * @param position 0 for the empty ledger
     * @throws TimeoutException when the ledger does not get there in time; the message says where
     *     it is
     * @throws InterruptedException when interrupted while waiting
     */
    public LedgerAuditReport at(long position, Duration timeout)
            throws SQLException, TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        long applied = applied();
        while (applied < position) {
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException(
                        "ledger: expected it at position "
                                + position
                                + " within "
                                + timeout
                                + ", it is at "
                                + applied);
            }
            Thread.sleep(LOOK_EVERY_MS);
            applied = applied();
        }
        return report(position);
    }

    private long applied() throws SQLException {
        return transactions.read(LedgerPosition::read).position();
    }

    private LedgerAuditReport report(long position) throws SQLException {
        LedgerState state = transactions.read(connection -> state(connection, position));
        return new LedgerAuditReport(state, applied(), new LedgerVerifier(transactions).verify());
    }

    private static LedgerState state(Connection connection, long position) throws SQLException {
        Map<Account, AccountTotals> accounts = new LinkedHashMap<>();
        for (AccountTotals totals :
                Balances.list(
                        connection, LedgerPosition.read(connection), position, AccountFilter.ALL)) {
            accounts.put(totals.account(), totals);
        }
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select (select count(*) from journal_entry where entry_id <= ?),"
                                + " (select hash from journal_entry where entry_id <= ?"
                                + " order by entry_id desc limit 1)")) {
            query.setLong(1, position);
            query.setLong(2, position);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                byte[] hash = row.getBytes(2);
                return new LedgerState(
                        position,
                        row.getLong(1),
                        hash == null ? ChainHash.START : ChainHash.of(hash),
                        accounts);
            }
        }
    }
}
