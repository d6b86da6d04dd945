package dev.confetti.ledger.finance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.GiftEvent;
import dev.confetti.ledger.LedgerDatabaseFixture;
import dev.confetti.ledger.ModelLedger;
import dev.confetti.ledger.RandomEvents;
import dev.confetti.ledger.Samples;
import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.journal.JournalWriter;
import dev.confetti.ledger.journal.LedgerPosition;
import dev.confetti.ledger.journal.SourceEvent;
import dev.confetti.ledger.posting.Posting;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every combination of filters against all entries, one by one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EntryQueryTest {
    private static final int EVENTS = 18_000;
    private static final int QUESTIONS = 150;

    private final LedgerDatabaseFixture ledger = new LedgerDatabaseFixture();
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Map<Long, String> lives = new HashMap<>();
    private final List<Long> ends = new ArrayList<>();
    private List<JournalEntry> entries = List.of();

    @BeforeAll
    void fill() throws SQLException {
        List<ConfettiEvent> all = new ArrayList<>(Samples.example());
        all.addAll(Samples.restOfTheExample());
        // Two blocks of positions and a part of a third.
        all.addAll(new RandomEvents(seed, 25, 1_000).next(EVENTS - all.size()));
        // Over five months.
        List<SourceEvent> events = Samples.numbered(all, Duration.ofMinutes(12));
        for (SourceEvent event : events) {
            if (event.event() instanceof GiftEvent gift) {
                lives.put(event.position(), gift.liveId());
            }
        }
        entries = new ModelLedger(events).entries();
        ends.addAll(List.of(0L, 8_192L, 16_384L));
        for (int i = 1; i < events.size(); i++) {
            if (!month(events.get(i)).equals(month(events.get(i - 1)))) {
                ends.add((long) i);
            }
        }
        JournalWriter writer = new JournalWriter(ledger.transactions);
        writer.load();
        for (int from = 0; from < EVENTS; ) {
            int to = Math.min(EVENTS, from + 1 + random.nextInt(3_000));
            writer.book(LedgerDatabaseFixture.deliveries(events.subList(from, to)));
            from = to;
        }
    }

    private static YearMonth month(SourceEvent event) {
        return YearMonth.from(event.recordedAt().atOffset(ZoneOffset.UTC));
    }

    @Test
    void everyCombinationOfFiltersFindsWhatAPlainSearchFinds() throws SQLException {
        int found = 0;
        for (int question = 0; question < QUESTIONS; question++) {
            Range range = range();
            long after = range.after();
            long through = range.through();
            EntryFilters filters = filters(range);
            boolean newestFirst = random.nextBoolean();
            List<Long> expected =
                    entries.stream()
                            .filter(e -> e.position() > after && e.position() <= through)
                            .filter(e -> matches(e, filters))
                            .map(JournalEntry::position)
                            .toList();
            // Some pages, not thousands.
            int limit =
                    1 + expected.size() / 20 + random.nextInt(1 + Math.max(expected.size(), 10));
            int budget = random.nextBoolean() ? EntryQuery.MOST_EXAMINED : 2_000;
            assertThat(pages(range, filters, newestFirst, limit, budget))
                    .as(
                            "seed %d, %s in (%d, %d], newest first %s, by %d, examining %d",
                            seed, filters, after, through, newestFirst, limit, budget)
                    .isEqualTo(newestFirst ? expected.reversed() : expected);
            found += expected.isEmpty() ? 0 : 1;
        }
        assertThat(found).as("seed %d: questions that find something", seed).isGreaterThan(50);
    }

    @Test
    void aPageThatHasTheLastEntrySaysThatItIsTheLast() throws SQLException {
        // The example has three gifts in this live, and one is taken back.
        EntryFilters ofLive = new EntryFilters(null, null, null, null, null, "live-7", null, null);
        assertThat(page(ofLive, 5).entries()).hasSize(5);
        assertThat(page(ofLive, 5).last()).isNull();
        assertThat(page(ofLive, 4).last()).isEqualTo(7);
        EntryFilters none = new EntryFilters(null, null, null, null, null, "live-7", null, "JPY");
        assertThat(page(none, 1).entries()).isEmpty();
        assertThat(page(none, 1).last()).isNull();
    }

    /** The last gift of the example, which was not yet released. */
    @Test
    void aReversalOfWhatIsPendingIsFoundByItsTypeAndCreator() throws SQLException {
        EntryFilters reversals =
                new EntryFilters(
                        "confetti.gift-reversed.v1", null, null, null, "7", null, null, null);
        assertThat(page(reversals, 1).entries())
                .extracting(JournalEntry::position)
                .containsExactly(8L);
    }

    @Test
    void aPageEndsWhereEnoughIsLookedAt() throws SQLException {
        EntryFilters nowhere =
                new EntryFilters(
                        null, null, null, null, null, null, new BigDecimal("987654321"), null);
        EntryPage oldest = page(nowhere, false, 3_000);
        assertThat(oldest.entries()).isEmpty();
        assertThat(oldest.last()).isEqualTo(entries.get(2_999).position());
        EntryPage newest = page(nowhere, true, 3_000);
        assertThat(newest.entries()).isEmpty();
        assertThat(newest.last()).isEqualTo(entries.get(entries.size() - 3_000).position());
    }

    @Test
    void aCursorFromElsewhereDoesNotWidenTheRange() throws SQLException {
        assertThat(following(2, false)).containsExactly(5L, 6L, 7L, 8L);
        assertThat(following(12, true)).containsExactly(8L, 7L, 6L, 5L);
    }

    private List<Long> following(long last, boolean newestFirst) throws SQLException {
        EntryPage page =
                ledger.transactions.read(
                        connection ->
                                new EntryQuery(new Range(4, 8), EntryFilters.NONE, newestFirst, 9)
                                        .following(last)
                                        .find(connection, LedgerPosition.read(connection)));
        return page.entries().stream().map(JournalEntry::position).toList();
    }

    private EntryPage page(EntryFilters filters, boolean newestFirst, int mostExamined)
            throws SQLException {
        return ledger.transactions.read(
                connection ->
                        new EntryQuery(
                                        new Range(0, EVENTS),
                                        filters,
                                        e -> true,
                                        newestFirst,
                                        10,
                                        mostExamined)
                                .find(connection, LedgerPosition.read(connection)));
    }

    private EntryPage page(EntryFilters filters, int limit) throws SQLException {
        return ledger.transactions.read(
                connection ->
                        new EntryQuery(new Range(0, EVENTS), filters, false, limit)
                                .find(connection, LedgerPosition.read(connection)));
    }

    /** The first entry of a month, and the last one, are found by any filter. */
    @Test
    void entriesAtTheBoundsOfMonthsAreFound() throws SQLException {
        JournalEntry first =
                entries.stream()
                        .filter(
                                e ->
                                        !e.recordedAt()
                                                .isBefore(Instant.parse("2026-02-01T00:00:00Z")))
                        .findFirst()
                        .orElseThrow();
        JournalEntry last = entries.get(entries.indexOf(first) - 1);
        for (JournalEntry entry : List.of(first, last)) {
            List<EntryFilters> questions = new ArrayList<>();
            questions.add(EntryFilters.NONE);
            questions.add(
                    new EntryFilters(null, entry.reference(), null, null, null, null, null, null));
            questions.add(new EntryFilters(entry.type(), null, null, null, null, null, null, null));
            for (Posting posting : entry.postings()) {
                questions.add(EntryFilters.ofAccount(posting.account().code()));
            }
            long at = entry.position();
            for (EntryFilters question : questions) {
                for (Range range : List.of(new Range(at - 1, at), new Range(at - 1, EVENTS))) {
                    EntryPage page =
                            ledger.transactions.read(
                                    connection ->
                                            new EntryQuery(range, question, false, 1)
                                                    .find(
                                                            connection,
                                                            LedgerPosition.read(connection)));
                    assertThat(page.entries())
                            .as("seed %d, %s in %s", seed, question, range)
                            .extracting(JournalEntry::position)
                            .containsExactly(at);
                }
            }
        }
    }

    /** All pages, each within its limit. */
    private List<Long> pages(
            Range range, EntryFilters filters, boolean newestFirst, int limit, int budget)
            throws SQLException {
        List<Long> found = new ArrayList<>();
        Long last = null;
        do {
            Long after = last;
            EntryPage page =
                    ledger.transactions.read(
                            connection ->
                                    new EntryQuery(
                                                    range,
                                                    filters,
                                                    e -> true,
                                                    newestFirst,
                                                    limit,
                                                    budget)
                                            .following(after)
                                            .find(connection, LedgerPosition.read(connection)));
            assertThat(page.entries().size()).isLessThanOrEqualTo(limit);
            page.entries().forEach(entry -> found.add(entry.position()));
            last = page.last();
        } while (last != null);
        return found;
    }

    /** Seldom all, which takes long; mostly a part, often cut at the end of a block or a month. */
    private Range range() {
        if (random.nextInt(8) == 0) {
            return new Range(0, EVENTS);
        }
        long after = random.nextBoolean() ? random.nextInt(EVENTS) : end();
        long through = random.nextBoolean() ? after + random.nextInt(4_000) : end();
        return new Range(after, Math.min(through, EVENTS));
    }

    private long end() {
        return ends.get(random.nextInt(ends.size()));
    }

    /** Some of an entry's properties, so that there is something to find, and some of others'. */
    private EntryFilters filters(Range range) {
        List<JournalEntry> within =
                entries.stream()
                        .filter(
                                e ->
                                        e.position() > range.after()
                                                && e.position() <= range.through())
                        .toList();
        JournalEntry of = within.isEmpty() ? any() : within.get(random.nextInt(within.size()));
        Posting posting = posting(of);
        Posting money = posting(of);
        String asset = maybe(4, () -> posting.account().asset().code());
        Posting counted = asset == null ? money : posting;
        return new EntryFilters(
                maybe(3, of::type),
                maybe(8, () -> random.nextBoolean() ? of.reference() : of.eventId()),
                maybe(3, () -> posting(random.nextInt(3) > 0 ? of : any()).account().code()),
                maybe(3, () -> person(random.nextInt(3) > 0 ? of : any(), "viewer")),
                maybe(3, () -> person(random.nextInt(3) > 0 ? of : any(), "creator")),
                maybe(4, () -> live(of)),
                maybe(
                        4,
                        () ->
                                BigDecimal.valueOf(
                                                counted.amount(), counted.account().asset().scale())
                                        .stripTrailingZeros()),
                asset);
    }

    private JournalEntry any() {
        return entries.get(random.nextInt(entries.size()));
    }

    private Posting posting(JournalEntry entry) {
        return entry.postings().get(random.nextInt(entry.postings().size()));
    }

    private @Nullable String person(JournalEntry entry, String group) {
        return entry.postings().stream()
                .map(p -> p.account().code().split(":", -1))
                .filter(code -> code[0].equals(group))
                .map(code -> code[1])
                .findFirst()
                .orElse(null);
    }

    private String live(JournalEntry entry) {
        String live = lives.get(entry.position());
        return live == null ? "live-c1" : live;
    }

    private <T> @Nullable T maybe(int oneIn, Supplier<@Nullable T> value) {
        return random.nextInt(oneIn) == 0 ? value.get() : null;
    }

    private boolean matches(JournalEntry entry, EntryFilters filters) {
        UUID reference = filters.reference();
        String viewer = filters.viewerId();
        String creator = filters.creatorId();
        String account = filters.account();
        String asset = filters.asset();
        BigDecimal amount = filters.amount();
        return (filters.type() == null || entry.type().equals(filters.type()))
                && (reference == null
                        || reference.equals(entry.reference())
                        || reference.equals(entry.eventId()))
                && (account == null
                        || entry.postings().stream()
                                .anyMatch(p -> p.account().code().equals(account)))
                && (viewer == null || names(entry, "viewer:" + viewer + ":"))
                && (creator == null || names(entry, "creator:" + creator + ":"))
                && (filters.liveId() == null
                        || filters.liveId().equals(lives.get(entry.position())))
                && (asset == null
                        || entry.postings().stream()
                                .anyMatch(p -> p.account().asset().code().equals(asset)))
                && (amount == null
                        || entry.postings().stream()
                                .filter(
                                        p ->
                                                asset == null
                                                        || p.account().asset().code().equals(asset))
                                .anyMatch(
                                        p ->
                                                new BigDecimal(
                                                                        p.account()
                                                                                .asset()
                                                                                .decimal(
                                                                                        p.amount()))
                                                                .compareTo(amount)
                                                        == 0));
    }

    private static boolean names(JournalEntry entry, String beginning) {
        return entry.postings().stream().anyMatch(p -> p.account().code().startsWith(beginning));
    }

    @Test
    void livesOfEntriesFromBeforeTheirListsAreRefusedNotLeftOut() throws SQLException {
        LedgerDatabaseFixture old = new LedgerDatabaseFixture();
        old.execute("insert into live_start values (5)");
        JournalWriter writer = new JournalWriter(old.transactions);
        writer.load();
        writer.book(LedgerDatabaseFixture.deliveries(Samples.numbered(Samples.example())));
        EntryFilters ofLive = new EntryFilters(null, null, null, null, null, "live-7", null, null);
        assertThatThrownBy(
                        () ->
                                old.transactions.read(
                                        connection ->
                                                new EntryQuery(new Range(4, 8), ofLive, false, 9)
                                                        .find(
                                                                connection,
                                                                LedgerPosition.read(connection))))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(
                        "live, from position 5: expected a range after position 5, since the"
                                + " ledger does not know the lives of older entries");
        EntryPage later =
                old.transactions.read(
                        connection ->
                                new EntryQuery(new Range(5, 8), ofLive, false, 9)
                                        .find(connection, LedgerPosition.read(connection)));
        assertThat(later.entries()).extracting(JournalEntry::position).containsExactly(6L, 7L, 8L);
    }
}
