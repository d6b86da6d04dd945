package dev.confetti.ledger.journal;

import dev.confetti.ledger.posting.Asset;
import dev.confetti.ledger.posting.Lot;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Lots in their table. */
public final class StoredLots {
    private static final String COLUMNS =
            """
            select l.position, l.lot_id, l.viewer_id, s.code, s.scale, l.coins, l.price, l.commission,
            l.used, l.recognised, l.commission_recognised from lot l join asset s using (asset_id)
            """;

    private StoredLots() {}

    static List<Lot> read(Connection connection, Collection<UUID> lotIds) throws SQLException {
        if (lotIds.isEmpty()) {
            return List.of();
        }
        try (PreparedStatement query =
                connection.prepareStatement(COLUMNS + "where l.lot_id = any (?)")) {
            query.setArray(1, connection.createArrayOf("uuid", lotIds.toArray()));
            return lots(query);
        }
    }

    /** Lots with a position above {@code after}, in order. */
    public static List<Lot> range(Connection connection, long after, int limit)
            throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        COLUMNS + "where l.position > ? order by l.position limit ?")) {
            query.setLong(1, after);
            query.setInt(2, limit);
            return lots(query);
        }
    }

    /**
     * Writes lots as they now are, new ones and changed ones.
     *
     * @param entries those that changed them, among them the purchases of the new ones
     */
    static void write(
            Connection connection,
            List<Lot> lots,
            List<JournalEntry> entries,
            AccountNumbers numbers)
            throws SQLException {
        if (lots.isEmpty()) {
            return;
        }
        try (PreparedStatement merge =
                connection.prepareStatement(
                        """
                        merge into lot l using (select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)) as n
                            (position, lot_id, viewer_id, asset_id, coins, price, commission,
                             used, recognised, commission_recognised, recorded_at)
                        on l.position = n.position
                        when matched then update set used = n.used, recognised = n.recognised,
                            commission_recognised = n.commission_recognised
                        when not matched then insert values (n.position, n.lot_id, n.viewer_id, n.asset_id,
                            n.coins, n.price, n.commission, n.used, n.recognised, n.commission_recognised,
                            n.recorded_at)
                        """)) {
            merge.setObject(1, lots.stream().mapToLong(Lot::position).toArray());
            merge.setArray(
                    2, connection.createArrayOf("uuid", lots.stream().map(Lot::lotId).toArray()));
            merge.setArray(
                    3,
                    connection.createArrayOf("text", lots.stream().map(Lot::viewerId).toArray()));
            merge.setArray(
                    4,
                    connection.createArrayOf(
                            "smallint",
                            lots.stream()
                                    .map(l -> (short) numbers.assetId(l.currency()))
                                    .toArray()));
            merge.setObject(5, lots.stream().mapToLong(Lot::coins).toArray());
            merge.setObject(6, lots.stream().mapToLong(Lot::price).toArray());
            merge.setObject(7, lots.stream().mapToLong(Lot::commission).toArray());
            merge.setObject(8, lots.stream().mapToLong(Lot::used).toArray());
            merge.setObject(9, lots.stream().mapToLong(Lot::recognised).toArray());
            merge.setObject(10, lots.stream().mapToLong(Lot::commissionRecognised).toArray());
            Map<Long, Instant> purchasedAt = purchasedAt(entries);
            merge.setArray(
                    11,
                    connection.createArrayOf(
                            "timestamptz",
                            lots.stream()
                                    .map(l -> purchasedAt.get(l.position()))
                                    .map(at -> at == null ? null : at.toString())
                                    .toArray()));
            merge.executeUpdate();
        }
    }

    private static Map<Long, Instant> purchasedAt(List<JournalEntry> entries) {
        Map<Long, Instant> purchasedAt = new HashMap<>();
        for (JournalEntry entry : entries) {
            if (entry.openedLot() != null) {
                purchasedAt.put(entry.position(), entry.recordedAt());
            }
        }
        return purchasedAt;
    }

    private static List<Lot> lots(PreparedStatement query) throws SQLException {
        List<Lot> lots = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                lots.add(
                        new Lot(
                                row.getLong(1),
                                row.getObject(2, UUID.class),
                                row.getString(3),
                                new Asset(row.getString(4), row.getInt(5)),
                                row.getLong(6),
                                row.getLong(7),
                                row.getLong(8),
                                row.getLong(9),
                                row.getLong(10),
                                row.getLong(11)));
            }
        }
        return lots;
    }
}
