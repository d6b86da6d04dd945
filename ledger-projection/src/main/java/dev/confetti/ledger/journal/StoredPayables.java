package dev.confetti.ledger.journal;

import dev.confetti.ledger.posting.Asset;
import dev.confetti.ledger.posting.WorkingBooks.Payable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What creators can be paid, in its table. */
public final class StoredPayables {
    private static final String COLUMNS =
            "select p.creator_id, s.code, s.scale, p.amount from creator_payable p"
                    + " join asset s using (asset_id) ";

    private StoredPayables() {}

    static Map<Payable, Long> read(Connection connection, Collection<String> creatorIds)
            throws SQLException {
        if (creatorIds.isEmpty()) {
            return Map.of();
        }
        try (PreparedStatement query =
                connection.prepareStatement(COLUMNS + "where p.creator_id = any (?)")) {
            query.setArray(1, connection.createArrayOf("text", creatorIds.toArray()));
            return payables(query);
        }
    }

    /** All of them. */
    public static Map<Payable, Long> all(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            return payables(query);
        }
    }

    /** Writes what can be paid as it now is. */
    static void write(Connection connection, Map<Payable, Long> payables) throws SQLException {
        if (payables.isEmpty()) {
            return;
        }
        try (PreparedStatement upsert =
                connection.prepareStatement(
                        """
                        insert into creator_payable (creator_id, asset_id, amount)
                        values (?, (select asset_id from asset where code = ?), ?)
                        on conflict (creator_id, asset_id) do update set amount = excluded.amount
                        """)) {
            for (var payable : payables.entrySet()) {
                upsert.setString(1, payable.getKey().creatorId());
                upsert.setString(2, payable.getKey().currency().code());
                upsert.setLong(3, payable.getValue());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    private static Map<Payable, Long> payables(PreparedStatement query) throws SQLException {
        Map<Payable, Long> payables = new HashMap<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                payables.put(
                        new Payable(row.getString(1), new Asset(row.getString(2), row.getInt(3))),
                        row.getLong(4));
            }
        }
        return payables;
    }
}
