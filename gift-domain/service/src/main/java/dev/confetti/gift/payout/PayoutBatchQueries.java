package dev.confetti.gift.payout;

import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.purchase.Money;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Batches of payouts as they stand; as new as the log. Thread-safe. */
public final class PayoutBatchQueries {
    private static final String COLUMNS =
            """
            select b.batch_id, b.payouts, b.created_by, b.created_at, b.position,
                exists (select from domain.payout p
                    where p.batch_id = b.batch_id and p.status = 'approved')
            from domain.payout_batch b
            """;
    private static final String AMOUNTS =
            """
            select sum(amount_minor - withholding_minor - fee_minor)::bigint, currency
            from domain.payout where batch_id = ? group by currency order by currency
            """;
    private static final String UNFINISHED =
            """
            select b.batch_id from domain.payout_batch b
            where exists (select from domain.payout p
                where p.batch_id = b.batch_id and p.status = 'approved')
            order by b.position
            """;

    private final GiftDatabase database;

    public PayoutBatchQueries(GiftDatabase database) {
        this.database = database;
    }

    Optional<PayoutBatch> find(UUID batchId) {
        return read(COLUMNS + "where b.batch_id = ?", query -> query.setObject(1, batchId)).stream()
                .findFirst();
    }

    /** Batches, latest first. */
    List<PayoutBatch> page(long before, int limit) {
        return read(
                COLUMNS + "where b.position < ? order by b.position desc limit ?",
                query -> {
                    query.setLong(1, before);
                    query.setInt(2, limit);
                });
    }

    /** Those some of whose payouts are not marked as sent yet, oldest first. */
    List<UUID> unfinished() {
        List<UUID> batches = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(UNFINISHED);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                batches.add(row.getObject(1, UUID.class));
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
        return batches;
    }

    @FunctionalInterface
    private interface Parameters {
        void set(PreparedStatement query) throws SQLException;
    }

    private List<PayoutBatch> read(String sql, Parameters parameters) {
        List<PayoutBatch> batches = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            parameters.set(query);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    UUID batchId = row.getObject(1, UUID.class);
                    batches.add(
                            new PayoutBatch(
                                    batchId,
                                    row.getBoolean(6) ? "sending" : "sent",
                                    row.getInt(2),
                                    amounts(connection, batchId),
                                    row.getString(3),
                                    row.getObject(4, OffsetDateTime.class).toInstant(),
                                    "/v1/payout-batches/" + batchId + "/pain.001",
                                    row.getLong(5)));
                }
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
        return batches;
    }

    private static List<Money> amounts(Connection connection, UUID batchId) throws SQLException {
        List<Money> amounts = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(AMOUNTS)) {
            query.setObject(1, batchId);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    amounts.add(new Money(row.getLong(1), row.getString(2)));
                }
            }
        }
        return amounts;
    }

    private static LogUnavailableException unreadable(SQLException e) {
        return new LogUnavailableException("payout batches cannot be read", false, e);
    }
}
