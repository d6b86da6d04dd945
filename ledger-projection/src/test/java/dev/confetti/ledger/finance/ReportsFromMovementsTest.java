package dev.confetti.ledger.finance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.CoinEvent.ChargebackOpened;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.FinanceEvent.AdjustmentApproved;
import dev.confetti.events.FinanceEvent.BreakageRecognised;
import dev.confetti.ledger.LedgerDatabaseFixture;
import dev.confetti.ledger.Samples;
import dev.confetti.ledger.finance.DeferredRevenue.MonthRow;
import dev.confetti.ledger.journal.CountryTax;
import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.journal.JournalWriter;
import dev.confetti.ledger.journal.SourceEvent;
import dev.confetti.ledger.journal.StoredLots;
import dev.confetti.ledger.posting.Accounts;
import dev.confetti.ledger.posting.Asset;
import dev.confetti.ledger.posting.Lot;
import dev.confetti.ledger.posting.Posting;
import dev.confetti.ledger.posting.Side;
import dev.confetti.ledger.verify.LedgerVerifier;
import dev.confetti.ledger.verify.Verification;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports over months against plain sums over all entries. */
class ReportsFromMovementsTest {
    private static final YearMonth JANUARY = YearMonth.of(2026, 1);

    private final MonthsOfBooks books = MonthsOfBooks.shared();
    private final long seed = books.seed;

    @Test
    void movementsAndOpenItemsAreThoseOfTheEntries() throws SQLException {
        Verification verification = new LedgerVerifier(books.ledger.transactions).verify();
        assertThat(verification.holds()).as("seed %d: %s", seed, verification).isTrue();
        assertThat(verification.checks())
                .filteredOn(check -> check.name().equals("reports"))
                .allMatch(check -> check.examined() > 500);
        assertThat(books.ledger.value("select sum(legs) from daily_movement"))
                .isEqualTo(
                        Integer.toString(
                                books.entries.stream().mapToInt(e -> e.legs().size()).sum()));
    }

    @Test
    void deferredRevenueRollsForwardToTheBalanceOfEachMonthsEnd() throws SQLException {
        List<MonthRow> months = months(null, null);
        assertThat(months).hasSizeGreaterThan(4);
        BigDecimal last = BigDecimal.ZERO;
        YearMonth month = JANUARY;
        for (MonthRow row : months) {
            YearMonth ofRow = month;
            Predicate<JournalEntry> within = e -> month(e).equals(ofRow);
            assertThat(row.month()).isEqualTo(month.toString());
            assertThat(row.currency()).isEqualTo("USD");
            assertThat(new BigDecimal(row.opening())).isEqualByComparingTo(last);
            assertThat(row.closing())
                    .as("seed %d, %s", seed, month)
                    .isEqualTo(decimal(liability(e -> !month(e).isAfter(ofRow))));
            assertThat(row.sold()).isEqualTo(decimal(ofTypes(within, "coins-purchased")));
            assertThat(row.recognised())
                    .isEqualTo(
                            decimal(
                                    -ofTypes(
                                            within,
                                            "gift-sent",
                                            "gift-reversed",
                                            "coin-debt-recovered")));
            assertThat(row.refunded()).isEqualTo(decimal(-ofTypes(within, "purchase-refunded")));
            assertThat(row.chargedBack())
                    .isEqualTo(
                            decimal(
                                    -ofTypes(
                                            within,
                                            "chargeback-opened",
                                            "chargeback-won",
                                            "chargeback-lost")));
            assertThat(row.other()).isEqualTo("0.000000");
            assertThat(row.breakage()).isEqualTo(decimal(-sum(Accounts.BREAKAGE, within)));
            assertThat(row.net())
                    .isEqualTo(
                            decimal(
                                    liability(e -> !month(e).isAfter(ofRow))
                                            + sum(
                                                    Accounts.BREAKAGE,
                                                    e -> !month(e).isAfter(ofRow))));
            last = new BigDecimal(row.closing());
            month = month.plusMonths(1);
        }
        assertThat(months).as("seed %d", seed).anyMatch(row -> !row.breakage().equals("0.000000"));
        assertThat(months(JANUARY.plusMonths(1), JANUARY.plusMonths(2)))
                .isEqualTo(months.subList(1, 3));
        assertThat(months(JANUARY.plusMonths(1), JANUARY.plusMonths(90)))
                .isEqualTo(months.subList(1, months.size()));
        assertThat(months(JANUARY.plusMonths(90), null)).isEmpty();
    }

