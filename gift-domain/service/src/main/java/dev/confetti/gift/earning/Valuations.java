package dev.confetti.gift.earning;

import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.Diamonds;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.log.Rows;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What creators have that is not paid, as the book of earnings has it. Thread-safe. */
public final class Valuations {
    private static final String POSITION = "select position from domain.earnings_book";
    private static final String CREATORS =
            """
            select e.creator_id, e.pending, e.available, r.revaluation_id
            from domain.creator_earnings e
            left join domain.earnings_revaluation r on r.creator_id = e.creator_id
            where e.creator_id > ? and (?::text is null or e.creator_id = ?)
            order by e.creator_id limit ?
            """;
    private static final String PENDING =
            """
            select creator_id, currency, sum(micros)::bigint from domain.pending_earnings
            where creator_id = any (?) group by creator_id, currency having sum(micros) <> 0
            order by creator_id, currency
            """;
    private static final String AVAILABLE =
            """
            select creator_id, currency, micros from domain.creator_worth
            where creator_id = any (?) and micros <> 0 order by creator_id, currency
            """;
    private static final String DIAMONDS =
            """
            select coalesce(sum(pending + abs(available)), 0) from domain.creator_earnings
            where ?::text is null or creator_id = ?
            """;

    private final GiftDatabase database;

    public Valuations(GiftDatabase database) {
        this.database = database;
    }

    /**
     * Some creators, in the order of their ids.
     *
     * @param position how far the book was when all of them were read
     */
    public record Some(long position, List<Valuation> valuations) {
        public Some {
            valuations = List.copyOf(valuations);
        }
    }

    /** One creator's; empty for one who never earned anything. */
    public Optional<Valuation> of(String creatorId) {
        return some("", creatorId, 1).valuations().stream().findFirst();
    }

    /**
     * Those after a creator.
     *
     * @param after a creator's id; empty to begin
     * @param only this creator, if after it; null: all
     */
    public Some some(String after, @Nullable String only, int limit) {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                return some(connection, after, only, limit);
            } finally {
                connection.rollback();
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("earnings cannot be read", false, e);
        }
    }

    private static Some some(Connection connection, String after, @Nullable String only, int limit)
            throws SQLException {
        long position = Rows.read(connection, POSITION, row -> row.getLong(1)).getFirst();
        Map<String, List<Worth>> pending = new HashMap<>();
        Map<String, List<Worth>> available = new HashMap<>();
        List<Valuation> found =
                Rows.read(
                        connection,
                        CREATORS,
                        row ->
                                new Valuation(
                                        row.getString(1),
                                        position,
                                        new Diamonds(row.getLong(2)),
                                        List.of(),
                                        new Diamonds(row.getLong(3)),
                                        List.of(),
                                        row.getObject(4, UUID.class)),
                        after,
                        only,
                        only,
                        limit);
        Object[] ids = found.stream().map(Valuation::creatorId).toArray();
        read(connection, PENDING, ids, pending);
        read(connection, AVAILABLE, ids, available);
        return new Some(
                position,
                found.stream()
                        .map(
                                each ->
                                        new Valuation(
                                                each.creatorId(),
                                                position,
                                                each.pending(),
                                                pending.getOrDefault(each.creatorId(), List.of()),
                                                each.available(),
                                                available.getOrDefault(each.creatorId(), List.of()),
                                                each.lastRevaluation()))
                        .toList());
    }

    private static void read(
            Connection connection, String sql, Object[] ids, Map<String, List<Worth>> into)
            throws SQLException {
        Rows.read(
                        connection,
                        sql,
                        row ->
                                Map.entry(
                                        row.getString(1),
                                        new Worth(row.getString(2), row.getLong(3))),
                        connection.createArrayOf("text", ids))
                .forEach(
                        each ->
                                into.computeIfAbsent(each.getKey(), id -> new ArrayList<>())
                                        .add(each.getValue()));
    }

    /**
     * Diamonds that would get another rate, in 0.0001.
     *
     * @param only this creator's; null: all
     */
    public BigDecimal tenThousandths(@Nullable String only) {
        return Rows.read(database, "earnings", DIAMONDS, row -> row.getBigDecimal(1), only, only)
                .getFirst();
    }
}
