package dev.confetti.ledger.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Transactions on one ledger's tables, whatever schema they are in: each sets its search path, and
 * all statements name tables without a schema. From its beginning to its end a transaction is on
 * one ledger, also where another takes the schema's name meanwhile ({@link SchemaGate}).
 * Thread-safe.
 */
public final class LedgerTransactions {
    private final DataSource database;
    private final String schema;
    private final boolean waitsForTheDisk;

    public LedgerTransactions(DataSource database, String schema) {
        this(database, schema, true);
    }

    private LedgerTransactions(DataSource database, String schema, boolean waitsForTheDisk) {
        if (!schema.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException(
                    "schema \"" + schema + "\": expected lower-case letters, digits and _");
        }
        this.database = database;
        this.schema = schema;
        this.waitsForTheDisk = waitsForTheDisk;
    }

    /** The same, but a crash may take the last commits: for what can be built again. */
    public LedgerTransactions withoutWaitingForTheDisk() {
        return new LedgerTransactions(database, schema, false);
    }

    /** Work that reads or writes by one connection, without committing. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Commits what the work wrote; on any failure nothing of it stays. */
    public <T> T write(Work<T> work) throws SQLException {
        return run(
                work,
                "isolation level read committed read write",
                SchemaGate.passAsWriter(schema)
                        + (waitsForTheDisk ? "" : "; set local synchronous_commit to off"));
    }

    /** All reads of the work see one state of the ledger. */
    public <T> T read(Work<T> work) throws SQLException {
        return run(
                work, "isolation level repeatable read read only", SchemaGate.passAsReader(schema));
    }

    private <T> T run(Work<T> work, String mode, String gate) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(
                            "set transaction "
                                    + mode
                                    + "; set local search_path to "
                                    + schema
                                    + "; "
                                    + gate);
                }
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollback(connection, e);
                throw e;
            } finally {
                if (!connection.isClosed()) {
                    connection.setAutoCommit(true);
                }
            }
        }
    }

    private static void rollback(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
