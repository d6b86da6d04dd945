package dev.confetti.ledger.finance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.PayoutSettled;
import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.Diamonds;
import dev.confetti.events.EventType;
import dev.confetti.events.FinanceEvent.AdjustmentApproved;
import dev.confetti.events.FinanceEvent.ProviderSettled;
import dev.confetti.ledger.LedgerDatabaseFixture;
import dev.confetti.ledger.Samples;
import dev.confetti.ledger.clearing.OpenItem;
import dev.confetti.ledger.clearing.OpenItems;
import dev.confetti.ledger.journal.ClearingItems;
import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.journal.JournalWriter;
import dev.confetti.ledger.journal.LedgerPosition;
import dev.confetti.ledger.journal.SourceEvent;
import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.Asset;
import dev.confetti.ledger.posting.Posting;
import dev.confetti.ledger.posting.Side;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is open: a hand-worked life of two payouts and of suspense, and a random run. */
class ClearingTest {
    private static final Instant START = Samples.START;

    @Test
    void itemsAreMatchedByReferenceThenOldestFirstAsOfAnyMoment() throws SQLException {
        LedgerDatabaseFixture ledger = new LedgerDatabaseFixture();
        PayoutApproved first = Samples.payout(101, 400, 400, 40);
        PayoutApproved second = Samples.payout(102, 200, 200, 20);
        List<ConfettiEvent> events = new ArrayList<>(earned()); // to day 9
        events.addAll(List.of(Samples.requested(first), first, Samples.sent(first))); // 10 to 12
        events.addAll(List.of(Samples.requested(second), second, Samples.sent(second))); // to 15
        events.add(Samples.settled(first)); // 16
        events.add(settled(201, 500)); // 17: 5.00 that nobody can explain
        events.add(settled(202, 300)); // 18
        events.add(adjusted(203, 600)); // 19: 6.00 of it is written off
        events.add(Samples.failed(second)); // 20
        book(ledger, events);

        // 4.00 less 0.40 and 0.25, then 2.00 less 0.20 and 0.25; a credit in an asset.
        assertThat(items(ledger, "1030:payouts-in-transit", 15))
                .containsExactly(item(101, 12, -3_350_000), item(102, 15, -1_550_000));
        assertThat(items(ledger, "1030:payouts-in-transit", 16))
                .containsExactly(item(102, 15, -1_550_000));
        assertThat(items(ledger, "1030:payouts-in-transit", 20)).isEmpty();
        // What is settled is not even read.
        Account inTransit = new Account("1030:payouts-in-transit", Asset.fiat("USD"));
        assertThat(
                        ledger.transactions.<List<ClearingItems.Item>>read(
                                c -> ClearingItems.open(c, inTransit, 20)))
                .isEmpty();
        assertThat(items(ledger, "2300:suspense", 18))
                .containsExactly(item(201, 17, 5_000_000), item(202, 18, 3_000_000));
        assertThat(items(ledger, "2300:suspense", 19)).containsExactly(item(202, 18, 2_000_000));
        assertThat(items(ledger, "2300:suspense", 16)).isEmpty();
        // 7.00 of Apple for the purchase of day 1.
        assertThat(items(ledger, "1021:receivable:apple", 8))
                .containsExactly(
                        new OpenItem(null, null, Instant.parse("2026-01-02T00:00:00Z"), 7_000_000));
        assertThat(items(ledger, "1021:receivable:apple", 20).getFirst().ageDays(day(20)))
                .isEqualTo(19);
    }

