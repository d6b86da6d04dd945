package dev.confetti.ledger.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.confetti.engines.TestEngines;
import dev.confetti.events.LogReader;
import dev.confetti.ledger.ClosedMonths;
import dev.confetti.ledger.LedgerAudit;
import dev.confetti.ledger.LedgerAuditReport;
import dev.confetti.ledger.LedgerDatabaseFixture;
import dev.confetti.ledger.ModelLedger;
import dev.confetti.ledger.RandomEvents;
import dev.confetti.ledger.Samples;
import dev.confetti.ledger.TestLog;
import dev.confetti.ledger.Waiting;
import dev.confetti.ledger.journal.Delivery;
import dev.confetti.ledger.journal.JournalWriter;
import dev.confetti.ledger.journal.LedgerMovedException;
import dev.confetti.ledger.journal.LedgerPosition;
import dev.confetti.ledger.journal.LedgerSchema;
import dev.confetti.ledger.journal.LedgerTransactions;
import dev.confetti.ledger.journal.SourceEvent;
import dev.confetti.ledger.projector.Projector;
import dev.confetti.ledger.rebuild.LedgerRebuild.Outcome;
import dev.confetti.ledger.verify.LedgerVerifier;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerRebuildTest {
    private static final LedgerRebuild.Progress NOBODY = (position, live) -> {};

    private final LedgerDatabaseFixture ledger = new LedgerDatabaseFixture();
    private final LogReader log = new LogReader(ledger.dataSource);
    private final LedgerRebuild rebuild = new LedgerRebuild(ledger.dataSource, log, null);

    @BeforeEach
    void createLog() throws SQLException {
        TestLog.createTable(ledger.dataSource);
    }

    /**
     * Readers use one pool, as in the service, so that statements are prepared before the switch.
     */
    @Test
    void readsAndTheProjectorGoOnWhileTheLedgerIsSwitchedThereAndBack() throws Exception {
        long seed = new Random().nextLong();
        List<SourceEvent> events =
                ClosedMonths.of(new RandomEvents(seed, 60).next(9_000), Duration.ofMinutes(20));
        String bootstrap = TestEngines.freshKafka();
        TestLog.createTopics(bootstrap);
        AtomicBoolean stopped = new AtomicBoolean();
        CountDownLatch half = new CountDownLatch(1);
        Queue<String> faults = new ConcurrentLinkedQueue<>();
        Set<String> ledgers = ConcurrentHashMap.newKeySet();
        try (HikariDataSource pool = pool();
                TestLog topics = new TestLog(bootstrap);
                Projector projector =
                        new Projector(
                                bootstrap,
                                new LedgerTransactions(pool, LedgerSchema.LIVE),
                                null,
                                log,
                                Duration.ofSeconds(10));
                ExecutorService threads = Executors.newCachedThreadPool()) {
            projector.start();
            Future<?> writing =
                    threads.submit(
                            () -> {
                                // Half at once; the rest in small steps, while it is switched.
                                int before = events.size() / 2;
                                write(events.subList(0, before), topics);
                                for (int from = before; from < events.size(); from += 15) {
                                    int to = Math.min(events.size(), from + 15);
                                    write(events.subList(from, to), topics);
                                    half.countDown();
                                }
                                return null;
                            });
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(
                        threads.submit(
                                () -> {
                                    LedgerTransactions reads =
                                            new LedgerTransactions(pool, LedgerSchema.LIVE);
                                    while (!stopped.get()) {
                                        try {
                                            ledgers.add(reads.read(c -> consistent(c, faults)));
                                        } catch (SQLException | RuntimeException e) {
                                            faults.add(e.toString());
                                        }
                                    }
                                }));
            }
            LedgerAuditReport report;
            try {
                half.await();
                Outcome there = rebuild.rebuild(false, NOBODY);
                assertThat(there.differences()).as("seed %d", seed).isEmpty();
                assertThat(there.replaced()).isEqualTo("ledger_old_1");
                assertThat(there.position()).isPositive();
                Outcome back = rebuild.back(NOBODY);
                assertThat(back.differences()).as("seed %d", seed).isEmpty();
                assertThat(back.replaced()).isEqualTo("ledger_old_2");
                writing.get();
                report =
                        new LedgerAudit(ledger.dataSource).at(events.size(), Duration.ofMinutes(2));
            } finally {
                stopped.set(true);
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
            assertThat(faults).as("seed %d", seed).isEmpty();
            assertThat(ledgers).as("seed %d", seed).hasSize(2);
            assertThat(report.verification().holds())
                    .as("seed %d: %s", seed, report.verification())
                    .isTrue();
            assertThat(report.state().chain())
                    .as("seed %d", seed)
                    .isEqualTo(new ModelLedger(events).entries().getLast().hash());
            Waiting.until(() -> assertThat(projector.status().caughtUp()).isTrue());
        }
        assertThat(rebuild.dropReplaced()).containsExactly("ledger_old_2");
        assertThat(ledger.value("select count(*) from pg_namespace where nspname ~ '^ledger'"))
                .isEqualTo("2"); // the ledger, and its key
    }

    private void write(List<SourceEvent> events, TestLog topics) throws SQLException {
        TestLog.append(ledger.dataSource, events);
        topics.publish(events);
    }

    /** One transaction's answers are of one ledger and one position. Returns which ledger. */
    private static String consistent(Connection connection, Queue<String> faults)
            throws SQLException {
        String before = one(connection, "select ledger_id from source_position");
        LedgerPosition position = LedgerPosition.read(connection);
        String found =
                one(
                        connection,
                        "select count(*) || ' ' || coalesce(max(entry_id), 0) from journal_entry");
        String hash =
                one(
                        connection,
                        "select encode(hash, 'hex') from journal_entry order by entry_id desc limit 1");
        String unequal =
                one(
                        connection,
                        "select count(*) from (select asset from balance join account on id = account_id"
                                + " group by asset having sum(debit) <> sum(credit)) u");
        String after = one(connection, "select ledger_id from source_position");
        boolean sound =
                found.startsWith(position.entries() + " ")
                        && (position.entries() == 0 || hash.equals(position.chain().toString()))
                        && unequal.equals("0")
                        && before.equals(after);
        if (!sound) {
            faults.add(
                    before + " " + after + ": " + position + ", but " + found + " " + hash + " "
                            + unequal);
        }
        return after;
    }

    private static String one(Connection connection, String sql) throws SQLException {
        try (var query = connection.prepareStatement(sql);
                ResultSet row = query.executeQuery()) {
            return row.next() ? String.valueOf(row.getString(1)) : "none";
        }
    }

    private HikariDataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(ledger.endpoint.jdbcUrl());
        pool.setUsername(ledger.endpoint.user());
        pool.setPassword(ledger.endpoint.password());
        pool.setMaximumPoolSize(5);
        return pool;
    }

    @Test
    void theBuiltLedgerGoesOnWhereKafkaWasRead() throws Exception {
        fill(300);
        ledger.execute("update source_partition set next_offset = 77");
        String before =
                ledger.value(
                        "select string_agg(s::text, ';' order by s::text) from source_partition s");
        rebuild.rebuild(false, NOBODY);
        assertThat(
                        ledger.value(
                                "select string_agg(s::text, ';' order by s::text) from source_partition s"))
                .isEqualTo(before);
        assertThat(ledger.value("select bool_and(next_offset = 77) from source_partition"))
                .isEqualTo("t");
    }

    @Test
    void aLedgerThatDiffersStaysUnlessTheDifferencesAreAccepted() throws Exception {
        fill(300);
        String live = ledger.value("select ledger_id from source_position");
        ledger.execute(
                "set session_replication_role = replica;"
                        + " update balance set debit = debit + 7 where account_id ="
                        + " (select id from account where code = 'coin:issued:promo');"
                        + " update lot set used = used - 1 where position = (select min(position) from lot where used > 0);"
                        + " update journal_entry set hash = decode(repeat('ee', 32), 'hex') where entry_id >= 200;"
                        + " update source_position set chain = decode(repeat('ee', 32), 'hex')");
        Outcome refused = rebuild.rebuild(false, NOBODY);
        assertThat(refused.replaced()).isNull();
        assertThat(refused.differences())
                .anySatisfy(d -> assertThat(d).startsWith("chain: eeee"))
                .anySatisfy(
                        d ->
                                assertThat(d)
                                        .matches(
                                                "the first entry that differs is at position 2\\d\\d"))
                .anySatisfy(d -> assertThat(d).startsWith("coin:issued:promo COIN: debits "))
                .anySatisfy(d -> assertThat(d).startsWith("lot "));
        assertThat(ledger.value("select ledger_id from source_position")).isEqualTo(live);
        Outcome accepted = rebuild.rebuild(true, NOBODY);
        assertThat(accepted.replaced()).isEqualTo("ledger_old_1");
        assertThat(accepted.differences()).isEqualTo(refused.differences());
        assertThat(new LedgerVerifier(ledger.transactions).verify().holds()).isTrue();
        assertThat(ledger.value("select ledger_id from ledger_old_1.source_position"))
                .isEqualTo(live);
    }

    /** Balances of 30 viewers differ; the rest of them are not listed. */
    @Test
    void everyKindOfDifferenceIsNamed() throws Exception {
        fill(300);
        String first = movement(0);
        String second = movement(1);
        ledger.execute(
                """
                set session_replication_role = replica;
                update balance set credit = credit + 1 where account_id in
                    (select id from account where code like 'viewer:%' order by code limit 30);
                update daily_movement set amount = amount + 1 where MOVEMENT = 'FIRST';
                update daily_movement set legs = legs + 1 where MOVEMENT = 'SECOND';
                update period_seal set entries = entries + 1 where period = '2026-02';
                insert into creator_payable
                    select 'nobody', asset_id, 5 from asset where code = 'USD'
                """
                        .replace("MOVEMENT", MOVEMENT)
                        .replace("FIRST", first)
                        .replace("SECOND", second));
        List<String> differences = rebuild.rebuild(false, NOBODY).differences();
        assertThat(differences)
                .contains("creator nobody in USD: can be paid 5 and nothing")
                .anySatisfy(d -> assertThat(d).startsWith(first + ": "))
                .anySatisfy(d -> assertThat(d).startsWith(second + ": "))
                .anySatisfy(d -> assertThat(d).startsWith("seal of 2026-02: "))
                .containsOnlyOnce("and more like these")
                .filteredOn(d -> d.startsWith("viewer:"))
                .hasSize(LedgerComparison.MOST);
        assertThat(differences).noneSatisfy(d -> assertThat(d).startsWith("chain"));
    }

    private static final String MOVEMENT =
            "concat_ws(' ', day, type, debit, credit, (select code from asset a"
                    + " where a.asset_id = daily_movement.asset_id))";

    private String movement(int offset) throws SQLException {
        return ledger.value(
                "select " + MOVEMENT + " from daily_movement order by 1 limit 1 offset " + offset);
    }

    @Test
    void aLedgerThatStoppedBeforeAnEventIsReplacedAsItIs() throws Exception {
        List<SourceEvent> events = fill(300);
        TestLog.append(ledger.dataSource, List.of(next(events)));
        Outcome outcome = rebuild.rebuild(false, NOBODY);
        assertThat(outcome.position()).isEqualTo(events.size());
        assertThat(outcome.replaced()).isEqualTo("ledger_old_1");
        assertThat(outcome.entries())
                .isEqualTo(Long.parseLong(ledger.value("select count(*) from journal_entry")));
    }

    @Test
    void aLogThatEndsBeforeTheLedgerGivesNone() throws Exception {
        List<SourceEvent> events = fill(300);
        ledger.execute("delete from domain.event_log where position > 290");
        assertThatThrownBy(() -> rebuild.rebuild(false, NOBODY))
                .isInstanceOf(RebuildException.class)
                .hasMessage("event log: expected position " + events.size() + ", it ends at 290");
    }

    @Test
    void aReplacedLedgerThatIsPastTheLiveOneIsNotGoneBackTo() throws Exception {
        List<SourceEvent> events = fill(300);
        rebuild.rebuild(false, NOBODY);
        ledger.execute("drop schema ledger cascade");
        LedgerSchema.migrate(ledger.dataSource, LedgerSchema.LIVE);
        book(events.subList(0, 100));
        assertThatThrownBy(() -> rebuild.back(NOBODY))
                .isInstanceOf(RebuildException.class)
                .hasMessageContaining(
                        "schema ledger_old_1 is at position "
                                + events.size()
                                + ": expected the live ledger, at 100, to be there too");
    }

    @Test
    void replacedLedgersAreNumberedOnAndDroppedAllTogether() throws Exception {
        fill(10);
        ledger.execute("create schema ledger_old_9; create schema ledger_old_10");
        assertThat(rebuild.rebuild(false, NOBODY).replaced()).isEqualTo("ledger_old_11");
        assertThat(rebuild.dropReplaced())
                .containsExactly("ledger_old_11", "ledger_old_10", "ledger_old_9");
        assertThat(
                        ledger.value(
                                "select count(*) from pg_namespace where nspname like 'ledger_old%'"))
                .isEqualTo("0");
    }

    @Test
    void oneThatWasBrokenOffStartsOver() throws Exception {
        fill(300);
        ledger.execute(
                "create schema ledger_new; create table ledger_new.source_position (rest int)");
        Outcome outcome = rebuild.rebuild(false, NOBODY);
        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.compared()).matches("\\d+ balances, \\d+ lots, \\d+ payables, 4 seals");
        assertThat(new LedgerVerifier(ledger.transactions).verify().holds()).isTrue();
    }

    @Test
    void theWriterOfTheReplacedLedgerIsToldThoughItStandsAtTheSamePosition() throws Exception {
        List<SourceEvent> events = fill(300);
        JournalWriter writer = new JournalWriter(ledger.transactions);
        writer.load();
        rebuild.rebuild(false, NOBODY);
        List<Delivery> batch = LedgerDatabaseFixture.deliveries(List.of(next(events)));
        assertThatThrownBy(() -> writer.book(batch)).isInstanceOf(LedgerMovedException.class);
        writer.load();
        writer.book(batch);
        assertThat(ledger.value("select position from source_position"))
                .isEqualTo(Long.toString(events.size() + 1L));
        assertThat(ledger.value("select position from ledger_old_1.source_position"))
                .isEqualTo(Integer.toString(events.size()));
    }

    @Test
    void theSwitchWaitsForWhoeverReads() throws Exception {
        fill(300);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            CountDownLatch within = new CountDownLatch(1);
            Future<Boolean> reading =
                    threads.submit(
                            () ->
                                    ledger.transactions.read(
                                            c -> {
                                                String before =
                                                        one(
                                                                c,
                                                                "select ledger_id from source_position");
                                                within.countDown();
                                                Waiting.until(
                                                        () ->
                                                                assertThat(
                                                                                ledger.value(
                                                                                        "select count(*) from pg_locks"
                                                                                                + " where locktype = 'advisory'"
                                                                                                + " and not granted and database = (select oid from pg_database"
                                                                                                + " where datname = current_database())"))
                                                                        .isEqualTo("1"));
                                                return before.equals(
                                                        one(
                                                                c,
                                                                "select ledger_id from source_position"));
                                            }));
            within.await();
            Future<Outcome> switching = threads.submit(() -> rebuild.rebuild(false, NOBODY));
            assertThat(reading.get()).isTrue();
            assertThat(switching.get().replaced()).isEqualTo("ledger_old_1");
        }
    }

    @Test
    void oneAtATime() throws Exception {
        fill(300);
        try (Connection other = ledger.dataSource.getConnection();
                Statement lock = other.createStatement()) {
            lock.execute("select pg_advisory_lock(hashtext('confetti.ledger rebuild'))");
            assertThatThrownBy(() -> rebuild.rebuild(false, NOBODY))
                    .isInstanceOf(RebuildException.class)
                    .hasMessageContaining("another rebuild");
        }
        assertThatThrownBy(() -> rebuild.back(NOBODY))
                .isInstanceOf(RebuildException.class)
                .hasMessageContaining("no replaced ledger is kept");
    }

    @Test
    void oneThatFailedLetsTheNextOneWorkThoughConnectionsAreKept() throws Exception {
        fill(10);
        try (HikariDataSource pool = pool()) {
            LedgerRebuild pooled = new LedgerRebuild(pool, log, null);
            assertThatThrownBy(() -> pooled.back(NOBODY)).isInstanceOf(RebuildException.class);
            assertThat(rebuild.rebuild(false, NOBODY).replaced()).isEqualTo("ledger_old_1");
        }
    }

    /** Some months of events, in the log and in the ledger. */
    private List<SourceEvent> fill(int count) throws SQLException {
        List<SourceEvent> events =
                ClosedMonths.of(new RandomEvents(4, 10).next(count), Duration.ofHours(10));
        TestLog.append(ledger.dataSource, events);
        book(events);
        return events;
    }

    private void book(List<SourceEvent> events) throws SQLException {
        JournalWriter writer = new JournalWriter(ledger.transactions);
        writer.load();
        writer.book(LedgerDatabaseFixture.deliveries(events));
    }

    private static SourceEvent next(List<SourceEvent> events) {
        return Samples.source(
                events.size() + 1L, Samples.grant(900_000, "new", 5), Duration.ofHours(10));
    }
}
