package dev.confetti.gift.payout;

import dev.confetti.events.Diamonds;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.Rows;
import dev.confetti.gift.purchase.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Payouts as they stand; as new as the log. Thread-safe. */
public final class PayoutQueries {
    private static final String COLUMNS =
            """
            select payout_id, creator_id, status, diamonds, amount_minor, withholding_minor,
                fee_minor, currency, requested_at, decided_by, decided_at, requested_position,
                batch_id, sent_at, settled_at, given_back_at, bank_reason, bank_charges_minor,
                resolution_id, resolution_outcome, resolution_charges_minor, resolution_by,
                resolution_at
            from domain.payout
            """;

    private final GiftDatabase database;

    public PayoutQueries(GiftDatabase database) {
        this.database = database;
    }

    public Optional<Payout> find(UUID payoutId) {
        return read(COLUMNS + "where payout_id = ?", payoutId).stream().findFirst();
    }

    /**
     * Payouts, latest first.
     *
     * @param creatorId whose; null: everybody's
     * @param status only such; null: any
     */
    List<Payout> page(@Nullable String creatorId, @Nullable String status, long before, int limit) {
        return read(
                COLUMNS
                        + """
                        where (?::text is null or creator_id = ?) and (?::text is null or status = ?)
                            and requested_position < ? order by requested_position desc limit ?
                        """,
                creatorId,
                creatorId,
                status,
                status,
                before,
                limit);
    }

    /** Approved ones that no batch has and whose creators are not held, oldest first. */
    List<Payout> toSend(int limit) {
        return read(
                COLUMNS
                        + """
                        where status = 'approved' and batch_id is null
                            and not exists (select from domain.payout_hold h
                                where h.creator_id = payout.creator_id)
                        order by requested_position limit ?
                        """,
                limit);
    }

    /** Those of a batch, in the order of its file. */
    public List<Payout> ofBatch(UUID batchId) {
        return read(COLUMNS + "where batch_id = ? order by batch_line", batchId);
    }

    private List<Payout> read(String sql, @Nullable Object... values) {
        return Rows.read(database, "payouts", sql, PayoutQueries::payout, values);
    }

    private static Payout payout(ResultSet row) throws SQLException {
        String currency = row.getString(8);
        long amount = row.getLong(5);
        Long withholding = row.getObject(6, Long.class);
        Long fee = row.getObject(7, Long.class);
        Long charges = row.getObject(18, Long.class);
        return new Payout(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                new Diamonds(row.getLong(4)),
                new Money(amount, currency),
                withholding == null ? null : new Money(withholding, currency),
                fee == null ? null : new Money(fee, currency),
                withholding == null || fee == null
                        ? null
                        : new Money(amount - withholding - fee, currency),
                null,
                row.getObject(9, OffsetDateTime.class).toInstant(),
                row.getString(10),
                Rows.instant(row, "decided_at"),
                row.getObject(13, UUID.class),
                Rows.instant(row, "sent_at"),
                Rows.instant(row, "settled_at"),
                Rows.instant(row, "given_back_at"),
                row.getString(17),
                charges == null || charges == 0 ? null : new Money(charges, currency),
                resolution(row, currency),
                row.getLong(12));
    }

    private static Payout.@Nullable Resolution resolution(ResultSet row, String currency)
            throws SQLException {
        UUID resolutionId = row.getObject("resolution_id", UUID.class);
        return resolutionId == null
                ? null
                : new Payout.Resolution(
                        resolutionId,
                        row.getString("resolution_outcome"),
                        new Money(row.getLong("resolution_charges_minor"), currency),
                        row.getString("resolution_by"),
                        Objects.requireNonNull(Rows.instant(row, "resolution_at")),
                        null);
    }
}