    /** 3.35 are in transit; the bank takes 2.00, 3.00 and 1.00. */
    @Test
    void anItemThatChangesSidesIsAsOldAsItsNewSide() throws SQLException {
        LedgerDatabaseFixture ledger = new LedgerDatabaseFixture();
        PayoutApproved payout = Samples.payout(101, 400, 400, 40);
        List<ConfettiEvent> events = new ArrayList<>(earned()); // to day 9
        events.addAll(List.of(Samples.requested(payout), payout, Samples.sent(payout))); // 12
        events.add(new PayoutSettled(payout.payoutId(), "7", 200, 0, "USD", Samples.id(901), null));
        events.add(new PayoutSettled(payout.payoutId(), "7", 300, 0, "USD", Samples.id(902), null));
        events.add(new PayoutSettled(payout.payoutId(), "7", 100, 0, "USD", Samples.id(903), null));
        book(ledger, events);
        String code = "1030:payouts-in-transit";
        assertThat(items(ledger, code, 13)).containsExactly(item(101, 12, -1_350_000));
        assertThat(items(ledger, code, 14)).containsExactly(item(101, 14, 1_650_000));
        assertThat(items(ledger, code, 15)).containsExactly(item(101, 14, 2_650_000));
    }

    @Test
    void eachCurrencyHasItemsOfItsOwn() throws SQLException {
        LedgerDatabaseFixture ledger = new LedgerDatabaseFixture();
        book(
                ledger,
                List.of(
                        settled(201, 500),
                        settled(202, 300, "EUR"),
                        Samples.purchase(1, "42", 10, 0, 1_000, 0, 0, "stripe"),
                        Samples.grant(4, "42", 1),
                        euros(Samples.purchase(5, "42", 10, 0, 700, 0, 0, "stripe"))));
        List<OpenItems.Of> found = all(ledger, "2300:suspense", 2);
        assertThat(found)
                .extracting(each -> each.account().asset().code())
                .containsExactly("EUR", "USD");
        assertThat(found.get(0).items()).containsExactly(item(202, 2, 3_000_000));
        assertThat(found.get(1).items()).containsExactly(item(201, 1, 5_000_000));
        List<OpenItems.Of> receivables = all(ledger, "1020:receivable:psp", 5);
        assertThat(receivables.get(0).items()).containsExactly(ofDay(6, 7_000_000));
        assertThat(receivables.get(1).items()).containsExactly(ofDay(4, 10_000_000));
    }

    private static CoinsPurchased euros(CoinsPurchased sale) {
        return new CoinsPurchased(
                sale.purchaseId(),
                sale.lotId(),
                sale.viewerId(),
                sale.coins(),
                sale.bonusCoins(),
                sale.priceMinor(),
                sale.taxMinor(),
                sale.commissionMinor(),
                "EUR",
                sale.provider(),
                sale.providerReference(),
                null);
    }

    /** 10.00 are settled, then 3.00 of them and 4.00 more are given back. */
    @Test
    void whatAProviderIsOwedIsBelowZeroAndAsOldAsItsDays() throws SQLException {
        LedgerDatabaseFixture ledger = new LedgerDatabaseFixture();
        CoinsPurchased first = Samples.purchase(1, "42", 10, 0, 300, 0, 0, "stripe");
        CoinsPurchased second = Samples.purchase(2, "42", 10, 0, 400, 0, 0, "stripe");
        book(
                ledger,
                List.of(
                        first,
                        second,
                        paidOut(203, 700),
                        Samples.refund(4, first, 10, 0),
                        Samples.refund(5, second, 10, 0)));
        String code = "1020:receivable:psp";
        assertThat(items(ledger, code, 2))
                .containsExactly(ofDay(2, 3_000_000), ofDay(3, 4_000_000));
        assertThat(items(ledger, code, 3)).isEmpty();
        assertThat(items(ledger, code, 5))
                .containsExactly(ofDay(5, -3_000_000), ofDay(6, -4_000_000));
    }

    private static ProviderSettled paidOut(long id, long amountMinor) {
        return new ProviderSettled(
                Samples.id(id),
                "1020:receivable:psp",
                "stripe",
                "settlement-" + id,
                "USD",
                amountMinor,
                amountMinor,
                0,
                0,
                1,
                "ab".repeat(32),
                "fin");
    }

    private static OpenItem ofDay(int dayOfJanuary, long amount) {
        return new OpenItem(
                null,
                null,
                Instant.parse("2026-01-%02dT00:00:00Z".formatted(dayOfJanuary)),
                amount);
    }

    @Test
    void whatIsOpenSinceLaterIsNoDayOld() {
        assertThat(item(1, 5, 1).ageDays(day(4))).isZero();
        assertThat(item(1, 5, 1).ageDays(day(6).minusSeconds(1))).isZero();
        assertThat(item(1, 5, 1).ageDays(day(6))).isEqualTo(1);
    }

