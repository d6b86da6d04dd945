package dev.confetti.gift.payout;

import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.PayoutRejected;
import dev.confetti.events.CreatorEvent.PayoutRequested;
import dev.confetti.events.Diamonds;
import dev.confetti.events.EventType;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.InlineProjection;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.log.OneRow;
import dev.confetti.gift.purchase.Money;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code domain.payout}: how each payout stands, as new as the log. Thread-safe. */
public final class PayoutTable implements InlineProjection {
    private static final Set<String> TYPES =
            Set.of(
                    EventType.PAYOUT_REQUESTED.typeName(),
                    EventType.PAYOUT_APPROVED.typeName(),
                    EventType.PAYOUT_REJECTED.typeName());
    private static final String REQUESTED =
            """
            insert into domain.payout (payout_id, creator_id, diamonds, amount_minor, currency,
                status, requested_position, requested_at)
            values (?, ?, ?, ?, ?, 'requested', ?, ?)
            """;
    private static final String APPROVED =
            """
            update domain.payout set status = 'approved', withholding_minor = ?, fee_minor = ?,
                decided_by = ?, decided_at = ?
            where payout_id = ?
            """;
    private static final String REJECTED =
            """
            update domain.payout set status = 'rejected', decided_by = ?, decided_at = ?
            where payout_id = ?
            """;
    private static final String COLUMNS =
            """
            select payout_id, creator_id, status, diamonds, amount_minor, withholding_minor,
                fee_minor, currency, requested_at, decided_by, decided_at, requested_position
            from domain.payout
            """;

    private final GiftDatabase database;

    public PayoutTable(GiftDatabase database) {
        this.database = database;
    }

    @Override
    public void apply(Connection connection, List<LogRecord> appended) throws SQLException {
        for (LogRecord row : appended) {
            if (!TYPES.contains(row.type())) {
                continue;
            }
            OffsetDateTime at = row.occurredAt().atOffset(ZoneOffset.UTC);
            switch (row.event()) {
                case PayoutRequested requested ->
                        OneRow.write(
                                connection,
                                REQUESTED,
                                requested.payoutId(),
                                requested.creatorId(),
                                requested.diamonds().tenThousandths(),
                                requested.amountMinor(),
                                requested.currency(),
                                row.position(),
                                at);
                case PayoutApproved approved ->
                        OneRow.write(
                                connection,
                                APPROVED,
                                approved.withholdingMinor(),
                                approved.feeMinor(),
                                approved.approvedBy(),
                                at,
                                approved.payoutId());
                case PayoutRejected rejected ->
                        OneRow.write(
                                connection,
                                REJECTED,
                                rejected.rejectedBy(),
                                at,
                                rejected.payoutId());
                default -> throw new IllegalStateException(row.type() + " holds " + row.event());
            }
        }
    }

    Optional<Payout> find(UUID payoutId) {
        List<Payout> found = read(COLUMNS + "where payout_id = ?", payoutId);
        return found.stream().findFirst();
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

    private List<Payout> read(String sql, @Nullable Object... values) {
        List<Payout> payouts = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                query.setObject(i + 1, values[i]);
            }
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    payouts.add(payout(row));
                }
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("payouts cannot be read", false, e);
        }
        return payouts;
    }

    private static Payout payout(ResultSet row) throws SQLException {
        String currency = row.getString(8);
        long amount = row.getLong(5);
        Long withholding = row.getObject(6, Long.class);
        Long fee = row.getObject(7, Long.class);
        OffsetDateTime decidedAt = row.getObject(11, OffsetDateTime.class);
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
                decidedAt == null ? null : decidedAt.toInstant(),
                row.getLong(12));
    }
}
