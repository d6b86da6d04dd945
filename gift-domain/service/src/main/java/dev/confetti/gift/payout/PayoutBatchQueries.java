package dev.confetti.gift.payout;

import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.Rows;
import dev.confetti.gift.purchase.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Batches of payouts as they stand; as new as the log. Thread-safe. */
public final class PayoutBatchQueries {
    private static final String COLUMNS =
            """
            select b.*, exists (select from domain.payout p
                    where p.batch_id = b.batch_id and p.status = 'approved') as unfinished
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

    private static final String WHAT = "payout batches";

    private final GiftDatabase database;

    public PayoutBatchQueries(GiftDatabase database) {
        this.database = database;
    }

    Optional<PayoutBatch> find(UUID batchId) {
        return read(COLUMNS + "where b.batch_id = ?", batchId).stream().findFirst();
    }

    /** Batches, latest first. */
    List<PayoutBatch> page(long before, int limit) {
        return read(
                COLUMNS + "where b.position < ? order by b.position desc limit ?", before, limit);
    }

    /** Those some of whose payouts are not marked as sent yet, oldest first. */
    List<UUID> unfinished() {
        return Rows.read(database, WHAT, UNFINISHED, row -> row.getObject(1, UUID.class));
    }

    private List<PayoutBatch> read(String sql, Object... values) {
        return Rows.read(database, WHAT, sql, PayoutBatchQueries::batch, values);
    }

    private static PayoutBatch batch(ResultSet row) throws SQLException {
        UUID batchId = row.getObject("batch_id", UUID.class);
        return new PayoutBatch(
                batchId,
                row.getBoolean("unfinished") ? "sending" : "sent",
                row.getInt("payouts"),
                Rows.read(
                        row.getStatement().getConnection(),
                        AMOUNTS,
                        each -> new Money(each.getLong(1), each.getString(2)),
                        batchId),
                row.getString("created_by"),
                Objects.requireNonNull(Rows.instant(row, "created_at")),
                "/v1/payout-batches/" + batchId + "/pain.001",
                row.getLong("position"));
    }
}
