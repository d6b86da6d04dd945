package dev.confetti.gift.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.LogReader;
import dev.confetti.events.LogRecord;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLogTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");

    private final TestDatabase postgres = new TestDatabase();
    private Instant now = NOON;
    private final InstantSource clock = () -> now;

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void anAppendIsThereWithItsPositionAndTimes() {
        try (EventLog log = log()) {
            NewEvent first = event(1, "ann", 0);
            NewEvent second = event(2, "ann", 1);

            assertThat(log.append(List.of(first, second))).isEqualTo(new Appended(1, 2, NOON));
            assertThat(log.append(List.of(event(3, "bob", 0)))).isEqualTo(new Appended(3, 1, NOON));

            assertThat(log.head()).isEqualTo(3);
            assertThat(log.lastSequence("wallet", "ann")).hasValue(1);
            assertThat(log.lastSequence("wallet", "eve")).isEmpty();
            assertThat(log.find(new UUID(0, 2)))
                    .get()
                    .usingRecursiveComparison()
                    .isEqualTo(
                            new LogRecord(
                                    2,
                                    second.eventId(),
                                    "wallet",
                                    "ann",
                                    1,
                                    "confetti.test.v1",
                                    second.payload(),
                                    Instant.parse("2026-11-22T11:59:59.999999Z"),
                                    NOON));
            assertThat(log.find(new UUID(0, 9))).isEmpty();
        }
    }

    @Test
    void theLogIsReadUpToAPositionAndNoFurtherThanItGoes() throws SQLException {
        try (EventLog log = log()) {
            log.append(List.of(event(1, "ann", 0), event(2, "ann", 1), event(3, "ann", 2)));
            LogReader reader = new LogReader(postgres.dataSource());
            List<Long> positions = new ArrayList<>();

            assertThat(reader.readUpTo(2, row -> positions.add(row.position()))).isEqualTo(2);
            assertThat(positions).containsExactly(1L, 2L);

            positions.clear();
            assertThat(reader.readUpTo(9, row -> positions.add(row.position()))).isEqualTo(3);
            assertThat(positions).containsExactly(1L, 2L, 3L);
            assertThat(reader.readUpTo(0, row -> positions.add(row.position()))).isZero();
            assertThat(positions).hasSize(3);
        }
    }

    @Test
    void whatIsKeptWithAnEventIsInTheChainAndComesBack() throws SQLException {
        try (EventLog log = log()) {
            NewEvent plain = event(1, "ann", 0);
            NewEvent keeping =
                    new NewEvent(
                            new UUID(0, 2),
                            "wallet",
                            "ann",
                            1,
                            "confetti.test.v1",
                            plain.payload(),
                            NOON,
                            "{\"spendable\":7}".getBytes(StandardCharsets.UTF_8));
            log.append(List.of(plain, keeping));

            assertThat(log.metadata(new UUID(0, 1))).isEmpty();
            assertThat(log.metadata(new UUID(0, 2)))
                    .hasValue("{\"spendable\":7}".getBytes(StandardCharsets.UTF_8));
            assertThat(log.metadata(new UUID(0, 3))).isEmpty();
            assertThat(new LogVerifier(postgres.dataSource()).verify().fault()).isEmpty();
        }
    }

    @Test
    void aRepeatIsToldSoAndAppendsNothing() {
        try (EventLog log = log()) {
            log.append(List.of(event(1, "ann", 0)));

            assertThatThrownBy(() -> log.append(List.of(event(1, "ann", 0))))
                    .isInstanceOfSatisfying(
                            DuplicateEventException.class,
                            e -> assertThat(e.eventId()).isEqualTo(new UUID(0, 1)));
            assertThatThrownBy(() -> log.append(List.of(event(7, "bob", 0), event(1, "bob", 1))))
                    .isInstanceOfSatisfying(
                            DuplicateEventException.class,
                            e -> assertThat(e.eventId()).isEqualTo(new UUID(0, 1)));

            assertThat(log.append(List.of(event(2, "ann", 1))).firstPosition()).isEqualTo(2);
        }
    }

    @Test
    void aStaleSequenceIsToldTheNextOne() {
        try (EventLog log = log()) {
            log.append(List.of(event(1, "ann", 0)));

            assertThatThrownBy(() -> log.append(List.of(event(2, "ann", 0))))
                    .isInstanceOfSatisfying(
                            StaleStreamException.class,
                            e -> {
                                assertThat(e.expectedSequence()).isZero();
                                assertThat(e.actualNext()).isEqualTo(1);
                            })
                    .hasMessageContaining("wallet:ann");
            assertThatThrownBy(() -> log.append(List.of(event(3, "ann", 2))))
                    .isInstanceOf(StaleStreamException.class);

            assertThat(log.head()).isEqualTo(1);
        }
    }

    @Test
    void streamsAreReadForwardAndBackward() {
        try (EventLog log = log()) {
            for (int i = 0; i < 5; i++) {
                log.append(List.of(event(100 + i, "ann", i, i % 2 == 0 ? "even" : "odd")));
                log.append(List.of(event(200 + i, "bob", i)));
            }

            assertThat(log.readStream("wallet", "ann", 3))
                    .extracting(LogRecord::sequence)
                    .containsExactly(3L, 4L);
            assertThat(log.readStream("wallet", "ann", 1, 2))
                    .extracting(LogRecord::sequence)
                    .containsExactly(1L, 2L);
            assertThat(log.readStreamBackward("wallet", "ann", Long.MAX_VALUE, Set.of("even"), 2))
                    .extracting(LogRecord::sequence)
                    .containsExactly(4L, 2L);
            assertThat(log.readStreamBackward("wallet", "ann", 3, Set.of(), 10))
                    .extracting(LogRecord::sequence)
                    .containsExactly(2L, 1L, 0L);
        }
    }

    @Test
    void aStreamOfSeveralPagesIsReadWhole() {
        try (EventLog log = log()) {
            List<NewEvent> many =
                    IntStream.range(0, 2_500).mapToObj(i -> event(i, "ann", i)).toList();
            log.append(many);

            assertThat(log.readStream("wallet", "ann", 0))
                    .extracting(LogRecord::sequence)
                    .hasSize(2_500)
                    .isSorted()
                    .endsWith(2_499L);
        }
    }

    @Test
    void recordedTimeStandsStillWhileTheClockStepsBack() {
        try (EventLog log = log()) {
            log.append(List.of(event(1, "ann", 0)));
            now = NOON.minusSeconds(3_600);

            assertThat(log.append(List.of(event(2, "ann", 1))).recordedAt()).isEqualTo(NOON);

            now = NOON.plusSeconds(1);
            assertThat(log.append(List.of(event(3, "ann", 2))).recordedAt())
                    .isEqualTo(NOON.plusSeconds(1));
        }
    }

    @Test
    void recordedTimeStandsStillAlsoForAnotherInstance() {
        try (EventLog log = log();
                EventLog slow =
                        new EventLog(
                                postgres.dataSource(),
                                () -> NOON.minusSeconds(5),
                                List.of(),
                                EventLogConfig.defaults())) {
            log.append(List.of(event(1, "ann", 0)));

            assertThat(slow.append(List.of(event(2, "ann", 1))).recordedAt()).isEqualTo(NOON);
        }
    }

    @Test
    void inlineProjectionsAreAsNewAsTheLogAndFailWithTheirAppendAlone() throws SQLException {
        postgres.execute("create table domain.seen (position bigint primary key)");
        InlineProjection seen =
                (connection, appended) -> {
                    for (LogRecord row : appended) {
                        if (row.streamId().equals("poison")) {
                            throw new IllegalStateException("poison");
                        }
                        try (Statement statement = connection.createStatement()) {
                            statement.execute(
                                    "insert into domain.seen values (" + row.position() + ")");
                        }
                    }
                };
        try (EventLog log = log(seen)) {
            log.append(List.of(event(1, "ann", 0)));

            assertThatThrownBy(() -> log.append(List.of(event(2, "poison", 0))))
                    .isInstanceOfSatisfying(
                            LogUnavailableException.class,
                            e -> assertThat(e.outcomeUnknown()).isFalse())
                    .hasRootCauseMessage("poison");

            assertThat(log.append(List.of(event(3, "ann", 1))).firstPosition()).isEqualTo(2);
            assertThat(postgres.number("select count(*) from domain.seen")).isEqualTo(2);
            assertThat(postgres.number("select max(position) from domain.seen")).isEqualTo(2);
        }
    }

    @Test
    void listenersAreToldAfterTheCommitAndCannotBreakTheWriter() {
        AtomicInteger told = new AtomicInteger();
        try (EventLog log = log()) {
            log.onAppended(
                    () -> {
                        throw new IllegalStateException("a broken listener");
                    });
            log.onAppended(told::incrementAndGet);

            log.append(List.of(event(1, "ann", 0)));
            log.append(List.of(event(2, "ann", 1)));
        }
        assertThat(told).hasValue(2);
    }

    @Test
    void aClosedLogRefuses() {
        EventLog log = log();
        log.append(List.of(event(1, "ann", 0)));
        log.close();
        log.close();

        assertThatThrownBy(() -> log.append(List.of(event(2, "ann", 1))))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessage("the event log is closed; nothing was appended");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update domain.event_log set payload = '\\x7b7d'",
                "delete from domain.event_log",
                "truncate domain.event_log",
                "set session_replication_role = replica; delete from domain.event_log",
                "delete from domain.log_head",
                "truncate domain.log_head",
                "update domain.log_head set recorded_at = recorded_at - interval '1 second'"
            })
    void theDatabaseItselfRefusesChanges(String sql) {
        try (EventLog log = log()) {
            log.append(List.of(event(1, "ann", 0)));
        }
        assertThatThrownBy(() -> postgres.execute(sql))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("refused: expected rows to be appended only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "a b", "ü"})
    void aStreamIdThatIsNoNameIsRefused(String streamId) {
        assertThatThrownBy(() -> event(1, streamId, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stream id \"" + streamId + "\": expected [A-Za-z0-9_-]{1,64}");
    }

    private EventLog log(InlineProjection... projections) {
        return new EventLog(
                postgres.dataSource(), clock, List.of(projections), EventLogConfig.defaults());
    }

    static NewEvent event(long id, String stream, long sequence) {
        return event(id, stream, sequence, "confetti.test.v1");
    }

    static NewEvent event(long id, String stream, long sequence, String type) {
        return new NewEvent(
                new UUID(0, id),
                "wallet",
                stream,
                sequence,
                type,
                ("{\"id\":" + id + "}").getBytes(StandardCharsets.UTF_8),
                Instant.parse("2026-11-22T11:59:59.999999999Z"));
    }
}
