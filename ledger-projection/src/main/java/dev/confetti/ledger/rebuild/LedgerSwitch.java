package dev.confetti.ledger.rebuild;

import dev.confetti.ledger.journal.LedgerPosition;
import dev.confetti.ledger.journal.LedgerSchema;
import dev.confetti.ledger.journal.SchemaGate;
import dev.confetti.ledger.rebuild.LedgerRebuild.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Puts a ledger in the live one's place, in one transaction: it keeps the live one's writer out, so
 * that it stands still; books the last events into the other one; compares the two; takes over how
 * far Kafka was read; and when no reader is within, changes the names.
 *
 * <p>The writer, let in again, finds by its fence that this is another ledger, and reads where it
 * stands. Readers are in one ledger or in the other, never in both; prepared statements are planned
 * anew, since the search path means another schema.
 */
final class LedgerSwitch {
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final DataSource database;
    private final Booking booking;
    private final boolean acceptDifferences;

    LedgerSwitch(DataSource database, Booking booking, boolean acceptDifferences) {
        this.database = database;
        this.booking = booking;
        this.acceptDifferences = acceptDifferences;
    }

    /** Tries once; empty when somebody reads for longer than a moment. */
    Optional<Outcome> attempt() throws SQLException, InterruptedException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                SchemaGate.shutForWriters(connection, LedgerSchema.LIVE);
                LedgerPosition live = position(connection, LedgerSchema.LIVE);
                booking.upTo(live.position(), position -> {});
                LedgerComparison comparison =
                        LedgerComparison.of(connection, LedgerSchema.LIVE, booking.schema());
                LedgerPosition built = position(connection, booking.schema());
                if (!comparison.differences().isEmpty() && !acceptDifferences) {
                    return Optional.of(outcome(built, comparison, null));
                }
                takeOverPartitions(connection);
                if (!shutForReaders(connection)) {
                    return Optional.empty();
                }
                String replaced = LedgerSchemas.nextReplaced(connection);
                LedgerSchemas.rename(connection, LedgerSchema.LIVE, replaced);
                LedgerSchemas.rename(connection, booking.schema(), LedgerSchema.LIVE);
                connection.commit();
                committed = true;
                return Optional.of(outcome(built, comparison, replaced));
            } finally {
                if (!committed) {
                    connection.rollback();
                }
            }
        }
    }

    private static Outcome outcome(
            LedgerPosition built, LedgerComparison comparison, @Nullable String replaced) {
        return new Outcome(
                built.position(),
                built.entries(),
                comparison.compared(),
                List.copyOf(comparison.differences()),
                replaced);
    }

    private static LedgerPosition position(Connection connection, String schema)
            throws SQLException {
        execute(connection, "set local search_path to " + schema);
        return LedgerPosition.read(connection);
    }

    /** Both stand at one position, so where the live one would read on is right for the other. */
    private void takeOverPartitions(Connection connection) throws SQLException {
        execute(connection, "delete from " + booking.schema() + ".source_partition");
        execute(
                connection,
                "insert into %s.source_partition (topic, partition, next_offset, last_position)"
                                .formatted(booking.schema())
                        + " select topic, partition, next_offset, last_position from "
                        + LedgerSchema.LIVE
                        + ".source_partition");
    }

    private static boolean shutForReaders(Connection connection) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            execute(connection, "set local lock_timeout to '2s'");
            SchemaGate.shutForReaders(connection, LedgerSchema.LIVE);
            return true;
        } catch (SQLException e) {
            if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw e;
            }
            connection.rollback(before);
            return false;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
