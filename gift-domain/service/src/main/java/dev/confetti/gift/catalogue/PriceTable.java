package dev.confetti.gift.catalogue;

import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** The table {@code domain.gift_price}. Thread-safe. */
final class PriceTable {
    private static final String COLUMNS =
            "price_id, gift_id, coins, effective_at, scheduled_at from domain.gift_price ";
    private static final String ALL = "select " + COLUMNS + "order by effective_at, id";
    private static final String ONE = "select " + COLUMNS + "where price_id = ?";
    private static final String PAGE =
            """
            select price_id, gift_id, coins, effective_at, scheduled_at, place from (
                select *, row_number() over (order by effective_at, id) as place
                from domain.gift_price where gift_id = ?) as placed
            where place < ? order by place desc limit ?
            """;
    private static final String INSERT =
            """
            insert into domain.gift_price
                (price_id, gift_id, coins, effective_at, scheduled_at, scheduled_by)
            values (?, ?, ?, ?, ?, ?) on conflict (price_id) do nothing
            """;

    /** After these the database gives up an insert. */
    static final int MOST_SECONDS = 5;

    private final GiftDatabase database;

    PriceTable(GiftDatabase database) {
        this.database = database;
    }

    /**
     * A change and its place among those of its gift.
     *
     * @param place from 1, in the order in which they take effect
     */
    record Placed(PriceChange change, long place) {}

    /** All changes in the order in which they take effect. */
    List<PriceChange> all() {
        return query(ALL, query -> {}, PriceTable::change);
    }

    Optional<PriceChange> find(UUID priceId) {
        return query(ONE, query -> query.setObject(1, priceId), PriceTable::change).stream()
                .findFirst();
    }

    /** A gift's changes, the last to take effect first. */
    List<Placed> of(String giftId, long beforePlace, int limit) {
        return query(
                PAGE,
                query -> {
                    query.setString(1, giftId);
                    query.setLong(2, beforePlace);
                    query.setInt(3, limit);
                },
                row -> new Placed(change(row), row.getLong("place")));
    }

    /**
     * Adds a change, unless it is there already.
     *
     * @param inTime asked once the database answers; when it says no nothing is added
     * @return whether it was added
     */
    boolean add(PriceChange change, String staffId, BooleanSupplier inTime) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            if (!inTime.getAsBoolean()) {
                throw new LogUnavailableException("the database answers too late", false, null);
            }
            insert.setQueryTimeout(MOST_SECONDS);
            insert.setObject(1, change.priceId());
            insert.setString(2, change.giftId());
            insert.setLong(3, change.coins());
            insert.setObject(4, timestamp(change.effectiveAt()));
            insert.setObject(5, timestamp(change.scheduledAt()));
            insert.setString(6, staffId);
            return insert.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new LogUnavailableException("a price cannot be scheduled", false, e);
        }
    }

    private <T> List<T> query(String sql, Parameters parameters, Row<T> row) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            parameters.set(query);
            List<T> rows = new ArrayList<>();
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    rows.add(row.read(result));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new LogUnavailableException("prices cannot be read", false, e);
        }
    }

    private static PriceChange change(ResultSet row) throws SQLException {
        return new PriceChange(
                row.getObject("price_id", UUID.class),
                row.getString("gift_id"),
                row.getLong("coins"),
                row.getObject("effective_at", OffsetDateTime.class).toInstant(),
                row.getObject("scheduled_at", OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private interface Parameters {
        void set(PreparedStatement query) throws SQLException;
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }
}
