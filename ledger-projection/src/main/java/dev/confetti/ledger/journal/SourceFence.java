package dev.confetti.ledger.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * The first statement of a batch: moves the ledger's position on, only from where the batch was
 * built, and only in the ledger that it was built on. It locks the row, so that of two writers one
 * waits and then finds the other's move.
 */
final class SourceFence {
    private SourceFence() {}

    /** Which ledger this is; another that takes its name has other account ids. */
    static UUID ledgerId(Connection connection) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement(
                                "select ledger_id from source_position where source = 'log'");
                ResultSet row = query.executeQuery()) {
            if (!row.next()) {
                throw new SQLException(
                        "ledger table source_position: expected the row 'log', found none");
            }
            return row.getObject(1, UUID.class);
        }
    }

    /** Whether the ledger stands where the batch was built, without locking the row. */
    static void check(Connection connection, UUID ledgerId, LedgerPosition from)
            throws SQLException {
        if (!ledgerId(connection).equals(ledgerId)
                || !LedgerPosition.read(connection).equals(from)) {
            throw new LedgerMovedException(from.position());
        }
    }

    static void move(Connection connection, UUID ledgerId, LedgerPosition from, LedgerPosition to)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        "update source_position set position = ?, entries = ?, chain = ?"
                                + " where source = 'log' and ledger_id = ?"
                                + " and position = ? and chain = ?")) {
            update.setLong(1, to.position());
            update.setLong(2, to.entries());
            update.setBytes(3, to.chain().bytes());
            update.setObject(4, ledgerId);
            update.setLong(5, from.position());
            update.setBytes(6, from.chain().bytes());
            if (update.executeUpdate() != 1) {
                throw new LedgerMovedException(from.position());
            }
        }
    }
}