    /** 20.00 of January in dollars, 7.00 of February in euros, of which 0.70 are spent in March. */
    @Test
    void eachCurrencyRollsForwardByItself() throws SQLException {
        LedgerDatabaseFixture ledger = new LedgerDatabaseFixture();
        CoinsPurchased euros =
                new CoinsPurchased(
                        Samples.id(2),
                        Samples.id(2),
                        "42",
                        100,
                        0,
                        700,
                        0,
                        0,
                        "EUR",
                        "stripe",
                        "ref-2",
                        null);
        JournalWriter writer = new JournalWriter(ledger.transactions);
        writer.load();
        writer.book(
                LedgerDatabaseFixture.deliveries(
                        Samples.numbered(
                                List.of(
                                        sale(1, null),
                                        euros,
                                        Samples.gift(
                                                3, "42", "7", List.of(Samples.share(2, 10)), 0)),
                                Duration.ofDays(20))));
        List<MonthRow> months =
                ledger.transactions.read(
                        connection ->
                                DeferredRevenue.months(
                                        connection,
                                        MovementsApi.latestMonth(connection),
                                        null,
                                        null));
        assertThat(months)
                .extracting(
                        row ->
                                String.join(
                                        " ",
                                        row.month(),
                                        row.currency(),
                                        row.opening(),
                                        row.sold(),
                                        row.recognised(),
                                        row.closing()))
                .containsExactly(
                        "2026-01 EUR 0.000000 0.000000 0.000000 0.000000",
                        "2026-01 USD 0.000000 20.000000 0.000000 20.000000",
                        "2026-02 EUR 0.000000 7.000000 0.000000 7.000000",
                        "2026-02 USD 20.000000 0.000000 0.000000 20.000000",
                        "2026-03 EUR 7.000000 0.000000 0.700000 6.300000",
                        "2026-03 USD 20.000000 0.000000 0.000000 20.000000");
    }

    /** 20.00 are sold, 0.25 of them are written off, and 0.50 are expected never to be spent. */
    @Test
    void whatHasNoColumnOfItsOwnIsOtherAndLowersTheBalance() throws SQLException {
        LedgerDatabaseFixture ledger = new LedgerDatabaseFixture();
        JournalWriter writer = new JournalWriter(ledger.transactions);
        writer.load();
        writer.book(
                LedgerDatabaseFixture.deliveries(
                        Samples.numbered(
                                List.of(
                                        sale(1, null),
                                        new AdjustmentApproved(
                                                Samples.id(2),
                                                "2010:contract-liability",
                                                "5090:adjustments",
                                                250_000,
                                                "USD",
                                                "fin-2"),
                                        new BreakageRecognised(
                                                Samples.id(3),
                                                "2026-01",
                                                "USD",
                                                500_000,
                                                "fin-1",
                                                "fin-2",
                                                null)))));
        List<MonthRow> months =
                ledger.transactions.read(
                        connection -> DeferredRevenue.months(connection, JANUARY, null, null));
        assertThat(months)
                .containsExactly(
                        new MonthRow(
                                "2026-01",
                                "USD",
                                "0.000000",
                                "20.000000",
                                "0.000000",
                                "0.000000",
                                "0.000000",
                                "-0.250000",
                                "19.750000",
                                "0.500000",
                                "19.250000"));
    }

