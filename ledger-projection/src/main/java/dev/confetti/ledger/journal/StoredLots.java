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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Lots in their table. */
public final class StoredLots {
    private static final String COLUMNS =
            """
            select l.position, l.lot_id, l.viewer_id, s.code, s.scale, l.coins, l.price, l.commission,
            l.used, l.recognised, l.commission_recognised from lot l join asset s using (asset_id)
            """;

    /** SQLSTATE of a data exception: trying again does not help. */
    private static final String BROKEN_DATA = "22000";

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

    /** Which lots a list is to have; null is no filter. */
    public record Filter(
            @Nullable String viewerId, @Nullable String currency, @Nullable Boolean open) {}

    /**
     * Lots with a position above {@code after} and up to {@code through}, in order.
     *
     * @param limit the most lots to look at; all there are when the last of them is not reached
     * @return those that the filter lets pass, and the last that was looked at
     */
    public static Page page(
            Connection connection, long after, long through, Filter filter, int limit)
            throws SQLException {
        String viewer = filter.viewerId();
        try (PreparedStatement query =
                connection.prepareStatement(
                        COLUMNS
                                + "where l.position > ? and l.position <= ?"
                                + (viewer == null ? "" : " and l.viewer_id = ?")
                                + " order by l.position limit ?")) {
            query.setLong(1, after);
            query.setLong(2, through);
            int next = 3;
            if (viewer != null) {
                query.setString(next++, viewer);
            }
            query.setInt(next, limit);
            List<Lot> read = lots(query);
            return new Page(
                    read.stream().filter(lot -> passes(lot, filter)).toList(),
                    read.size() < limit ? null : read.getLast().position());
        }
    }

    /**
     * Some lots.
     *
     * @param last the last position that was looked at; null when there is nothing more
     */
    public record Page(List<Lot> lots, @Nullable Long last) {
        public Page {
            lots = List.copyOf(lots);
        }
    }

    private static boolean passes(Lot lot, Filter filter) {
        String currency = filter.currency();
        Boolean open = filter.open();
        return (currency == null || currency.equals(lot.currency().code()))
                && (open == null || open == (lot.used() < lot.coins()));
    }

    /** The lot of an id; empty when there is none. */
    public static Optional<Lot> find(Connection connection, UUID lotId) throws SQLException {
        return read(connection, List.of(lotId)).stream().findFirst();
    }

    /**
     * Writes lots as they now are.
     *
     * @param lots new ones and changed ones, each once
     * @param after the position before the batch: lots above it are new
     * @param entries those of the batch, among them the purchases of the new ones
     */
    static void write(Connection connection, List<Lot> lots, long after, List<JournalEntry> entries)
            throws SQLException {
        List<Lot> opened = lots.stream().filter(lot -> lot.position() > after).toList();
        if (!opened.isEmpty()) {
            insert(connection, opened, purchasedAt(entries));
        }
        // In the order of the index, in which neighbours share their way down.
        List<Lot> changed =
                lots.stream()
                        .filter(lot -> lot.position() <= after)
                        .sorted(Comparator.comparingLong(Lot::position))
                        .toList();
        if (!changed.isEmpty()) {
            update(connection, changed);
        }
    }

    private static void insert(
            Connection connection, List<Lot> lots, Map<Long, Instant> purchasedAt)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        """
                        insert into lot (position, lot_id, viewer_id, asset_id, coins, price, commission,
                            used, recognised, commission_recognised, recorded_at)
                        select n.position, n.lot_id, n.viewer_id, s.asset_id, n.coins, n.price, n.commission,
                            n.used, n.recognised, n.commission_recognised, n.recorded_at
                        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) n (position, lot_id, viewer_id, asset,
                            coins, price, commission, used, recognised, commission_recognised, recorded_at)
                        join asset s on s.code = n.asset
                        """)) {
            insert.setObject(1, numbers(lots, Lot::position));
            insert.setArray(
                    2, connection.createArrayOf("uuid", lots.stream().map(Lot::lotId).toArray()));
            insert.setArray(
                    3,
                    connection.createArrayOf("text", lots.stream().map(Lot::viewerId).toArray()));
            insert.setArray(
                    4,
                    connection.createArrayOf(
                            "text", lots.stream().map(lot -> lot.currency().code()).toArray()));
            insert.setObject(5, numbers(lots, Lot::coins));
            insert.setObject(6, numbers(lots, Lot::price));
            insert.setObject(7, numbers(lots, Lot::commission));
            insert.setObject(8, numbers(lots, Lot::used));
            insert.setObject(9, numbers(lots, Lot::recognised));
            insert.setObject(10, numbers(lots, Lot::commissionRecognised));
            insert.setArray(
                    11,
                    connection.createArrayOf(
                            "timestamptz",
                            lots.stream()
                                    .map(lot -> String.valueOf(purchasedAt.get(lot.position())))
                                    .toArray()));
            insert.executeUpdate();
        }
    }

    private static void update(Connection connection, List<Lot> lots) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        """
                        update lot l set used = n.used, recognised = n.recognised,
                            commission_recognised = n.commission_recognised
                        from unnest(?, ?, ?, ?) n (position, used, recognised, commission_recognised)
                        where l.position = n.position
                        """)) {
            update.setObject(1, numbers(lots, Lot::position));
            update.setObject(2, numbers(lots, Lot::used));
            update.setObject(3, numbers(lots, Lot::recognised));
            update.setObject(4, numbers(lots, Lot::commissionRecognised));
            int updated = update.executeUpdate();
            if (updated != lots.size()) {
                throw new SQLException(
                        "ledger table lot: expected "
                                + lots.size()
                                + " lots from position "
                                + lots.getFirst().position()
                                + " to "
                                + lots.getLast().position()
                                + ", found "
                                + updated,
                        BROKEN_DATA);
            }
        }
    }

    private static long[] numbers(List<Lot> lots, ToLongFunction<Lot> column) {
        return lots.stream().mapToLong(column).toArray();
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
