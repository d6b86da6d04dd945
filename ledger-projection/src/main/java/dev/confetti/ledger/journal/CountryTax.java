package dev.confetti.ledger.journal;

import dev.confetti.events.CoinEvent.ChargebackLost;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.CoinEvent.PurchaseRefunded;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.EventType;
import dev.confetti.ledger.posting.Accounts;
import dev.confetti.ledger.posting.Asset;
import dev.confetti.ledger.posting.Posting;
import dev.confetti.ledger.posting.Side;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tax on sales by country and month, in its table. A purchase says where its buyer was taxed, its
 * lot remembers it, and what takes the purchase back gives the tax back there. All that changes
 * {@code 2210:vat-payable} is in it; what has no country is without one.
 */
public final class CountryTax {
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final String UNKNOWN = "";

    private CountryTax() {}

    /**
     * One country in one month and currency; amounts are in the currency's smallest unit.
     *
     * @param country ISO 3166-1 alpha-2; null where it is not known
     * @param charged 0 or more
     * @param returned 0 or more
     */
    public record Row(
            YearMonth month,
            @Nullable String country,
            Asset currency,
            long charged,
            long returned) {}

    /** Some months, both within, by month, country and currency; unknown countries first. */
    public static List<Row> read(Connection connection, YearMonth from, YearMonth to)
            throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select v.month, v.country, s.code, s.scale, v.charged, v.returned"
                                + " from vat_month v join asset s using (asset_id)"
                                + " where v.month >= ? and v.month <= ?"
                                + " order by v.month, v.country, s.code collate \"C\"")) {
            query.setObject(1, from.atDay(1));
            query.setObject(2, to.atDay(1));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    String country = row.getString(2);
                    rows.add(
                            new Row(
                                    YearMonth.from(row.getObject(1, LocalDate.class)),
                                    country.equals(UNKNOWN) ? null : country,
                                    new Asset(row.getString(3), row.getInt(4)),
                                    row.getLong(5),
                                    row.getLong(6)));
                }
            }
        }
        return rows;
    }

    /** For the one writer, in the transaction of the batch, when its lots are written. */
    static void write(
            Connection connection,
            List<JournalEntry> entries,
            List<Delivery> batch,
            AccountNumbers numbers)
            throws SQLException {
        Map<Long, ConfettiEvent> events = new HashMap<>();
        for (Delivery delivery : batch) {
            switch (delivery.source().event()) {
                case CoinsPurchased purchase -> {
                    events.put(delivery.source().position(), purchase);
                    remember(connection, delivery.source().position(), purchase);
                }
                case PurchaseRefunded refund -> events.put(delivery.source().position(), refund);
                case ChargebackLost lost -> events.put(delivery.source().position(), lost);
                default -> {
                    // bears no tax of a purchase
                }
            }
        }
        for (JournalEntry entry : entries) {
            if (!entry.type().equals(EventType.GIFT_SENT.typeName())) {
                for (Posting posting : entry.postings()) {
                    if (posting.account().code().equals(Accounts.VAT_PAYABLE)) {
                        String country = country(connection, events.get(entry.position()));
                        add(connection, entry, country, posting, numbers);
                    }
                }
            }
        }
    }

    private static void remember(Connection connection, long position, CoinsPurchased purchase)
            throws SQLException {
        String country = known(purchase.taxCountry());
        if (country.equals(UNKNOWN)) {
            return;
        }
        try (PreparedStatement insert =
                connection.prepareStatement("insert into lot_country values (?, ?)")) {
            insert.setLong(1, position);
            insert.setString(2, country);
            insert.executeUpdate();
        }
    }

    private static String known(@Nullable String country) {
        return country != null && COUNTRY.matcher(country).matches() ? country : UNKNOWN;
    }

    private static String country(Connection connection, @Nullable ConfettiEvent event)
            throws SQLException {
        return switch (event) {
            case CoinsPurchased purchase -> known(purchase.taxCountry());
            case PurchaseRefunded refund -> countryOf(connection, refund.lotId());
            case ChargebackLost lost -> countryOf(connection, lost.lotId());
            case null, default -> UNKNOWN;
        };
    }

    private static String countryOf(Connection connection, UUID lotId) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select c.country from lot l join lot_country c using (position)"
                                + " where l.lot_id = ?")) {
            query.setObject(1, lotId);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getString(1) : UNKNOWN;
            }
        }
    }

    private static void add(
            Connection connection,
            JournalEntry entry,
            String country,
            Posting posting,
            AccountNumbers numbers)
            throws SQLException {
        boolean charged = posting.side() == Side.CREDIT;
        try (PreparedStatement upsert =
                connection.prepareStatement(
                        """
                        insert into vat_month as v values (?, ?, ?, ?, ?)
                        on conflict (month, country, asset_id) do update set
                            charged = v.charged + excluded.charged, returned = v.returned + excluded.returned
                        """)) {
            upsert.setObject(1, DailyMovements.day(entry.recordedAt()).withDayOfMonth(1));
            upsert.setString(2, country);
            upsert.setInt(3, numbers.assetId(posting.account().asset()));
            upsert.setLong(4, charged ? posting.amount() : 0);
            upsert.setLong(5, charged ? 0 : posting.amount());
            upsert.executeUpdate();
        }
    }
}
