package dev.confetti.ledger.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.confetti.engines.TestEngines;
import dev.confetti.events.ConfettiEvent;
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
                Waiting.until(
                        () ->
                                assertThat(ledger.value("select position > 0 from source_position"))
                                        .isEqualTo("t"));
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
        String first =
                ledger.value("select min(entry_id) from journal_entry where entry_id >= 200");
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
                .contains("the first entry that differs is at position " + first)
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
                update source_position set entries = entries + 1;
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
                .anySatisfy(d -> assertThat(d).startsWith("entries: "))
                .containsOnlyOnce("and more like these")
                .filteredOn(d -> d.startsWith("viewer:"))
                .hasSize(LedgerComparison.MOST);
        assertThat(differences).noneSatisfy(d -> assertThat(d).startsWith("chain"));
    }

    /** A month may have been closed before there were seals. */
    @Test
    void whatOnlyTheBuiltLedgerHasIsADifferenceUnlessItIsASeal() throws Exception {
        List<ConfettiEvent> business = new ArrayList<>(Samples.example());
        business.addAll(Samples.restOfTheExample());
        business.addAll(new RandomEvents(4, 10, 1_000).next(200));
        fill(business);
        String account =
                ledger.value(
                        "select code || ' ' || asset from account where id = (select min(account_id) from balance)");
        String lot = ledger.value("select lot_id from lot order by position limit 1");
        String payable =
                ledger.value(
                        "select creator_id || ' in ' || code from creator_payable join asset using (asset_id)"
                                + " order by creator_id, asset_id limit 1");
        String movement = movement(0);
        ledger.execute(
                """
                set session_replication_role = replica;
                delete from balance where account_id = (select min(account_id) from balance);
                delete from lot where position = (select min(position) from lot);
                delete from creator_payable where (creator_id, asset_id) =
                    (select creator_id, asset_id from creator_payable order by creator_id, asset_id limit 1);
                delete from daily_movement where MOVEMENT = 'FIRST';
                delete from period_seal where period = '2026-02'
                """
                        .replace("MOVEMENT", MOVEMENT)
                        .replace("FIRST", movement));
        assertThat(rebuild.rebuild(false, NOBODY).differences())
                .hasSize(4)
                .anySatisfy(d -> assertThat(d).startsWith(account + ": nothing and debits "))
                .anySatisfy(d -> assertThat(d).startsWith("lot " + lot + ": nothing and "))
                .anySatisfy(
                        d ->
                                assertThat(d)
                                        .startsWith(
                                                "creator "
                                                        + payable
                                                        + ": nothing and can be paid "))
                .anySatisfy(d -> assertThat(d).startsWith(movement + ": nothing and "));
    }

    /** Of as many lots and months as there are columns, each is changed in another one. */
    @Test
    void everyColumnOfLotsAndSealsIsCompared() throws Exception {
        fill(900);
        List<String> lots =
                List.of(
                        "position = position + 100000",
                        "recorded_at = recorded_at + interval '1 microsecond'",
                        "viewer_id = viewer_id || 'x'",
                        "coins = coins + 1",
                        "price = price + 1",
                        "commission = commission + 1",
                        "recognised = case recognised when 0 then 1 else recognised - 1 end",
                        "commission_recognised = case commission_recognised when 0 then 1"
                                + " else commission_recognised - 1 end");
        List<String> seals =
                List.of(
                        "position = position + 1",
                        "through_position = through_position - 1",
                        "chain = balances",
                        "balances = chain",
                        "log_hash = chain",
                        "sealed_at = sealed_at + interval '1 microsecond'");
        StringBuilder changes = new StringBuilder("set session_replication_role = replica");
        for (int i = 0; i < lots.size(); i++) {
            changes.append("; update lot set ")
                    .append(lots.get(i))
                    .append(
                            " where lot_id = (select lot_id from lot where price > 0 and commission > 0")
                    .append(" order by lot_id limit 1 offset ")
                    .append(i)
                    .append(")");
        }
        for (int i = 0; i < seals.size(); i++) {
            changes.append("; update period_seal set ")
                    .append(seals.get(i))
                    .append(
                            " where period = (select period from period_seal order by period limit 1 offset ")
                    .append(i)
                    .append(")");
        }
        ledger.execute(changes.toString());
        List<String> differences = rebuild.rebuild(false, NOBODY).differences();
        assertThat(differences).filteredOn(d -> d.startsWith("lot ")).hasSize(lots.size());
        assertThat(differences).filteredOn(d -> d.startsWith("seal of ")).hasSize(seals.size());
        assertThat(differences).hasSize(lots.size() + seals.size());
    }

    @Test
    void goingBackTakesTheReplacedLedgerThoughItDiffers() throws Exception {
        fill(10);
        String live = ledger.value("select ledger_id from source_position");
        ledger.execute(
                "set session_replication_role = replica; update balance set debit = debit + 7"
                        + " where account_id = (select min(account_id) from balance)");
        assertThat(rebuild.rebuild(true, NOBODY).replaced()).isEqualTo("ledger_old_1");
        Outcome back = rebuild.back(NOBODY);
        assertThat(back.differences()).hasSize(1);
        assertThat(back.replaced()).isEqualTo("ledger_old_2");
        assertThat(ledger.value("select ledger_id from source_position")).isEqualTo(live);
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
                                                waitUntilTheSwitchWaits();
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

    private void waitUntilTheSwitchWaits() {
        Waiting.until(
                () ->
                        assertThat(
                                        ledger.value(
                                                "select count(*) from pg_locks where locktype = 'advisory'"
                                                        + " and not granted and database = (select oid from"
                                                        + " pg_database where datname = current_database())"))
                                .isEqualTo("1"));
    }

    @Test
    void aReaderThatStaysKeepsNoOtherOut() throws Exception {
        fill(10);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            CountDownLatch within = new CountDownLatch(1);
            CountDownLatch otherHasRead = new CountDownLatch(1);
            Future<Boolean> staying =
                    threads.submit(
                            () ->
                                    ledger.transactions.read(
                                            c -> {
                                                within.countDown();
                                                Waiting.until(
                                                        () ->
                                                                assertThat(otherHasRead.getCount())
                                                                        .isZero());
                                                return true;
                                            }));
            within.await();
            Future<Outcome> switching = threads.submit(() -> rebuild.rebuild(false, NOBODY));
            waitUntilTheSwitchWaits();
            ledger.transactions.read(LedgerPosition::read);
            otherHasRead.countDown();
            assertThat(staying.get()).isTrue();
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
        return fill(new RandomEvents(4, 10).next(count));
    }

    private List<SourceEvent> fill(List<? extends ConfettiEvent> business) throws SQLException {
        List<SourceEvent> events = ClosedMonths.of(business, Duration.ofHours(10));
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