    @Test
    void openItemsOfARandomRunAreThePlainSumsByReference() throws SQLException {
        MonthsOfBooks books = MonthsOfBooks.shared();
        long seed = books.seed;
        Random random = new Random(seed);
        for (int i = 0; i < 30; i++) {
            long asOf = random.nextInt((int) books.last()) + 1L;
            Map<UUID, Long> expected = new HashMap<>();
            long receivable = 0;
            for (JournalEntry entry : books.entries) {
                if (entry.position() <= asOf) {
                    for (Posting posting : entry.postings()) {
                        long amount =
                                posting.side() == Side.DEBIT ? posting.amount() : -posting.amount();
                        if (posting.account().code().equals("1040:disputes-receivable")) {
                            expected.merge(entry.reference(), amount, Long::sum);
                        } else if (posting.account().code().equals("1020:receivable:psp")) {
                            receivable += amount;
                        }
                    }
                }
            }
            expected.values().removeIf(open -> open == 0);
            Map<UUID, Long> found = new HashMap<>();
            for (OpenItem item : items(books.ledger, "1040:disputes-receivable", asOf)) {
                found.put(item.reference(), item.amount());
            }
            assertThat(found).as("seed %d, as of %d", seed, asOf).isEqualTo(expected);
            assertThat(
                            items(books.ledger, "1020:receivable:psp", asOf).stream()
                                    .mapToLong(OpenItem::amount)
                                    .sum())
                    .as("seed %d, as of %d", seed, asOf)
                    .isEqualTo(receivable);
        }
    }

    private static List<ConfettiEvent> earned() {
        List<ConfettiEvent> events = new ArrayList<>(Samples.example());
        events.add(
                new EarningsReleased(
                        "7",
                        Diamonds.parse("899.5"),
                        4,
                        6,
                        8,
                        List.of(new Worth("USD", 8_995_000))));
        return events;
    }

    private static OpenItem item(long reference, long entry, long amount) {
        return new OpenItem(Samples.id(reference), entry, day(entry), amount);
    }

    private static Instant day(long position) {
        return START.plusSeconds(position * 86_400);
    }

    private static ProviderSettled settled(long id, long suspenseMinor) {
        return settled(id, suspenseMinor, "USD");
    }

    private static ProviderSettled settled(long id, long suspenseMinor, String currency) {
        return new ProviderSettled(
                Samples.id(id),
                "1020:receivable:psp",
                "stripe",
                "settlement-" + id,
                currency,
                suspenseMinor,
                0,
                0,
                -suspenseMinor,
                0,
                "ab".repeat(32),
                "fin");
    }

    private static AdjustmentApproved adjusted(long id, long minor) {
        return new AdjustmentApproved(
                Samples.id(id),
                "2300:suspense",
                "5090:adjustments",
                minor * 10_000,
                "USD",
                "fin-2");
    }

    private static void book(LedgerDatabaseFixture ledger, List<ConfettiEvent> events)
            throws SQLException {
        List<SourceEvent> daily = new ArrayList<>();
        for (ConfettiEvent event : events) {
            long position = daily.size() + 1L;
            daily.add(
                    new SourceEvent(
                            position,
                            new UUID(1, position),
                            EventType.of(event),
                            day(position),
                            event));
        }
        JournalWriter writer = new JournalWriter(ledger.transactions);
        writer.load();
        writer.book(LedgerDatabaseFixture.deliveries(daily));
    }

    private static List<OpenItem> items(LedgerDatabaseFixture ledger, String code, long asOf)
            throws SQLException {
        List<OpenItems.Of> found = all(ledger, code, asOf);
        return found.isEmpty() ? List.of() : found.getFirst().items();
    }

    private static List<OpenItems.Of> all(LedgerDatabaseFixture ledger, String code, long asOf)
            throws SQLException {
        return ledger.transactions.read(
                connection ->
                        OpenItems.read(connection, LedgerPosition.read(connection), asOf, code));
    }
}
