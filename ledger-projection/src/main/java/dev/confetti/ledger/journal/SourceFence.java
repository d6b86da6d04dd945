package dev.confetti.ledger.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The first statement of a batch: moves the ledger's position on, only from where the batch was
 * built. It locks the row, so that of two writers one waits and then finds the other's move.
 */
final class SourceFence {
    private SourceFence() {}

    static void move(Connection connection, LedgerPosition from, LedgerPosition to)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        "update source_position set position = ?, entries = ?, chain = ?"
                                + " where source = 'log' and position = ? and chain = ?")) {
            update.setLong(1, to.position());
            update.setLong(2, to.entries());
            update.setBytes(3, to.chain().bytes());
            update.setLong(4, from.position());
            update.setBytes(5, from.chain().bytes());
            if (update.executeUpdate() != 1) {
                throw new LedgerMovedException(from.position());
            }
        }
    }
}
