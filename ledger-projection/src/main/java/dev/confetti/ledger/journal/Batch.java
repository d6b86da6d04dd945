package dev.confetti.ledger.journal;

import dev.confetti.events.FinanceEvent.PeriodClosed;
import dev.confetti.ledger.posting.Lot;
import dev.confetti.ledger.posting.WorkingBooks.Payable;
import dev.confetti.ledger.seal.SealKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction does to the ledger, worked out and not yet written. Its events lie within
 * one block of positions.
 *
 * @param ledgerId the ledger that it was worked out on
 * @param from where that ledger stood
 * @param to where it then stands
 * @param deliveries its events, at least one
 * @param entries what they were booked as
 * @param begun months that the entries may be the first of
 * @param lots new ones and changed ones, as they are after it
 * @param payables what can be paid, as far as it changed, as it is after it
 * @param tables what follows the journal
 * @param history of the block that ends with it; null when none does
 */
record Batch(
        UUID ledgerId,
        LedgerPosition from,
        LedgerPosition to,
        List<Delivery> deliveries,
        List<JournalEntry> entries,
        AccountNumbers.New news,
        List<OpenMonth.First> begun,
        EntryRows rows,
        List<Lot> lots,
        Map<Payable, Long> payables,
        List<TableBatch> tables,
        Block.@Nullable History history) {

    /** Whether {@link #makePartitions} is due. */
    boolean mayBeginAMonth() {
        return !begun.isEmpty();
    }

    /** What is committed before it is written. */
    void makePartitions(Connection connection) throws SQLException {
        SourceFence.check(connection, ledgerId, from);
        for (OpenMonth.First first : begun) {
            first.makePartition(connection);
        }
    }

    /**
     * Writes all of it.
     *
     * @param sealKey signs closed months; null for the one that the database keeps
     */
    void write(Connection connection, @Nullable SealKey sealKey) throws SQLException {
        plan(connection, "off");
        SourceFence.move(connection, ledgerId, from, to);
        news.write(connection);
        for (OpenMonth.First first : begun) {
            first.begin(connection);
        }
        rows.write(connection);
        StoredLots.write(connection, lots, from.position(), entries);
        StoredPayables.write(connection, payables);
        for (TableBatch table : tables) {
            table.write(connection);
        }
        if (history != null) {
            history.write(connection);
        }
        // A seal looks at all accounts.
        plan(connection, "default");
        for (Delivery delivery : deliveries) {
            if (delivery.source().event() instanceof PeriodClosed closed) {
                SealKey key = sealKey == null ? StoredSealKey.read(connection) : sealKey;
                StoredSeals.write(connection, delivery.source(), closed, to, key);
            }
        }
        PartitionMarks.write(connection, deliveries);
    }

    /**
     * A batch touches a part of each table. The planner would rather read and hash all of it, which
     * costs more with every account that there is.
     *
     * @param wholeTables whether plans may do that, as PostgreSQL's setting
     */
    private static void plan(Connection connection, String wholeTables) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "set local enable_hashjoin to "
                            + wholeTables
                            + "; set local enable_mergejoin to "
                            + wholeTables
                            + "; set local enable_seqscan to "
                            + wholeTables);
        }
    }
}
