package dev.confetti.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.Diamonds;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.ledger.LedgerDatabaseFixture;
import dev.confetti.ledger.ModelLedger;
import dev.confetti.ledger.RandomEvents;
import dev.confetti.ledger.Samples;
import dev.confetti.ledger.Waiting;
import dev.confetti.ledger.posting.Posting;
import dev.confetti.ledger.posting.UnpostableEventException;
import dev.confetti.ledger.posting.WorkingBooks;
import dev.confetti.ledger.verify.LedgerVerifier;
import dev.confetti.ledger.verify.Verification;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JournalWriterTest {
    private final LedgerDatabaseFixture ledger = new LedgerDatabaseFixture();
    private final JournalWriter writer = new JournalWriter(ledger.transactions);

    @Test
    void theExampleIsStoredAndVerified() throws SQLException {
        writer.load();
        writer.book(LedgerDatabaseFixture.deliveries(Samples.numbered(Samples.example())));
        assertThat(ledger.value("select position || ' ' || entries from source_position"))
                .isEqualTo("8 8");
        assertThat(
                        ledger.value(
                                "select credit - debit from balance b join account a"
                                        + " on a.id = b.account_id where code = '2010:contract-liability'"))
                .isEqualTo("13819048");
        assertThat(
                        ledger.value(
                                "select string_agg(side || ' ' || code || ' ' || amount, ', '"
                                        + " order by code) from posting p join account a on a.id = p.account_id"
                                        + " where entry_id = 6"))
                .isEqualTo(
                        "C 2110:creator-payable:pending 500000, D 5050:promotion-cost 500000,"
                                + " C coin:consumed:promo 100, C creator:7:diamond:pending 500000,"
                                + " D diamond:issued 500000, D viewer:42:coin:promo 100");
        assertThat(verify().holds()).as("%s", verify()).isTrue();
    }

    @Test
    void randomBatchesGiveTheModelsLedgerAsOfEveryPosition() throws SQLException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<SourceEvent> events = Samples.numbered(new RandomEvents(seed, 40).next(20_000));
        ModelLedger model = new ModelLedger(events);
        writer.load();
        JournalWriter current = writer;
        for (int from = 0; from < events.size(); ) {
            int most = random.nextBoolean() ? 6_000 : 30;
            int to = Math.min(events.size(), from + 1 + random.nextInt(most));
            // Each is worked out while the one before may still be on its way.
            current.submit(LedgerDatabaseFixture.deliveries(events.subList(from, to)));
            from = to;
            if (random.nextInt(20) == 0) {
                assertThat(current.settled().position()).isEqualTo(from);
                current = new JournalWriter(ledger.transactions);
                assertThat(current.load().position().position()).isEqualTo(from);
            }
        }
        current.settled();
        Verification verification = verify();
        assertThat(verification.holds()).as("seed %d: %s", seed, verification).isTrue();
        assertThat(verification.entries()).isEqualTo(model.entries().size());
        assertThat(verification.hash()).isEqualTo(model.entries().getLast().hash().toString());
        for (int i = 0; i < 12; i++) {
            long asOf = i == 0 ? 8_192 : i == 1 ? 20_000 : random.nextInt(20_001);
            assertThat(totals(asOf))
                    .as("seed %d, as of %d", seed, asOf)
                    .isEqualTo(model.totals(asOf));
        }
        List<String> codes =
                List.of("viewer:v3:coin:paid", "viewer:v3:coin:promo", "2010:contract-liability");
        for (String code : codes) {
            List<Long> positions = model.positionsOf(code);
            assertPages(seed, random, code, positions);
            for (int i = 0; i < 12; i++) {
                long at = positions.get(random.nextInt(positions.size()));
                long asOf = i % 2 == 0 ? random.nextInt(20_001) : Math.max(0, at - i % 3);
                assertThat(totalsOf(code, asOf))
                        .as("seed %d, %s as of %d", seed, code, asOf)
                        .isEqualTo(of(code, model.totals(asOf)));
            }
        }
    }

    private Map<String, String> totalsOf(String code, long asOf) throws SQLException {
        Map<String, String> totals = new TreeMap<>();
        ledger.transactions
                .read(c -> Balances.of(c, LedgerPosition.read(c), asOf, code))
                .forEach(t -> totals.put(t.account().toString(), t.debits() + " " + t.credits()));
        return totals;
    }

    private static Map<String, String> of(String code, Map<String, String> all) {
        Map<String, String> totals = new TreeMap<>(all);
        totals.keySet().removeIf(account -> !account.startsWith(code + " "));
        return totals;
    }

    /** The block ends on the way, and what is forgotten may be of it. */
    @Test
    void aWriterThatForgetsWhatIsWrittenBooksTheSame() throws SQLException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<SourceEvent> events = Samples.numbered(new RandomEvents(seed, 40).next(9_000));
        JournalWriter forgetful =
                new JournalWriter(
                        ledger.transactions, null, new BatchBuilder.Memory(30, 100, 1_000));
        forgetful.load();
        for (int from = 0; from < events.size(); ) {
            int to = Math.min(events.size(), from + 1 + random.nextInt(40));
            forgetful.submit(LedgerDatabaseFixture.deliveries(events.subList(from, to)));
            from = to;
        }
        assertThat(forgetful.settled().chain())
                .as("seed %d", seed)
                .isEqualTo(new ModelLedger(events).entries().getLast().hash());
        assertThat(verify().holds()).as("seed %d: %s", seed, verify()).isTrue();
    }

    /** An entry of the first batch and all that are behind it are of one block. */
    @Test
    void aBatchThatFailedLeavesNothingBehind() throws SQLException {
        GiftSent gift = Samples.gift(2, "42", "7", List.of(Samples.share(1, 500)), 0);
        List<ConfettiEvent> all = new ArrayList<>();
        all.add(Samples.purchase(1, "42", 1_000, 0, 1_000, 0, 0, "stripe"));
        all.add(gift);
        all.add(Samples.reversal(gift));
        for (int i = 4; i <= 8_200; i++) {
            all.add(Samples.grant(i, "v" + i % 3, 5));
        }
        List<SourceEvent> events = Samples.numbered(all);
        writer.load();
        ledger.execute("alter table balance add constraint none check (debit < 5)");
        writer.submit(LedgerDatabaseFixture.deliveries(events.subList(0, 10)));
        assertThatThrownBy(writer::settled).isInstanceOf(SQLException.class);
        ledger.execute("alter table balance drop constraint none");
        assertThat(writer.load().position().position()).isZero();
        for (int from = 0; from < 8_200; from += 4_100) {
            writer.submit(LedgerDatabaseFixture.deliveries(events.subList(from, from + 4_100)));
        }
        assertThat(writer.settled().chain())
                .isEqualTo(new ModelLedger(events).entries().getLast().hash());
        assertThat(verify().holds()).as("%s", verify()).isTrue();
    }

    @Test
    void aWriterThatBeginsAnewWaitsForWhatIsBeingWritten() throws Exception {
        List<SourceEvent> events = Samples.numbered(Samples.example());
        writer.load();
        AtomicReference<JournalWriter.@Nullable Start> start = new AtomicReference<>();
        Thread anew =
                new Thread(
                        () -> {
                            try {
                                start.set(writer.load());
                            } catch (SQLException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        try (Connection holder = ledger.dataSource.getConnection();
                Statement lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("select from ledger.source_position for update");
            writer.submit(LedgerDatabaseFixture.deliveries(events));
            anew.start();
            Waiting.until(
                    () ->
                            assertThat(anew.getState())
                                    .isIn(Thread.State.WAITING, Thread.State.TERMINATED));
            holder.rollback();
        }
        anew.join();
        assertThat(writer.written().position()).isEqualTo(8);
        assertThat(start.get())
                .isEqualTo(
                        new JournalWriter.Start(
                                writer.written(),
                                List.of(new PartitionMark("confetti.coins", 0, 8, 8))));
    }

    private void assertPages(long seed, Random random, String code, List<Long> expected)
            throws SQLException {
        for (int i = 0; i < 8; i++) {
            long after = i == 0 ? 0 : random.nextInt(20_000);
            long through = i == 0 ? 20_000 : after + random.nextInt(20_000 - (int) after + 1);
            boolean newest = i % 2 == 1;
            int limit = i < 2 ? 100_000 : 1 + random.nextInt(500);
            List<Long> found =
                    ledger.transactions.read(
                            connection ->
                                    new AccountEntries(
                                                    connection,
                                                    LedgerPosition.read(connection),
                                                    AccountNames.idsOf(connection, List.of(code))
                                                            .values())
                                            .find(after, through, limit, newest));
            List<Long> within =
                    new ArrayList<>(
                            expected.stream().filter(p -> p > after && p <= through).toList());
            assertThat(found)
                    .as("seed %d, %s in (%d, %d] newest %s", seed, code, after, through, newest)
                    .isEqualTo(
                            (newest ? within.reversed() : within)
                                    .subList(0, Math.min(limit, within.size())));
        }
    }

    /** All that rules ask for comes from the tables. */
    @Test
    void aWriterThatBeginsAnewBeforeEachEventBooksTheSame() throws SQLException {
        List<ConfettiEvent> events = new ArrayList<>(Samples.example());
        events.addAll(Samples.restOfTheExample());
        // Paid, then reversed: what comes later makes it good.
        GiftSent gift = Samples.gift(4, "42", "7", List.of(Samples.share(1, 500)), 0);
        PayoutApproved all = Samples.payout(104, 499, 499, 0);
        events.addAll(
                List.of(Samples.requested(all), all, Samples.sent(all), Samples.settled(all)));
        events.add(Samples.reversalAfterRelease(gift, gift.lots(), 0));
        events.add(Samples.returned(all, 0));
        List<SourceEvent> numbered = Samples.numbered(events);
        WorkingBooks books = new WorkingBooks();
        List.of(4L, 7L).forEach(id -> books.willAskFor(Samples.id(id)));
        Bookkeeper together = new Bookkeeper(books, 0, ChainHash.START);
        for (SourceEvent event : numbered) {
            JournalWriter anew = new JournalWriter(ledger.transactions);
            anew.load();
            LedgerPosition position = anew.book(LedgerDatabaseFixture.deliveries(List.of(event)));
            together.book(event);
            assertThat(position.chain()).as("after %s", event).isEqualTo(together.head());
        }
        assertThat(verify().holds()).as("%s", verify()).isTrue();
        assertThat(totals(numbered.size()))
                .containsEntry("1070:creator-clawback USD", "2495000 2495000");
    }

    @Test
    void aReversalFindsAGiftThatIsNotWrittenYet() throws Exception {
        GiftSent gift = Samples.gift(2, "42", "7", List.of(Samples.share(1, 500)), 0);
        List<SourceEvent> events =
                Samples.numbered(
                        List.of(Samples.example().getFirst(), gift, Samples.reversal(gift)));
        writer.load();
        assertThat(submitBehind(events.subList(0, 2), events.subList(2, 3))).isNull();
        assertThat(writer.settled().position()).isEqualTo(3);
        assertThat(totals(3)).isEqualTo(new ModelLedger(events).totals(3));
        assertThat(verify().holds()).as("%s", verify()).isTrue();
    }

    @Test
    void aSecondReversalIsRefusedWhileTheFirstIsNotWrittenYet() throws Exception {
        GiftSent gift = Samples.gift(2, "42", "7", List.of(Samples.share(1, 500)), 0);
        List<SourceEvent> events =
                Samples.numbered(
                        List.of(
                                Samples.example().getFirst(),
                                gift,
                                Samples.reversal(gift),
                                Samples.reversal(gift)));
        writer.load();
        writer.book(LedgerDatabaseFixture.deliveries(events.subList(0, 2)));
        assertThat(submitBehind(events.subList(2, 3), events.subList(3, 4)))
                .isInstanceOf(UnpostableEventException.class)
                .hasMessageContaining("it was reversed before");
        assertThat(writer.settled().position()).isEqualTo(3);
    }

    /** 500 of its 1,000 coins are spent by then. */
    @Test
    void aRefundFindsALotAsTheGiftThatIsNotWrittenYetLeavesIt() throws Exception {
        CoinsPurchased bought = Samples.purchase(1, "42", 1_000, 0, 1_000, 0, 300, "apple");
        List<SourceEvent> events =
                Samples.numbered(
                        List.of(
                                bought,
                                Samples.gift(2, "42", "7", List.of(Samples.share(1, 500)), 0),
                                Samples.refund(3, bought, 500, 0)));
        writer.load();
        writer.book(LedgerDatabaseFixture.deliveries(events.subList(0, 1)));
        assertThat(submitBehind(events.subList(1, 2), events.subList(2, 3))).isNull();
        assertThat(writer.settled().position()).isEqualTo(3);
        assertThat(totals(3)).isEqualTo(new ModelLedger(events).totals(3));
        assertThat(verify().holds()).as("%s", verify()).isTrue();
    }

    /** 0.50 can be paid as the tables say, 1.50 with the release that is on its way. */
    @Test
    void aPayoutFindsWhatCanBePaidByAReleaseThatIsNotWrittenYet() throws Exception {
        List<SourceEvent> events =
                Samples.numbered(
                        List.of(
                                Samples.purchase(1, "42", 1_000, 0, 1_000, 0, 0, "stripe"),
                                Samples.gift(2, "42", "7", List.of(Samples.share(1, 300)), 0),
                                release(50),
                                release(100),
                                Samples.requested(Samples.payout(101, 120, 120, 12))));
        writer.load();
        writer.book(LedgerDatabaseFixture.deliveries(events.subList(0, 3)));
        assertThat(submitBehind(events.subList(3, 4), events.subList(4, 5))).isNull();
        assertThat(writer.settled().position()).isEqualTo(5);
        assertThat(ledger.value("select amount from creator_payable")).isEqualTo("300000");
        assertThat(totals(5))
                .containsEntry("2120:creator-payable:available USD", "1200000 1500000")
                .doesNotContainKey("1070:creator-clawback USD");
        assertThat(verify().holds()).as("%s", verify()).isTrue();
    }

    private static EarningsReleased release(long diamonds) {
        return new EarningsReleased(
                "7",
                new Diamonds(diamonds * 10_000),
                2,
                2,
                2,
                List.of(new Worth("USD", diamonds * 10_000)));
    }

    /**
     * Submits a batch while the one before is kept from being written; returns what went wrong with
     * it, null when nothing did.
     */
    private @Nullable Exception submitBehind(List<SourceEvent> held, List<SourceEvent> next)
            throws Exception {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        Thread behind =
                new Thread(
                        () -> {
                            try {
                                writer.submit(LedgerDatabaseFixture.deliveries(next));
                            } catch (SQLException | RuntimeException e) {
                                failure.set(e);
                            }
                        });
        try (Connection holder = ledger.dataSource.getConnection();
                Statement lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("select from ledger.source_position for update");
            writer.submit(LedgerDatabaseFixture.deliveries(held));
            behind.start();
            // It has read all that it will read, and waits for the first to be written.
            Waiting.until(() -> assertThat(behind.getState()).isEqualTo(Thread.State.WAITING));
            holder.rollback();
        }
        behind.join();
        return failure.get();
    }

    @Test
    void whatComesBeforeAnUnpostableEventIsBooked() throws SQLException {
        writer.load();
        List<ConfettiEvent> events = new ArrayList<>(Samples.example());
        events.set(4, Samples.gift(5, "42", "7", List.of(Samples.share(1, 2_000)), 0));
        assertThatThrownBy(
                        () ->
                                writer.book(
                                        LedgerDatabaseFixture.deliveries(Samples.numbered(events))))
                .isInstanceOf(UnpostableEventException.class)
                .hasMessageStartingWith("position 5 (confetti.gift-sent.v1, event ")
                .hasMessageContaining("expected to spend 1 to 550 coins, got 2000");
        assertThat(ledger.value("select position from source_position")).isEqualTo("4");
        assertThat(verify().holds()).isTrue();
    }

    @Test
    void ofTwoWritersTheSlowerOneIsTold() throws SQLException {
        List<SourceEvent> events = Samples.numbered(Samples.example());
        writer.load();
        JournalWriter other = new JournalWriter(ledger.transactions);
        other.load();
        other.book(LedgerDatabaseFixture.deliveries(events.subList(0, 3)));
        assertThatThrownBy(
                        () -> writer.book(LedgerDatabaseFixture.deliveries(events.subList(0, 2))))
                .isInstanceOf(LedgerMovedException.class)
                .hasMessageContaining("expected to find it at position 0");
        assertThat(writer.load().position().position()).isEqualTo(3);
        writer.book(LedgerDatabaseFixture.deliveries(events.subList(3, 8)));
        assertThat(verify().holds()).isTrue();
    }

    @Test
    void theFenceStopsAWriterWhoseEventsAreSoundButBooked() throws SQLException {
        List<SourceEvent> grants =
                Samples.numbered(
                        List.of(
                                Samples.grant(1, "v", 5),
                                Samples.grant(2, "v", 5),
                                Samples.grant(3, "v", 5)));
        writer.load();
        JournalWriter other = new JournalWriter(ledger.transactions);
        other.load();
        other.book(LedgerDatabaseFixture.deliveries(grants.subList(0, 1)));
        assertThatThrownBy(
                        () -> writer.book(LedgerDatabaseFixture.deliveries(grants.subList(0, 2))))
                .isInstanceOf(LedgerMovedException.class);
        assertThat(ledger.value("select position from source_position")).isEqualTo("1");
        assertThat(totals(1)).containsEntry("viewer:v:coin:promo COIN", "0 5");
    }

    @Test
    void anEntryOfMoreLegsThanItsRowHoldsIsWhole() throws SQLException {
        List<ConfettiEvent> events = new ArrayList<>();
        List<String> currencies = List.of("USD", "EUR", "GBP", "CHF");
        List<dev.confetti.events.LotShare> shares = new ArrayList<>();
        for (int i = 0; i < currencies.size(); i++) {
            events.add(
                    new dev.confetti.events.CoinEvent.CoinsPurchased(
                            Samples.id(i),
                            Samples.id(i),
                            "v",
                            10,
                            0,
                            100,
                            0,
                            10,
                            currencies.get(i),
                            "sandbox",
                            "r",
                            null));
            shares.add(Samples.share(i, 5));
        }
        events.add(Samples.gift(9, "v", "c", shares, 0));
        List<SourceEvent> numbered = Samples.numbered(events);
        writer.load();
        writer.book(LedgerDatabaseFixture.deliveries(numbered));
        assertThat(ledger.value("select count(*) from journal_leg_more")).isEqualTo("3");
        assertThat(totals(5)).isEqualTo(new ModelLedger(numbered).totals(5));
        assertThat(verify().holds()).as("%s", verify()).isTrue();
        assertThat(ledger.value("select count(*) from posting where entry_id = 5")).isEqualTo("22");

        // The fifth is nearer to the begin of its block than to the end, then of a closed one.
        bookGrants(6, 20);
        assertEachAccountOfTheFifth(numbered);
        bookGrants(21, 8_200);
        assertEachAccountOfTheFifth(numbered);
    }

    private void bookGrants(int first, int last) throws SQLException {
        List<SourceEvent> grants = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            grants.add(Samples.source(i, Samples.grant(i, "other", 5)));
        }
        writer.book(LedgerDatabaseFixture.deliveries(grants));
    }

    private void assertEachAccountOfTheFifth(List<SourceEvent> events) throws SQLException {
        ModelLedger model = new ModelLedger(events);
        List<Posting> postings = model.entries().getLast().postings();
        assertThat(postings).hasSize(22);
        for (Posting posting : postings) {
            String code = posting.account().code();
            assertThat(totalsOf(code, 5)).as(code).isEqualTo(of(code, model.totals(5)));
            List<Long> found =
                    ledger.transactions.read(
                            connection ->
                                    new AccountEntries(
                                                    connection,
                                                    LedgerPosition.read(connection),
                                                    AccountNames.idsOf(connection, List.of(code))
                                                            .values())
                                            .find(0, 5, 10, false));
            assertThat(found).as(code).isEqualTo(model.positionsOf(code));
        }
    }

    private Map<String, String> totals(long asOf) throws SQLException {
        Map<String, String> totals = new TreeMap<>();
        ledger.transactions
                .read(c -> Balances.list(c, LedgerPosition.read(c), asOf, AccountFilter.ALL))
                .forEach(t -> totals.put(t.account().toString(), t.debits() + " " + t.credits()));
        return totals;
    }

    private Verification verify() throws SQLException {
        return new LedgerVerifier(ledger.transactions).verify();
    }
}