    @Test
    void taxByCountryAddsUpToTheMovementOfItsAccount() throws SQLException {
        List<CountryTax.Row> rows =
                books.ledger.transactions.read(
                        connection -> CountryTax.read(connection, JANUARY, JANUARY.plusMonths(90)));
        for (CountryTax.Row row : rows) {
            assertThat(row.country()).isNull(); // the samples do not tell
            assertThat(row.charged() - row.returned())
                    .as("seed %d, %s", seed, row.month())
                    .isEqualTo(sum(Accounts.VAT_PAYABLE, e -> month(e).equals(row.month())));
            assertThat(row.returned()).isPositive();
        }
        assertThat(rows).hasSizeGreaterThan(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void whatIsTakenBackIsTaxOfTheCountryWhereItWasSold(int batch) throws SQLException {
        LedgerDatabaseFixture ledger = new LedgerDatabaseFixture();
        List<CoinsPurchased> sales =
                List.of(sale(1, "DE"), sale(2, "FR"), sale(3, null), sale(4, "germany"));
        List<ConfettiEvent> events = new ArrayList<>(sales);
        events.add(Samples.refund(5, sales.get(0), 100, 0));
        ChargebackOpened dispute = Samples.chargeback(6, sales.get(1), 100);
        events.add(dispute);
        events.add(Samples.lost(dispute, 100, 0, 0, 400));
        events.add(
                new AdjustmentApproved(
                        Samples.id(8), "2210:vat-payable", "1010:bank", 70, "USD", "fin-2"));
        events.add(sale(9, "de"));
        events.add(sale(10, "DEU"));
        JournalWriter writer = new JournalWriter(ledger.transactions);
        List<SourceEvent> numbered = Samples.numbered(events);
        for (int from = 0; from < numbered.size(); from += batch) {
            int to = Math.min(numbered.size(), from + batch);
            // Nothing is remembered but what the tables have.
            writer.load();
            writer.book(LedgerDatabaseFixture.deliveries(numbered.subList(from, to)));
        }
        List<CountryTax.Row> rows =
                ledger.transactions.read(
                        connection -> CountryTax.read(connection, JANUARY, JANUARY));
        assertThat(rows)
                .containsExactly(
                        new CountryTax.Row(JANUARY, null, Asset.fiat("USD"), 16_000_000, 70),
                        new CountryTax.Row(JANUARY, "DE", Asset.fiat("USD"), 4_000_000, 4_000_000),
                        new CountryTax.Row(JANUARY, "FR", Asset.fiat("USD"), 4_000_000, 4_000_000));
        assertThat(new LedgerVerifier(ledger.transactions).verify().holds()).isTrue();
    }

    private static CoinsPurchased sale(long id, @Nullable String country) {
        return new CoinsPurchased(
                Samples.id(id),
                Samples.id(id),
                "42",
                100,
                0,
                2_000,
                400,
                0,
                "USD",
                "stripe",
                "ref-" + id,
                country);
    }

    @Test
    void whatIsLeftOfTheLotsIsWhatViewersAreOwed() throws SQLException {
        List<Lot> lots =
                books.ledger.transactions.read(
                        connection -> StoredLots.range(connection, 0, 1_000_000));
        assertThat(lots.stream().mapToLong(lot -> lot.price() - lot.recognised()).sum())
                .isEqualTo(liability(e -> true));
        List<Lot> open =
                books.ledger.transactions.read(
                        connection ->
                                StoredLots.page(
                                                connection,
                                                0,
                                                books.last(),
                                                new StoredLots.Filter("v3", "USD", true),
                                                1_000_000)
                                        .lots());
        assertThat(open)
                .isEqualTo(
                        lots.stream()
                                .filter(lot -> lot.viewerId().equals("v3"))
                                .filter(lot -> lot.used() < lot.coins())
                                .toList());
    }

    private List<MonthRow> months(@Nullable YearMonth from, @Nullable YearMonth to)
            throws SQLException {
        return books.ledger.transactions.read(
                connection ->
                        DeferredRevenue.months(
                                connection, MovementsApi.latestMonth(connection), from, to));
    }

    private static YearMonth month(JournalEntry entry) {
        return YearMonth.from(entry.recordedAt().atOffset(ZoneOffset.UTC));
    }

    private long ofTypes(Predicate<JournalEntry> within, String... types) {
        List<String> names =
                List.of(types).stream().map(type -> "confetti." + type + ".v1").toList();
        return liability(within.and(e -> names.contains(e.type())));
    }

    private long liability(Predicate<JournalEntry> which) {
        return sum(Accounts.CONTRACT_LIABILITY, which);
    }

    /** Credits less debits of an account. */
    private long sum(String code, Predicate<JournalEntry> which) {
        long sum = 0;
        for (JournalEntry entry : books.entries) {
            if (which.test(entry)) {
                for (Posting posting : entry.postings()) {
                    if (posting.account().code().equals(code)) {
                        sum += posting.side() == Side.CREDIT ? posting.amount() : -posting.amount();
                    }
                }
            }
        }
        return sum;
    }

    private static String decimal(long micros) {
        return BigDecimal.valueOf(micros, 6).toPlainString();
    }
}
