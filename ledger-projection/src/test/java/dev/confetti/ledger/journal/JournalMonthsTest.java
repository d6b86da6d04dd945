package dev.confetti.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.LotShare;
import dev.confetti.ledger.LedgerDatabaseFixture;
import dev.confetti.ledger.ModelLedger;
import dev.confetti.ledger.RandomEvents;
import dev.confetti.ledger.Samples;
import dev.confetti.ledger.Waiting;
import dev.confetti.ledger.verify.LedgerVerifier;
import dev.confetti.ledger.verify.Verification;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalMonthsTest {
    /** 20,000 events in ten years and a half. */
    private static final Duration STEP = Duration.ofMinutes(276);

    private static final String WAITING =
            "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                    + " and datname = current_database()";

    private static final String PARTITIONS =
            "select string_agg(inhrelid::regclass::text, ', ' order by inhrelid) from pg_inherits"
                    + " where inhparent = 'journal_entry'::regclass";

    private final LedgerDatabaseFixture ledger = new LedgerDatabaseFixture();
    private final JournalWriter writer = new JournalWriter(ledger.transactions);

    @Test
    void aBatchAcrossMonthsGivesEachItsPartition() throws SQLException {
        book(grants(5), Duration.ofDays(20));
        assertThat(
                        ledger.value(
                                "select string_agg(tableoid::regclass || ' ' || entry_id, ', '"
                                        + " order by entry_id) from journal_entry"))
                .isEqualTo(
                        "journal_entry_2026_01 1, journal_entry_2026_02 2,"
                                + " journal_entry_2026_03 3, journal_entry_2026_03 4,"
                                + " journal_entry_2026_04 5");
        assertThat(
                        ledger.value(
                                "select string_agg(begins at time zone 'UTC' || ' ' || first_entry,"
                                        + " ', ' order by begins) from journal_month"))
                .isEqualTo(
                        "2026-01-01 00:00:00 1, 2026-02-01 00:00:00 2, 2026-03-01 00:00:00 3,"
                                + " 2026-04-01 00:00:00 5");
        assertThat(verify().holds()).as("%s", verify()).isTrue();
    }

    /** Entry 1 is of January, 2 of February, 3 and 4 of March, 5 of April. */
    @Test
    void aRangeOfEntriesIsWithinTheMonthsOfItsFirstAndItsLast() throws SQLException {
        book(grants(5), Duration.ofDays(20));
        JournalMonths months = ledger.transactions.read(JournalMonths::read);
        assertThat(months.bounds(0, 1)).isEqualTo(bounds("2026-01", "2026-02"));
        assertThat(months.bounds(1, 2)).isEqualTo(bounds("2026-02", "2026-03"));
        assertThat(months.bounds(1, 3)).isEqualTo(bounds("2026-02", "2026-04"));
        assertThat(months.bounds(2, 4)).isEqualTo(bounds("2026-03", "2026-04"));
        assertThat(months.bounds(3, 4)).isEqualTo(bounds("2026-03", "2026-04"));
        assertThat(months.bounds(3, 5)).isEqualTo(bounds("2026-03", null));
        assertThat(months.bounds(4, 9)).isEqualTo(bounds("2026-04", null));
        assertThat(months.each(0, 1)).containsExactly(bounds("2026-01", "2026-02"));
        assertThat(months.each(1, 3))
                .containsExactly(bounds("2026-02", "2026-03"), bounds("2026-03", "2026-04"));
        assertThat(months.each(2, 4)).containsExactly(bounds("2026-03", "2026-04"));
        assertThat(months.each(3, 9))
                .containsExactly(bounds("2026-03", "2026-04"), bounds("2026-04", null));
        assertThat(months.each(0, 0)).isEmpty();
    }

    private static JournalMonths.Bounds bounds(String from, @Nullable String before) {
        return new JournalMonths.Bounds(
                begin(from), before == null ? OffsetDateTime.MAX : begin(before));
    }

    private static OffsetDateTime begin(String month) {
        return OffsetDateTime.parse(month + "-01T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pacific/Auckland", "America/Los_Angeles"})
    void aMonthBeginsInUtcWhereverTheServerStands(String zone) throws SQLException {
        ledger.execute(
                ("set timezone to '%s'; select make_journal_month('2026-03-01T00:00:00Z', 2),"
                                + " begin_journal_month('2026-03-01T00:00:00Z', 2)")
                        .formatted(zone));
        assertThat(ledger.value("select begins = '2026-03-01T00:00:00Z' from journal_month"))
                .isEqualTo("t");
        List<SourceEvent> events = Samples.numbered(grants(2), Duration.ofHours(708));
        writer.load();
        writer.book(LedgerDatabaseFixture.deliveries(events));
        assertThat(
                        ledger.value(
                                "select recorded_at = '2026-03-01T00:00:00Z' from journal_entry_2026_03"))
                .isEqualTo("t");
    }

    /** On January 16 at noon, and when February begins. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anEntryOfTheFirstInstantOfAMonthIsTheFirstOfIt(int batch) throws SQLException {
        List<SourceEvent> events = Samples.numbered(grants(2), Duration.ofHours(372));
        writer.load();
        for (int from = 0; from < events.size(); from += batch) {
            writer.book(LedgerDatabaseFixture.deliveries(events.subList(from, from + batch)));
        }
        assertThat(
                        ledger.value(
                                "select string_agg(tableoid::regclass || ' ' || entry_id, ', '"
                                        + " order by entry_id) from journal_entry"))
                .isEqualTo("journal_entry_2026_01 1, journal_entry_2026_02 2");
    }

    @Test
    void aMonthThatIsRolledBackIsMadeAgain() throws SQLException {
        writer.load();
        List<SourceEvent> events = Samples.numbered(grants(3), Duration.ofDays(20));
        ledger.execute("alter table balance add constraint none check (debit < 5)");
        assertThatThrownBy(() -> writer.book(LedgerDatabaseFixture.deliveries(events)))
                .isInstanceOf(SQLException.class);
        assertThat(ledger.value("select count(*) from journal_month")).isEqualTo("0");
        ledger.execute("alter table balance drop constraint none");
        writer.load();
        writer.book(LedgerDatabaseFixture.deliveries(events));
        assertThat(verify().holds()).as("%s", verify()).isTrue();
    }

    /**
     * A reader may see what a transaction committed before it hears of a partition that the same
     * transaction attached.
     */
    @Test
    void aMonthsPartitionIsCommittedBeforeTheTransactionThatBooksItsFirstEntry() throws Exception {
        writer.load();
        List<SourceEvent> events = Samples.numbered(grants(3), Duration.ofDays(20));
        try (Connection holder = ledger.dataSource.getConnection();
                Statement hold = holder.createStatement()) {
            holder.setAutoCommit(false);
            hold.execute("select from ledger.source_position for update");
            writer.submit(LedgerDatabaseFixture.deliveries(events));
            Waiting.until(() -> assertThat(ledger.value(WAITING)).isEqualTo("1"));
            assertThat(ledger.value(PARTITIONS))
                    .isEqualTo(
                            "journal_entry_2026_01, journal_entry_2026_02, journal_entry_2026_03");
            assertThat(ledger.value("select count(*) from journal_month")).isEqualTo("0");
            // An audit of this moment finds nothing wrong.
            assertThat(verify().holds()).as("%s", verify()).isTrue();
            holder.rollback();
        }
        assertThat(writer.settled().entries()).isEqualTo(3);
        assertThat(verify().holds()).as("%s", verify()).isTrue();
    }

    /** Another writer went on, or another ledger took the name, while this batch was worked out. */
    @Test
    void noPartitionIsMadeInALedgerThatHasMoved() throws SQLException {
        List<SourceEvent> events = Samples.numbered(grants(3), Duration.ofDays(20));
        writer.load();
        JournalWriter other = new JournalWriter(ledger.transactions);
        other.load();
        other.book(LedgerDatabaseFixture.deliveries(events.subList(0, 1)));
        assertThatThrownBy(() -> writer.book(LedgerDatabaseFixture.deliveries(events)))
                .isInstanceOf(LedgerMovedException.class);
        assertThat(ledger.value(PARTITIONS)).isEqualTo("journal_entry_2026_01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal_entry_2026_01", "journal_entry_2026_03"})
    void eachPartitionRefusesChangesByItself(String partition) throws SQLException {
        book(grants(5), Duration.ofDays(20));
        for (String change :
                List.of("update %s set a1 = 6", "delete from %s", "truncate %s cascade")) {
            assertThatThrownBy(() -> ledger.execute(change.formatted(partition)))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("expected inserts only");
        }
        assertThatThrownBy(
                        () ->
                                ledger.execute(
                                        "insert into journal_entry (entry_id, recorded_at, d1, c1, a1, event_id,"
                                                + " reference, type, hash) select 2, '2026-03-31T00:00:00Z', d1, c1,"
                                                + " a1, event_id, reference, type, hash from journal_entry"
                                                + " where entry_id = 2"))
                .as("an entry of an earlier month")
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("violates check constraint");
    }

    /** A ledger that tests only read, since it takes long to book. */
    private static final class TenYears {
        static final long SEED = new Random().nextLong();
        static final List<SourceEvent> EVENTS =
                Samples.numbered(new RandomEvents(SEED, 40).next(20_000), STEP);
        static final LedgerDatabaseFixture LEDGER = booked();

        private static LedgerDatabaseFixture booked() {
            LedgerDatabaseFixture ledger = new LedgerDatabaseFixture();
            try {
                JournalWriter writer = new JournalWriter(ledger.transactions);
                writer.load();
                writer.book(LedgerDatabaseFixture.deliveries(EVENTS));
                return ledger;
            } catch (SQLException e) {
                throw new IllegalStateException("seed " + SEED, e);
            }
        }
    }

    @Test
    void asOfAnyInstantIsWhatWasRecordedByThen() throws SQLException {
        LedgerDatabaseFixture ledger = TenYears.LEDGER;
        long seed = TenYears.SEED;
        Random random = new Random(seed);
        ModelLedger model = new ModelLedger(TenYears.EVENTS);
        assertThat(Integer.parseInt(ledger.value("select count(*) from journal_month")))
                .isGreaterThan(120);
        for (int i = 0; i < 60; i++) {
            Instant at = Samples.START.plusSeconds(random.nextLong(STEP.toSeconds() * 20_100));
            long expected =
                    model.entries().stream()
                            .filter(e -> !e.recordedAt().isAfter(at))
                            .mapToLong(JournalEntry::position)
                            .max()
                            .orElse(0);
            assertThat(ledger.value("select position_at('" + at + "')"))
                    .as("seed %d, at %s", seed, at)
                    .isEqualTo(Long.toString(expected));
        }
        assertThat(ledger.value("select last_entry()"))
                .isEqualTo(Long.toString(model.entries().getLast().position()));
        for (int i = 0; i < 10; i++) {
            long after = random.nextLong(20_000);
            long through = after + random.nextLong(20_001 - after);
            int limit = 1 + random.nextInt(600);
            List<StoredEntry> found =
                    ledger.transactions.read(c -> StoredEntries.range(c, after, through, limit));
            assertThat(found)
                    .as("seed %d, above %d to %d, %d", seed, after, through, limit)
                    .extracting(StoredEntry::position)
                    .isEqualTo(
                            model.entries().stream()
                                    .map(JournalEntry::position)
                                    .filter(p -> p > after && p <= through)
                                    .limit(limit)
                                    .toList());
        }
        for (long asOf : new long[] {1, 8_192, 12_345}) {
            Map<String, String> totals = new TreeMap<>();
            ledger.transactions
                    .read(c -> Balances.list(c, LedgerPosition.read(c), asOf, AccountFilter.ALL))
                    .forEach(
                            t ->
                                    totals.put(
                                            t.account().toString(),
                                            t.debits() + " " + t.credits()));
            assertThat(totals).as("seed %d as of %d", seed, asOf).isEqualTo(model.totals(asOf));
        }
        Verification verification = new LedgerVerifier(ledger.transactions).verify();
        assertThat(verification.holds()).as("seed %d: %s", seed, verification).isTrue();
    }

    /** Whoever reads one month waits for nobody at another. */
    @Test
    void aReadLeavesThePartitionsOfOtherMonthsAlone() throws SQLException {
        LedgerDatabaseFixture ledger = TenYears.LEDGER;
        SourceEvent event = TenYears.EVENTS.get(12_344);
        String month =
                "journal_entry_"
                        + event.recordedAt()
                                .atOffset(ZoneOffset.UTC)
                                .toString()
                                .substring(0, 7)
                                .replace('-', '_');
        try (Connection other = ledger.dataSource.getConnection();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            // The block of 12,345 is read whole, by whoever looks for a busy account.
            long closed = Block.closedBefore(12_345);
            lock.execute(
                    """
                    set search_path to ledger;
                    do $$ declare m record; begin
                      for m in select c.oid::regclass as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
                        join journal_month j on 'journal_entry_' || to_char(j.begins at time zone 'UTC', 'YYYY_MM') = c.relname
                        where i.inhparent = 'journal_entry'::regclass and (j.first_entry > 16600 or j.first_entry < %d)
                      loop execute format('lock table %%s in access exclusive mode', m.name); end loop;
                    end $$
                    """
                            .formatted(closed - 400));
            assertThat(month).isEqualTo("journal_entry_2032_06");
            List<JournalEntry> found =
                    ledger.transactions.read(
                            c -> {
                                try (Statement limit = c.createStatement()) {
                                    limit.execute("set local lock_timeout = '2s'");
                                }
                                StoredEntries.range(c, 12_300, 12_345, 10);
                                Balances.list(c, LedgerPosition.read(c), 12_345, AccountFilter.ALL);
                                new AccountEntries(
                                                c,
                                                LedgerPosition.read(c),
                                                AccountNames.idsOf(c, List.of("coin:consumed:paid"))
                                                        .values())
                                        .find(12_200, 12_345, 10, true);
                                try (Statement at = c.createStatement()) {
                                    at.execute("select position_at('" + event.recordedAt() + "')");
                                }
                                return StoredEntries.named(
                                        c,
                                        StoredEntries.range(c, 12_300, 12_345, 10),
                                        new AccountNames());
                            });
            assertThat(found).hasSize(10);
            other.rollback();
        }
    }

    @Test
    void anEarlierLedgerIsMovedIntoMonths() throws SQLException {
        List<ConfettiEvent> all = new ArrayList<>();
        List<LotShare> shares = new ArrayList<>();
        for (String currency : List.of("USD", "EUR", "GBP", "CHF")) {
            int i = all.size();
            all.add(
                    new CoinsPurchased(
                            Samples.id(i),
                            Samples.id(i),
                            "v",
                            10,
                            0,
                            100,
                            0,
                            10,
                            currency,
                            "sandbox",
                            "r",
                            null));
            shares.add(Samples.share(i, 5));
        }
        // An entry of more legs than its row holds.
        all.add(Samples.gift(9, "v", "c", shares, 0));
        all.addAll(new RandomEvents(5, 20, 1_000).next(9_000));
        Duration step = Duration.ofMinutes(30);
        book(all.subList(0, 9_000), step);
        Flyway.configure()
                .dataSource(ledger.dataSource)
                .schemas("earlier")
                .defaultSchema("earlier")
                .locations("classpath:db/ledger")
                .target("2")
                .load()
                .migrate();
        ledger.execute(
                """
                insert into earlier.asset select * from asset where asset_id > 2;
                insert into earlier.account (id, code, asset) select id, code, asset from account;
                insert into earlier.journal_entry (entry_id, recorded_at, d1, c1, a1, d2, c2, a2, d3, c3, a3, d4, c4, a4,
                    d5, c5, a5, d6, c6, a6, d7, c7, a7, d8, c8, a8, event_id, reference, type, hash, lot_uses)
                select entry_id, recorded_at, d1, c1, a1, d2, c2, a2, d3, c3, a3, d4, c4, a4,
                    d5, c5, a5, d6, c6, a6, d7, c7, a7, d8, c8, a8, event_id, reference, type, hash, lot_uses
                from journal_entry;
                insert into earlier.journal_leg_more select entry_id, line, d, c, a from journal_leg_more;
                insert into earlier.balance select * from balance;
                insert into earlier.balance_history select * from balance_history;
                insert into earlier.lot select position, lot_id, viewer_id, asset_id, coins, price, commission, used,
                    recognised, commission_recognised from lot;
                update earlier.source_position e set (position, entries, chain) =
                    (select position, entries, chain from source_position);
                insert into earlier.source_partition select * from source_partition;
                insert into earlier.creator_payable select * from creator_payable
                """);
        LedgerSchema.migrate(ledger.dataSource, "earlier");
        LedgerTransactions moved = new LedgerTransactions(ledger.dataSource, "earlier");
        Verification verification = new LedgerVerifier(moved).verify();
        assertThat(withoutReports(verification)).isEqualTo(withoutReports(verify()));
        assertThat(verification.holds()).as("%s", verification).isTrue();
        assertThat(ledger.value("select count(*) from earlier.journal_month"))
                .isEqualTo(ledger.value("select count(*) from journal_month"))
                .isNotEqualTo("1");
        assertThat(ledger.value("select count(*) from earlier.journal_leg_more")).isNotEqualTo("0");
        JournalWriter on = new JournalWriter(moved);
        on.load();
        on.book(
                LedgerDatabaseFixture.deliveries(
                        Samples.numbered(all, step).subList(9_000, all.size())));
        assertThat(new LedgerVerifier(moved).verify().holds()).isTrue();
    }

    /** Which entries are of which live is known only of those that were booked since. */
    private static Verification withoutReports(Verification verification) {
        return new Verification(
                verification.holds(),
                verification.position(),
                verification.entries(),
                verification.hash(),
                verification.checks().stream().filter(c -> !c.name().equals("reports")).toList(),
                verification.firstFault());
    }

    private static List<ConfettiEvent> grants(int count) {
        List<ConfettiEvent> grants = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            grants.add(Samples.grant(i, "v", 5));
        }
        return grants;
    }

    private void book(List<ConfettiEvent> events, Duration step) throws SQLException {
        writer.load();
        writer.book(LedgerDatabaseFixture.deliveries(Samples.numbered(events, step)));
    }

    private Verification verify() throws SQLException {
        return new LedgerVerifier(ledger.transactions).verify();
    }
}
