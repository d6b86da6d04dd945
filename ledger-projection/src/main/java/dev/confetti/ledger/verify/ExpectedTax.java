package dev.confetti.ledger.verify;

import dev.confetti.events.EventType;
import dev.confetti.ledger.journal.DailyMovements;
import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.posting.Accounts;
import dev.confetti.ledger.posting.Posting;
import dev.confetti.ledger.posting.Side;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Tax by month and country, added up again from entries and from what lots say of countries. */
final class ExpectedTax {
    private static final String UNKNOWN = "";

    /** Entries whose reference is that of a purchase. */
    private static final Set<String> OF_PURCHASES =
            Set.of(
                    EventType.COINS_PURCHASED.typeName(),
                    EventType.PURCHASE_REFUNDED.typeName(),
                    EventType.CHARGEBACK_LOST.typeName());

    private final Findings findings;
    private final Map<Long, String> countryOfLot = new HashMap<>();
    private final Map<UUID, String> countryOfPurchase = new HashMap<>();
    private final Map<Key, Sums> expected = new HashMap<>();

    private record Key(LocalDate month, String country, String asset) {
        @Override
        public String toString() {
            return "vat_month of "
                    + month
                    + ", "
                    + (country.equals(UNKNOWN) ? "no country" : country)
                    + ", in "
                    + asset;
        }
    }

    private record Sums(long charged, long returned) {
        Sums plus(Sums other) {
            return new Sums(
                    Math.addExact(charged, other.charged), Math.addExact(returned, other.returned));
        }
    }

    ExpectedTax(Findings findings) {
        this.findings = findings;
    }

    /** To be called before any entry is added. */
    void read(Connection connection) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement("select position, country from lot_country");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                countryOfLot.put(row.getLong(1), row.getString(2));
            }
        }
    }

    void add(JournalEntry entry) {
        if (entry.type().equals(EventType.GIFT_SENT.typeName())) {
            return; // nearly all entries, and none of them bears tax
        }
        String country = countryOfLot.get(entry.position());
        if (country != null) {
            countryOfPurchase.put(entry.reference(), country);
        }
        for (Posting posting : entry.postings()) {
            if (posting.account().code().equals(Accounts.VAT_PAYABLE)) {
                String of =
                        OF_PURCHASES.contains(entry.type())
                                ? countryOfPurchase.getOrDefault(entry.reference(), UNKNOWN)
                                : UNKNOWN;
                boolean charged = posting.side() == Side.CREDIT;
                expected.merge(
                        new Key(
                                DailyMovements.day(entry.recordedAt()).withDayOfMonth(1),
                                of,
                                posting.account().asset().code()),
                        new Sums(charged ? posting.amount() : 0, charged ? 0 : posting.amount()),
                        Sums::plus);
            }
        }
    }

    void compare(Connection connection) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement(
                                """
                                select v.month, v.country, coalesce(s.code, 'asset id ' || v.asset_id),
                                    v.charged, v.returned
                                from vat_month v left join asset s using (asset_id)
                                order by v.month, v.country, v.asset_id
                                """);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                findings.examined(LedgerVerifier.REPORTS);
                Key key =
                        new Key(
                                row.getObject(1, LocalDate.class),
                                row.getString(2),
                                row.getString(3));
                findings.same(
                        LedgerVerifier.REPORTS,
                        key.toString(),
                        expected.remove(key),
                        new Sums(row.getLong(4), row.getLong(5)));
            }
        }
        expected.forEach(
                (key, sums) -> findings.same(LedgerVerifier.REPORTS, key.toString(), sums, null));
    }
}
