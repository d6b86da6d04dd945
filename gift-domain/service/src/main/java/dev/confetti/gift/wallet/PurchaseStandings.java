package dev.confetti.gift.wallet;

import dev.confetti.events.CoinEvent.ChargebackLost;
import dev.confetti.events.CoinEvent.ChargebackOpened;
import dev.confetti.events.CoinEvent.ChargebackWon;
import dev.confetti.events.CoinEvent.PurchaseRefunded;
import dev.confetti.events.EventType;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.InlineProjection;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.log.OneRow;
import dev.confetti.gift.wallet.PurchaseStanding.Chargeback;
import dev.confetti.gift.wallet.PurchaseStanding.ChargebackState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code domain.purchase_standing}: refunds and chargebacks, as new as the log.
 * Thread-safe.
 */
public final class PurchaseStandings implements InlineProjection {
    private static final Set<String> TYPES =
            Set.of(
                    EventType.PURCHASE_REFUNDED.typeName(),
                    EventType.CHARGEBACK_OPENED.typeName(),
                    EventType.CHARGEBACK_WON.typeName(),
                    EventType.CHARGEBACK_LOST.typeName());

    private static final String REFUND =
            """
            insert into domain.purchase_standing (purchase_id, lot_id, refund_id) values (?, ?, ?)
            on conflict (purchase_id) do update
            set refund_id = excluded.refund_id, frozen_coins = 0
            """;
    private static final String OPEN =
            """
            insert into domain.purchase_standing
                (purchase_id, lot_id, chargeback_id, chargeback_state, frozen_coins)
            values (?, ?, ?, 'open', ?)
            on conflict (purchase_id) do update
            set chargeback_id = excluded.chargeback_id,
                chargeback_state = excluded.chargeback_state,
                frozen_coins = excluded.frozen_coins
            """;
    private static final String CLOSE =
            """
            update domain.purchase_standing set chargeback_state = ?, frozen_coins = 0
            where chargeback_id = ?
            """;
    private static final String READ =
            """
            select purchase_id, refund_id, chargeback_id, chargeback_state, frozen_coins
            from domain.purchase_standing where purchase_id = any(?)
            """;
    private static final String CLOSED_LOTS =
            """
            select lot_id from domain.purchase_standing
            where lot_id = any(?) and (refund_id is not null or chargeback_state = 'lost')
            """;

    private final GiftDatabase database;

    public PurchaseStandings(GiftDatabase database) {
        this.database = database;
    }

    @Override
    public void apply(Connection connection, List<LogRecord> appended) throws SQLException {
        for (LogRecord row : appended) {
            if (!TYPES.contains(row.type())) {
                continue;
            }
            switch (row.event()) {
                case PurchaseRefunded refunded ->
                        OneRow.write(
                                connection,
                                REFUND,
                                refunded.purchaseId(),
                                refunded.lotId(),
                                row.eventId());
                case ChargebackOpened opened ->
                        OneRow.write(
                                connection,
                                OPEN,
                                opened.purchaseId(),
                                opened.lotId(),
                                row.eventId(),
                                opened.frozenCoins());
                case ChargebackWon won ->
                        OneRow.write(connection, CLOSE, "won", won.chargebackId());
                case ChargebackLost lost ->
                        OneRow.write(connection, CLOSE, "lost", lost.chargebackId());
                default -> throw new IllegalStateException(row.type() + " holds " + row.event());
            }
        }
    }

    /** How a purchase stands. */
    public PurchaseStanding of(UUID purchaseId) {
        return of(List.of(purchaseId)).getOrDefault(purchaseId, PurchaseStanding.SOUND);
    }

    /** How purchases stand; those to which nothing happened are left out. */
    public Map<UUID, PurchaseStanding> of(Collection<UUID> purchaseIds) {
        Map<UUID, PurchaseStanding> standings = new HashMap<>();
        read(READ, purchaseIds, row -> standings.put(row.getObject(1, UUID.class), standing(row)));
        return standings;
    }

    /** Those of the lots whose purchase was refunded or charged back. */
    public Set<UUID> closedLots(Collection<UUID> lotIds) {
        Set<UUID> closed = new HashSet<>();
        read(CLOSED_LOTS, lotIds, row -> closed.add(row.getObject(1, UUID.class)));
        return closed;
    }

    private static PurchaseStanding standing(ResultSet row) throws SQLException {
        Optional<Chargeback> chargeback = Optional.empty();
        @Nullable UUID id = row.getObject(3, UUID.class);
        if (id != null) {
            String state = row.getString(4).toUpperCase(Locale.ROOT);
            chargeback = Optional.of(new Chargeback(id, ChargebackState.valueOf(state)));
        }
        return new PurchaseStanding(
                Optional.ofNullable(row.getObject(2, UUID.class)), chargeback, row.getLong(5));
    }

    @FunctionalInterface
    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private void read(String sql, Collection<UUID> ids, RowReader reader) {
        if (ids.isEmpty()) {
            return;
        }
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    reader.read(row);
                }
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("the purchases' standings cannot be read", false, e);
        }
    }
}
