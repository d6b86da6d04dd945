package dev.confetti.gift.log;

import static dev.confetti.gift.log.EventLogTest.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.FaultyDatabase.Fault;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLogFaultTest {
    private final TestDatabase postgres = new TestDatabase();
    private final FaultyDatabase faulty = new FaultyDatabase(postgres.dataSource());

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void aCommitWithoutAnswerIsAnUnknownOutcomeThatARepeatResolves() {
        try (EventLog log = log()) {
            log.append(List.of(event(1, "ann", 0)));

            faulty.breakNext(Fault.AFTER_COMMIT);
            assertUnknown(log, event(2, "ann", 1));
            assertThatThrownBy(() -> log.append(List.of(event(2, "ann", 1))))
                    .isInstanceOf(DuplicateEventException.class);

            faulty.breakNext(Fault.BEFORE_COMMIT);
            assertUnknown(log, event(3, "ann", 2));
            assertThat(log.append(List.of(event(3, "ann", 2))).firstPosition()).isEqualTo(3);
        }
    }

    @Test
    void aDatabaseThatCannotBeReachedIsSaidAndComesBack() {
        try (EventLog log = log()) {
            faulty.breakNext(Fault.NO_CONNECTION);

            assertThatThrownBy(() -> log.append(List.of(event(1, "ann", 0))))
                    .isInstanceOf(LogUnavailableException.class)
                    .hasMessage("the event log's database cannot be reached; nothing was appended");
            assertThat(log.append(List.of(event(1, "ann", 0))).firstPosition()).isEqualTo(1);
        }
    }

    @Test
    void anIdleConnectionThatTheServerEndedCostsNoAppend() throws SQLException {
        try (EventLog log = log()) {
            log.append(List.of(event(1, "ann", 0)));
            killAll();

            assertThat(log.append(List.of(event(2, "ann", 1))).firstPosition()).isEqualTo(2);
        }
    }

    @Test
    void aWriterThatHangsHoldsUpNobodyForLongerThanTheTimeout() throws SQLException {
        EventLogConfig impatient = new EventLogConfig(1_000, 1_000);
        try (EventLog log =
                        new EventLog(
                                faulty.dataSource(), InstantSource.system(), List.of(), impatient);
                Connection other = postgres.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("update domain.log_head set position = position");

            assertThatThrownBy(() -> log.append(List.of(event(1, "ann", 0))))
                    .isInstanceOfSatisfying(
                            LogUnavailableException.class,
                            e -> assertThat(e.outcomeUnknown()).isFalse());

            other.rollback();
            assertThat(log.append(List.of(event(1, "ann", 0))).firstPosition()).isEqualTo(1);
        }
    }

    @Test
    void aFullDiskIsRefusedWithAKnownOutcomeAndIsNotTriedAgain() {
        AtomicInteger attempts = new AtomicInteger();
        InlineProjection full =
                (connection, appended) -> {
                    if (attempts.incrementAndGet() == 1) {
                        throw new SQLException("could not extend file", "53100");
                    }
                };
        try (EventLog log =
                new EventLog(
                        postgres.dataSource(),
                        InstantSource.system(),
                        List.of(full),
                        EventLogConfig.defaults())) {
            assertThatThrownBy(() -> log.append(List.of(event(1, "ann", 0))))
                    .isInstanceOf(LogUnavailableException.class)
                    .hasMessage(
                            "the event log's database refused the append; nothing was appended");
            assertThat(attempts).hasValue(1);
            assertThat(log.append(List.of(event(1, "ann", 0))).firstPosition()).isEqualTo(1);
        }
    }

    @Test
    void poisonInABatchFailsAlone() throws Exception {
        InlineProjection picky =
                (connection, appended) -> {
                    if (hasPoison(appended)) {
                        throw new SQLException("poison", "23514");
                    }
                };
        assertPoisonFailsAlone(picky, "poison");
    }

    @Test
    void aRowThatIsNotThereIsTheFaultOfTheAppendThatWantedIt() throws Exception {
        InlineProjection picky =
                (connection, appended) -> {
                    if (hasPoison(appended)) {
                        OneRow.write(
                                connection,
                                "update domain.log_head set position = position where position < ?",
                                0L);
                    }
                };
        assertPoisonFailsAlone(
                picky,
                "expected one row to be written, not 0, with [0] by update domain.log_head set"
                        + " position = position where position < ?");
    }

    private static boolean hasPoison(List<LogRecord> appended) {
        return appended.stream().anyMatch(row -> row.streamId().equals("poison"));
    }

    private void assertPoisonFailsAlone(InlineProjection picky, String message) throws Exception {
        try (EventLog log =
                        new EventLog(
                                postgres.dataSource(),
                                InstantSource.system(),
                                List.of(picky),
                                EventLogConfig.defaults());
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Appended>> good = new ArrayList<>();
            List<Future<Appended>> bad = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int id = i;
                String stream = i % 50 == 7 ? "poison" : "s" + i;
                (i % 50 == 7 ? bad : good)
                        .add(callers.submit(() -> log.append(List.of(event(id, stream, 0)))));
            }
            for (Future<Appended> each : good) {
                assertThat(each.get().count()).isEqualTo(1);
            }
            for (Future<Appended> each : bad) {
                assertThatThrownBy(each::get)
                        .hasCauseInstanceOf(LogUnavailableException.class)
                        .hasRootCauseMessage(message);
            }
            assertThat(log.head()).isEqualTo(196);
        }
        assertThat(new LogVerifier(postgres.dataSource()).verify().fault()).isEmpty();
    }

    /** Callers repeat with the same id, as the contract says; sessions are killed all the while. */
    @Test
    void sessionsKilledInAStormLoseAndDoubleNothing() throws Exception {
        int callers = 16;
        int atLeastEach = 60;
        int atLeastKills = 4;
        AtomicInteger kills = new AtomicInteger();
        long appended = 0;
        AtomicInteger left = new AtomicInteger(callers);
        try (EventLog log = log();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> done = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                int id = caller;
                Callable<Integer> storm =
                        () -> {
                            try {
                                int i = 0;
                                while (i < atLeastEach || kills.get() < atLeastKills) {
                                    appendUntilKnown(log, event(100_000L * id + i, "s" + id, i));
                                    i++;
                                }
                                return i;
                            } finally {
                                left.decrementAndGet();
                            }
                        };
                done.add(threads.submit(storm));
            }
            while (left.get() > 0) {
                long before = postgres.number("select position from domain.log_head");
                killAll();
                kills.incrementAndGet();
                while (left.get() > 0
                        && postgres.number("select position from domain.log_head") < before + 20) {
                    Thread.onSpinWait();
                }
            }
            for (Future<Integer> caller : done) {
                assertThat(caller.get()).isGreaterThanOrEqualTo(atLeastEach);
                appended += caller.get();
            }
            assertThat(kills.get()).isGreaterThan(3);
        }
        assertThat(postgres.number("select count(*) from domain.event_log")).isEqualTo(appended);
        LogVerifier.Report report = new LogVerifier(postgres.dataSource()).verify();
        assertThat(report.fault()).isEmpty();
        assertThat(report.rows()).isEqualTo(appended);
    }

    private static void appendUntilKnown(EventLog log, NewEvent event) {
        while (true) {
            try {
                log.append(List.of(event));
                return;
            } catch (DuplicateEventException e) {
                return; // the attempt before, whose outcome was unknown, had succeeded
            } catch (LogUnavailableException e) {
                Thread.onSpinWait();
            }
        }
    }

    private void assertUnknown(EventLog log, NewEvent event) {
        assertThatThrownBy(() -> log.append(List.of(event)))
                .isInstanceOfSatisfying(
                        LogUnavailableException.class, e -> assertThat(e.outcomeUnknown()).isTrue())
                .hasMessageContaining("repeat with the same event id");
    }

    private void killAll() throws SQLException {
        postgres.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname ="
                        + " current_database() and pid <> pg_backend_pid()");
    }

    private EventLog log() {
        return new EventLog(
                faulty.dataSource(), InstantSource.system(), List.of(), EventLogConfig.defaults());
    }
}
