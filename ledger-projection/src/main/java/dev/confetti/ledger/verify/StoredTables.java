package dev.confetti.ledger.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Checks of the small tables, by one query each. */
final class StoredTables {
    private StoredTables() {}

    static void checkAssetsAndAccounts(Connection connection, Findings findings)
            throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement(
                                "select code, scale, case code when 'COIN' then 0"
                                        + " when 'DIAMOND' then 4 else 6 end from asset");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                findings.examined(LedgerVerifier.ACCOUNTS);
                findings.expect(
                        LedgerVerifier.ACCOUNTS,
                        "asset " + row.getString(1),
                        "scale",
                        row.getInt(3),
                        row.getInt(2));
            }
        }
        try (PreparedStatement query =
                        connection.prepareStatement(
                                """
                                select a.id, a.code, a.asset, s.code from account a
                                left join asset s on s.asset_id = (a.id & 255)
                                where s.code is distinct from a.asset order by a.id
                                """);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                findings.fault(
                        LedgerVerifier.ACCOUNTS,
                        "account " + row.getLong(1) + " " + row.getString(2),
                        "asset " + row.getString(3) + ": expected " + row.getString(4));
            }
        }
    }

    /** Every position came by one partition, so the furthest of them is the ledger's. */
    static void checkPartitions(Connection connection, long position, Findings findings)
            throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement(
                                "select coalesce(max(last_position), 0) from source_partition");
                ResultSet row = query.executeQuery()) {
            row.next();
            findings.examined(LedgerVerifier.POSITIONS);
            findings.expect(
                    LedgerVerifier.POSITIONS,
                    "source_position",
                    "position",
                    row.getLong(1),
                    position);
        }
    }
}
