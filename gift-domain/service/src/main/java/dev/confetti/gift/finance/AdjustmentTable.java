package dev.confetti.gift.finance;

import dev.confetti.events.EventType;
import dev.confetti.events.FinanceEvent.AdjustmentApproved;
import dev.confetti.events.FinanceEvent.AdjustmentRejected;
import dev.confetti.events.FinanceEvent.AdjustmentRequested;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.InlineProjection;
import dev.confetti.gift.log.OneRow;
import dev.confetti.gift.log.Rows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code domain.adjustment}, as new as the log. Thread-safe. */
public final class AdjustmentTable implements InlineProjection {
    private static final Set<String> TYPES =
            Set.of(
                    EventType.ADJUSTMENT_REQUESTED.typeName(),
                    EventType.ADJUSTMENT_APPROVED.typeName(),
                    EventType.ADJUSTMENT_REJECTED.typeName());
    private static final String REQUESTED =
            """
            insert into domain.adjustment (adjustment_id, debit_account, credit_account,
                amount_micros, currency, status, requested_by, requested_at, position)
            values (?, ?, ?, ?, ?, 'requested', ?, ?, ?)
            """;
    private static final String DECIDED =
            """
            update domain.adjustment set status = ?, decided_by = ?, decided_at = ?
            where adjustment_id = ?
            """;
    private static final String READ = "select * from domain.adjustment ";
    private static final String FIND = READ + "where adjustment_id = ?";
    private static final String PAGE =
            READ
                    + """
                    where (?::text is null or status = ?) and position < ?
                    order by position desc limit ?
                    """;

    private final GiftDatabase database;

    public AdjustmentTable(GiftDatabase database) {
        this.database = database;
    }

    @Override
    public void apply(Connection connection, List<LogRecord> appended) throws SQLException {
        for (LogRecord row : appended) {
            if (TYPES.contains(row.type())) {
                apply(connection, row, row.occurredAt().atOffset(ZoneOffset.UTC));
            }
        }
    }

    private static void apply(Connection connection, LogRecord row, OffsetDateTime at)
            throws SQLException {
        switch (row.event()) {
            case AdjustmentRequested requested ->
                    OneRow.write(
                            connection,
                            REQUESTED,
                            requested.adjustmentId(),
                            requested.debitAccount(),
                            requested.creditAccount(),
                            requested.amountMicros(),
                            requested.currency(),
                            requested.requestedBy(),
                            at,
                            row.position());
            case AdjustmentApproved approved ->
                    OneRow.write(
                            connection,
                            DECIDED,
                            "approved",
                            approved.approvedBy(),
                            at,
                            approved.adjustmentId());
            case AdjustmentRejected rejected ->
                    OneRow.write(
                            connection,
                            DECIDED,
                            "rejected",
                            rejected.rejectedBy(),
                            at,
                            rejected.adjustmentId());
            default -> throw new IllegalStateException(row.type() + " holds " + row.event());
        }
    }

    Optional<ShownAdjustment> find(UUID adjustmentId) {
        return Rows.read(database, "adjustments", FIND, AdjustmentTable::shown, adjustmentId)
                .stream()
                .findFirst();
    }

    /**
     * Adjustments, latest first.
     *
     * @param status only such; null: any
     */
    List<ShownAdjustment> page(@Nullable String status, long before, int limit) {
        return Rows.read(
                database,
                "adjustments",
                PAGE,
                AdjustmentTable::shown,
                status,
                status,
                before,
                limit);
    }

    private static ShownAdjustment shown(ResultSet row) throws SQLException {
        return new ShownAdjustment(
                row.getObject("adjustment_id", UUID.class),
                row.getString("status"),
                row.getString("debit_account"),
                row.getString("credit_account"),
                new BookAmount(row.getLong("amount_micros")).decimal(),
                row.getString("currency"),
                null,
                row.getString("requested_by"),
                Objects.requireNonNull(Rows.instant(row, "requested_at")),
                row.getString("decided_by"),
                Rows.instant(row, "decided_at"),
                null,
                row.getLong("position"));
    }
}
