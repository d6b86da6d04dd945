package dev.confetti.ledger.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Lets another ledger take a schema's name between two transactions, never within one: every
 * transaction passes the gate of its kind, and who changes the name shuts both. PostgreSQL's
 * advisory locks, of the transaction, by the schema's name; no table is locked.
 */
public final class SchemaGate {
    private static final int READERS = 0x6c72;
    private static final int WRITERS = 0x6c77;

    private SchemaGate() {}

    static String passAsReader(String schema) {
        return pass(READERS, schema);
    }

    static String passAsWriter(String schema) {
        return pass(WRITERS, schema);
    }

    private static String pass(int kind, String schema) {
        return "select pg_advisory_xact_lock_shared(" + kind + ", " + schema.hashCode() + ")";
    }

    /** Waits until no writer is within, and keeps them out until the transaction ends. */
    public static void shutForWriters(Connection connection, String schema) throws SQLException {
        shut(connection, WRITERS, schema);
    }

    /** The same for readers; those that come meanwhile wait as well, so this must be short. */
    public static void shutForReaders(Connection connection, String schema) throws SQLException {
        shut(connection, READERS, schema);
    }

    private static void shut(Connection connection, int kind, String schema) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select pg_advisory_xact_lock(?, ?)")) {
            lock.setInt(1, kind);
            lock.setInt(2, schema.hashCode());
            lock.execute();
        }
    }
}
