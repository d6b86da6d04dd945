package dev.confetti.gift.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.EventCodec;
import dev.confetti.events.EventType;
import dev.confetti.events.FinanceEvent.ProviderSettled;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.OutdatedAppendException;
import dev.confetti.gift.log.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An append that comes when another instance has already taken its turn: one of them has the lines.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SettlementClaimsTest {
    private static final UUID SETTLEMENT = new UUID(0, 7);
    private static final ReportLine FEE =
            new ReportLine(2, "2026-01", LineKind.FEE, "", "USD", 0, 50);

    private final TestDatabase postgres = new TestDatabase();
    private final SettlementTable table = new SettlementTable(postgres.database());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.close();
        postgres.close();
    }

    private void putDown() throws SQLException {
        try (Connection connection = postgres.connect()) {
            SettlementLines.put(
                    connection, SETTLEMENT, "apple", Report.of(List.of(FEE)).getFirst());
        }
    }

    private void append(Connection connection) throws SQLException {
        ProviderSettled event =
                new ProviderSettled(
                        SETTLEMENT,
                        "1021:receivable:apple",
                        "apple",
                        "2026-01",
                        "USD",
                        -50,
                        0,
                        50,
                        0,
                        1,
                        "0".repeat(64),
                        "fin-1");
        Instant now = Instant.parse("2026-02-05T00:00:00Z");
        table.apply(
                connection,
                List.of(
                        new LogRecord(
                                1,
                                SETTLEMENT,
                                "settlement",
                                SETTLEMENT.toString(),
                                0,
                                EventType.PROVIDER_SETTLED.typeName(),
                                EventCodec.encode(event),
                                now,
                                now)));
    }

    private Connection transaction() throws SQLException {
        Connection connection = postgres.connect();
        connection.setAutoCommit(false);
        return connection;
    }

    private void awaitWaiting(Future<?> other) throws SQLException {
        while (!other.isDone()
                && postgres.number("select count(*) from pg_locks where not granted") == 0) {
            Thread.onSpinWait();
        }
    }

    private long lines() throws SQLException {
        return postgres.number("select count(*) from domain.settlement_line");
    }

    @Test
    void anAppendWaitsForWhoeverGivesItsLinesUpAndFindsThemGone() throws Exception {
        putDown();
        try (Connection other = transaction();
                Connection writer = transaction()) {
            SettlementLines.giveUp(other);
            Future<?> appended =
                    threads.submit(
                            () -> {
                                append(writer);
                                writer.commit();
                                return null;
                            });
            awaitWaiting(appended);
            other.commit();

            assertThatThrownBy(appended::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(OutdatedAppendException.class);
        }
        assertThat(lines()).isZero();
    }

    @Test
    void whoeverGivesUpWaitsForAnAppendAndLeavesItsLines() throws Exception {
        putDown();
        try (Connection other = transaction();
                Connection writer = transaction()) {
            append(writer);
            Future<?> givenUp =
                    threads.submit(
                            () -> {
                                SettlementLines.giveUp(other);
                                other.commit();
                                return null;
                            });
            awaitWaiting(givenUp);
            writer.commit();
            givenUp.get();
        }
        assertThat(lines()).isEqualTo(1);
        assertThat(postgres.number("select count(*) from domain.provider_settlement")).isEqualTo(1);
    }

    @Test
    void anAppendThatIsRolledBackLeavesItsLinesToWhoeverComesNext() throws Exception {
        putDown();
        try (Connection writer = transaction()) {
            append(writer);
            writer.rollback();
        }
        putDown();
        assertThat(lines()).isEqualTo(1);
        try (Connection writer = transaction()) {
            append(writer);
            writer.commit();
            assertThatThrownBy(() -> append(writer)).isInstanceOf(OutdatedAppendException.class);
        }
    }
}
