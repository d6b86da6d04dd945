package dev.confetti.gift.settlement;

import dev.confetti.events.EventType;
import dev.confetti.events.FinanceEvent.ProviderSettled;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.InlineProjection;
import dev.confetti.gift.log.OneRow;
import dev.confetti.gift.log.OutdatedAppendException;
import dev.confetti.gift.log.Rows;
import dev.confetti.gift.purchase.Money;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code domain.provider_settlement}, as new as the log. Thread-safe. */
public final class SettlementTable implements InlineProjection {
    private static final String INSERT =
            """
            insert into domain.provider_settlement (settlement_id, provider, reference, currency,
                account, bank_minor, receivable_minor, commission_minor, suspense_minor, lines,
                lines_sha256, settled_by, settled_at, position)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    /** Waits for whoever gives the claim up just now, as that one waits for this transaction. */
    private static final String TAKE_CLAIM =
            """
            delete from domain.settlement_claim
            where settlement_id = ? and lines = ? and receivable_minor = ? returning lines
            """;

    private static final String READ = "select * from domain.provider_settlement ";
    private static final String FIND = READ + "where settlement_id = ?";
    private static final String PAGE =
            READ
                    + """
                    where (?::text is null or provider = ?) and position < ?
                    order by position desc limit ?
                    """;
    private static final String SHOW_LINES =
            """
            select l.*, s.currency, m.purchase_id
            from domain.settlement_line l
            join domain.provider_settlement s on s.settlement_id = l.settlement_id
            left join domain.provider_movement m on m.movement_id = l.movement_id
            where l.settlement_id = ? and l.line > ? and (not ? or l.finding <> 'as-booked')
            order by l.line limit ?
            """;

    private final GiftDatabase database;

    public SettlementTable(GiftDatabase database) {
        this.database = database;
    }

    @Override
    public void apply(Connection connection, List<LogRecord> appended) throws SQLException {
        for (LogRecord row : appended) {
            if (row.type().equals(EventType.PROVIDER_SETTLED.typeName())
                    && row.event() instanceof ProviderSettled settled) {
                takeClaim(connection, settled);
                insert(connection, settled, row);
            }
        }
    }

    /** They were put down before; somebody may have given them up since. */
    private static void takeClaim(Connection connection, ProviderSettled settled)
            throws SQLException {
        if (Rows.read(
                        connection,
                        TAKE_CLAIM,
                        row -> true,
                        settled.settlementId(),
                        settled.lines(),
                        settled.receivableMinor())
                .isEmpty()) {
            throw new OutdatedAppendException(
                    settled + ": expected its lines in domain.settlement_line");
        }
    }

    private static void insert(Connection connection, ProviderSettled settled, LogRecord row)
            throws SQLException {
        OneRow.write(
                connection,
                INSERT,
                settled.settlementId(),
                settled.provider(),
                settled.reference(),
                settled.currency(),
                settled.account(),
                settled.bankMinor(),
                settled.receivableMinor(),
                settled.commissionMinor(),
                settled.suspenseMinor(),
                settled.lines(),
                settled.linesSha256(),
                settled.settledBy(),
                row.occurredAt().atOffset(ZoneOffset.UTC),
                row.position());
    }

    Optional<Settlement> find(UUID settlementId) {
        return Rows.read(database, "settlements", FIND, SettlementTable::settlement, settlementId)
                .stream()
                .findFirst();
    }

    static boolean isRecorded(Connection connection, UUID settlementId) throws SQLException {
        return !Rows.read(connection, FIND, row -> true, settlementId).isEmpty();
    }

    /**
     * Settlements, latest first.
     *
     * @param provider whose; null: anybody's
     */
    List<Settlement> page(@Nullable String provider, long before, int limit) {
        return Rows.read(
                database,
                "settlements",
                PAGE,
                SettlementTable::settlement,
                provider,
                provider,
                before,
                limit);
    }

    /**
     * Lines of a settlement, in their order.
     *
     * @param after lines after this one
     * @param onlyOdd whether those that are as booked are left out
     */
    List<ShownLine> lines(UUID settlementId, long after, boolean onlyOdd, int limit) {
        return Rows.read(
                database,
                "lines of settlements",
                SHOW_LINES,
                SettlementTable::line,
                settlementId,
                after,
                onlyOdd,
                limit);
    }

    private static Settlement settlement(ResultSet row) throws SQLException {
        return new Settlement(
                row.getObject("settlement_id", UUID.class),
                row.getString("provider"),
                row.getString("reference"),
                row.getString("account"),
                money(row, "bank_minor"),
                money(row, "receivable_minor"),
                money(row, "commission_minor"),
                money(row, "suspense_minor"),
                row.getInt("lines"),
                row.getString("settled_by"),
                Objects.requireNonNull(Rows.instant(row, "settled_at")),
                row.getLong("position"));
    }

    private static ShownLine line(ResultSet row) throws SQLException {
        return new ShownLine(
                row.getInt("line"),
                row.getString("kind"),
                row.getString("reference"),
                money(row, "gross_minor"),
                money(row, "fee_minor"),
                money(row, "net_minor"),
                money(row, "receivable_minor"),
                money(row, "commission_minor"),
                money(row, "suspense_minor"),
                row.getString("finding"),
                row.getObject("purchase_id", UUID.class));
    }

    private static Money money(ResultSet row, String column) throws SQLException {
        return new Money(row.getLong(column), row.getString("currency"));
    }
}
