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
import java.util.LinkedHashMap;
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

    /** What a batch charged and gave back; it is to be written after the batch's lots. */
    static final class Batch implements TableBatch {
        private final Map<Long, String> lotCountries = new LinkedHashMap<>();
        private final List<Change> changes = new ArrayList<>();

        /**
         * A posting of tax.
         *
         * @param lotId the lot whose country it is of; null when the country is said
         */
        private record Change(
                LocalDate month, @Nullable UUID lotId, String country, Posting posting) {}

        @Override
        public void add(SourceEvent source, @Nullable JournalEntry entry) {
            // Gifts are nearly all entries, and bear no tax.
            if (entry == null || source.type() == EventType.GIFT_SENT) {
                return;
            }
            String country = UNKNOWN;
            if (source.event() instanceof CoinsPurchased purchase) {
                country = known(purchase.taxCountry());
                if (!country.equals(UNKNOWN)) {
                    lotCountries.put(source.position(), country);
                }
            }
            for (Posting posting : entry.postings()) {
                if (posting.account().code().equals(Accounts.VAT_PAYABLE)) {
                    changes.add(
                            new Change(
                                    DailyMovements.day(entry.recordedAt()).withDayOfMonth(1),
                                    lotOf(source.event()),
                                    country,
                                    posting));
                }
            }
        }

        @Override
        public void write(Connection connection) throws SQLException {
            if (!lotCountries.isEmpty()) {
                remember(connection, lotCountries);
            }
            Map<Key, long[]> sums = new LinkedHashMap<>();
            for (Change change : changes) {
                UUID lotId = change.lotId;
                String country = lotId == null ? change.country : countryOf(connection, lotId);
                Posting posting = change.posting;
                long[] sum =
                        sums.computeIfAbsent(
                                new Key(change.month, country, posting.account().asset().code()),
                                key -> new long[2]);
                int side = posting.side() == Side.CREDIT ? 0 : 1;
                sum[side] = Math.addExact(sum[side], posting.amount());
            }
            for (var sum : sums.entrySet()) {
                CountryTax.add(connection, sum.getKey(), sum.getValue());
            }
        }
    }

    private record Key(LocalDate month, String country, String asset) {}

    /** The lot that an event takes back; null for all others. */
    private static @Nullable UUID lotOf(ConfettiEvent event) {
        return switch (event) {
            case PurchaseRefunded refund -> refund.lotId();
            case ChargebackLost lost -> lost.lotId();
            default -> null;
        };
    }

    private static void remember(Connection connection, Map<Long, String> lotCountries)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into lot_country select * from unnest(?, ?)")) {
            insert.setObject(1, lotCountries.keySet().stream().mapToLong(p -> p).toArray());
            insert.setArray(2, connection.createArrayOf("text", lotCountries.values().toArray()));
            insert.executeUpdate();
        }
    }

    private static String known(@Nullable String country) {
        return country != null && COUNTRY.matcher(country).matches() ? country : UNKNOWN;
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

    private static void add(Connection connection, Key key, long[] sum) throws SQLException {
        try (PreparedStatement upsert =
                connection.prepareStatement(
                        """
                        insert into vat_month as v
                        values (?, ?, (select asset_id from asset where code = ?), ?, ?)
                        on conflict (month, country, asset_id) do update set
                            charged = v.charged + excluded.charged, returned = v.returned + excluded.returned
                        """)) {
            upsert.setObject(1, key.month);
            upsert.setString(2, key.country);
            upsert.setString(3, key.asset);
            upsert.setLong(4, sum[0]);
            upsert.setLong(5, sum[1]);
            upsert.executeUpdate();
        }
    }
}
