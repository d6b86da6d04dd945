package dev.confetti.ledger.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Where a ledger stands.
 *
 * @param position every event up to it is booked
 * @param entries how many of them made an entry
 * @param chain hash of the last entry
 */
public record LedgerPosition(long position, long entries, ChainHash chain) {
    public static LedgerPosition read(Connection connection) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement(
                                "select position, entries, chain from source_position"
                                        + " where source = 'log'");
                ResultSet row = query.executeQuery()) {
            if (!row.next()) {
                throw new SQLException(
                        "ledger table source_position: expected the row 'log', found none");
            }
            return new LedgerPosition(
                    row.getLong(1), row.getLong(2), ChainHash.of(row.getBytes(3)));
        }
    }
}
