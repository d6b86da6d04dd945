package dev.confetti.gift.settlement;

import dev.confetti.events.CoinEvent.ChargebackOpened;
import dev.confetti.events.CoinEvent.ChargebackWon;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.CoinEvent.PurchaseRefunded;
import dev.confetti.events.EventType;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.InlineProjection;
import dev.confetti.gift.log.OneRow;
import dev.confetti.gift.log.Rows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The table {@code domain.provider_movement}: what providers owe us and took back, as new as the
 * log. Thread-safe.
 */
public final class ProviderMovements implements InlineProjection {
    private static final Set<String> TYPES =
            Set.of(
                    EventType.COINS_PURCHASED.typeName(),
                    EventType.PURCHASE_REFUNDED.typeName(),
                    EventType.CHARGEBACK_OPENED.typeName(),
                    EventType.CHARGEBACK_WON.typeName());
    private static final String INSERT =
            """
            insert into domain.provider_movement (movement_id, position, provider, kind, reference,
                purchase_id, currency, gross_minor, fee_minor)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    /** The end of a dispute has the name of its begin. */
    private static final String INSERT_WON =
            """
            insert into domain.provider_movement (movement_id, position, provider, kind, reference,
                purchase_id, currency, gross_minor, fee_minor)
            select ?, ?, provider, 'chargeback-won', reference, purchase_id, currency, ?, 0
            from domain.provider_movement where movement_id = ?
            """;

    private static final String READ =
            """
            select m.*, exists (select from domain.settlement_line l
                where l.movement_id = m.movement_id and (l.settlement_id = ? or exists
                    (select from domain.provider_settlement s
                        where s.settlement_id = l.settlement_id))) as settled
            from domain.provider_movement m
            where m.provider = ? and m.reference = any(?::text[])
            order by m.position
            """;
    private static final String ANY =
            "select exists (select from domain.provider_movement where provider = ?)";

    private final GiftDatabase database;

    public ProviderMovements(GiftDatabase database) {
        this.database = database;
    }

    @Override
    public void apply(Connection connection, List<LogRecord> appended) throws SQLException {
        for (LogRecord row : appended) {
            if (TYPES.contains(row.type())) {
                apply(connection, row);
            }
        }
    }

    private static void apply(Connection connection, LogRecord row) throws SQLException {
        switch (row.event()) {
            case CoinsPurchased bought ->
                    OneRow.write(
                            connection,
                            INSERT,
                            row.eventId(),
                            row.position(),
                            bought.provider(),
                            LineKind.PURCHASE.text(),
                            bought.providerReference(),
                            bought.purchaseId(),
                            bought.currency(),
                            Math.addExact(bought.priceMinor(), bought.taxMinor()),
                            bought.commissionMinor());
            case PurchaseRefunded refunded ->
                    OneRow.write(
                            connection,
                            INSERT,
                            row.eventId(),
                            row.position(),
                            refunded.provider(),
                            LineKind.REFUND.text(),
                            refunded.providerReference(),
                            refunded.purchaseId(),
                            refunded.currency(),
                            -refunded.amountMinor(),
                            -refunded.commissionReturnedMinor());
            case ChargebackOpened opened ->
                    OneRow.write(
                            connection,
                            INSERT,
                            row.eventId(),
                            row.position(),
                            opened.provider(),
                            LineKind.CHARGEBACK.text(),
                            opened.providerReference(),
                            opened.purchaseId(),
                            opened.currency(),
                            -opened.amountMinor(),
                            opened.feeMinor());
            case ChargebackWon won ->
                    OneRow.write(
                            connection,
                            INSERT_WON,
                            row.eventId(),
                            row.position(),
                            won.amountMinor(),
                            won.chargebackId());
            default -> throw new IllegalStateException(row.type() + " holds " + row.event());
        }
    }

    /** Whether anything was booked of a provider. */
    boolean hasAny(String provider) {
        return Rows.read(database, "movements", ANY, row -> row.getBoolean(1), provider).getFirst();
    }

    /**
     * Those of a provider that have one of the references, of any kind and currency, in order.
     *
     * @param settling the settlement whose lines count as if it were recorded
     */
    static List<Movement> named(
            Connection connection, UUID settling, String provider, Set<String> references)
            throws SQLException {
        return Rows.read(
                connection,
                READ,
                ProviderMovements::movement,
                settling,
                provider,
                references.toArray(String[]::new));
    }

    private static Movement movement(ResultSet row) throws SQLException {
        String kind = row.getString("kind");
        return new Movement(
                row.getObject("movement_id", UUID.class),
                LineKind.named(kind)
                        .orElseThrow(() -> new SQLException("kind " + kind + " of a movement")),
                row.getString("reference"),
                row.getString("currency"),
                row.getLong("gross_minor"),
                row.getLong("fee_minor"),
                row.getBoolean("settled"));
    }
}
