package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.engines.TestEngines;
import dev.confetti.events.EventCodec;
import dev.confetti.events.EventType;
import dev.confetti.events.FinanceEvent.BreakageRecognised;
import dev.confetti.events.FinanceEvent.PeriodClosed;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.Http.Response;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogVerifier;
import dev.confetti.gift.log.NewEvent;
import dev.confetti.gift.log.OutdatedAppendException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Months that are closed, on a clock that is moved past their ends. */
class PeriodCloseTest {
    private final PostgresEndpoint postgres = TestEngines.freshPostgres();
    private final SetClock clock = SetClock.nearNow();
    private final YearMonth month = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));

    private RunningService service;
    private Http http;
    private String finance;
    private String second;
    private String admin;

    @BeforeEach
    void start() {
        service = RunningService.start(postgres, clock, "confetti.earnings.every=1h");
        http = service.http();
        finance = service.token("fin", "finance");
        second = service.token("fin-2", "finance");
        admin = service.token("staff", "admin");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private static Instant end(YearMonth month) {
        return month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private Response close(Http at, Object period) {
        return at.post("/v1/ledger/periods/" + period + "/close", finance, null, Map.of());
    }

    private Response close(Object period) {
        return close(http, period);
    }

    private long head() {
        return service.bean(EventLog.class).head();
    }

    private String hashAt(long position) throws SQLException {
        try (Connection connection = service.bean(GiftDatabase.class).dataSource().getConnection();
                PreparedStatement query =
                        connection.prepareStatement(
                                "select hash from domain.event_log where position = ?")) {
            query.setLong(1, position);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return HexFormat.of().formatHex(row.getBytes(1));
            }
        }
    }

    @Test
    void aMonthIsClosedOnceItIsOverAndSealedByTheHashOfItsLastEvent() throws SQLException {
        service.grant(admin, "ann", 5);
        service.grant(admin, "ann", 5);
        clock.set(end(month).minusNanos(1_000));
        service.grant(admin, "ann", 5);
        Response early = close(month);
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.problem()).isEqualTo("period-not-over");
        assertThat(early.text("end")).isEqualTo(end(month).toString());

        clock.set(end(month));
        service.grant(admin, "ann", 5);
        service.grant(admin, "ann", 5);
        Response closed = close(month);

        assertThat(closed.status()).as(closed.toString()).isEqualTo(200);
        assertThat(closed.text("status")).isEqualTo("closed");
        assertThat(closed.number("throughPosition")).isEqualTo(3);
        assertThat(closed.text("logHash")).isEqualTo(hashAt(3));
        assertThat(closed.text("closedBy")).isEqualTo("fin");
        assertThat(closed.number("position")).isEqualTo(6);
        assertThat(close(month).body()).isEqualTo(closed.body());
        assertThat(
                        http.post("/v1/ledger/periods/" + month + "/close", second, null, Map.of())
                                .body())
                .isEqualTo(closed.body());
        assertThat(head()).isEqualTo(6);
    }

    @Test
    void afterALookAtAMonthsEndNothingIsRecordedBeforeItWhateverOtherClocksSay() {
        service.grant(admin, "ann", 5);
        Instant before = clock.instant();
        Instant later = end(month.plusMonths(1));
        clock.set(later);
        // Refused: the log's own time moves although nothing is appended.
        assertThat(close(month.plusMonths(1)).problem()).isEqualTo("earlier-period-open");

        clock.set(before);
        service.grant(admin, "ann", 5);
        List<LogRecord> wallet = service.bean(EventLog.class).readStream("wallet", "ann", 0);
        assertThat(wallet.getLast().occurredAt()).isEqualTo(before);
        assertThat(wallet.getLast().recordedAt()).isEqualTo(later);
        // By the log's time the month is over, if not by this clock.
        assertThat(close(month).number("throughPosition")).isEqualTo(1);
    }

    @Test
    void monthsAreClosedInOrder() {
        service.grant(admin, "ann", 5);
        clock.set(end(month.plusMonths(2)));
        Response refused = close(month.plusMonths(1));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("earlier-period-open");
        assertThat(refused.text("earliestOpen")).isEqualTo(month.toString());

        assertThat(close(month).status()).isEqualTo(200);
        assertThat(close(month.plusMonths(2)).text("earliestOpen"))
                .isEqualTo(month.plusMonths(1).toString());
        // Nothing happened in it: it ends where the month before does.
        assertThat(close(month.plusMonths(1)).number("throughPosition")).isEqualTo(1);
        // The closes themselves are of the month after.
        assertThat(close(month.plusMonths(2)).number("throughPosition")).isEqualTo(1);
        JsonNode list = http.get("/v1/ledger/periods?limit=2", finance).json();
        assertThat(list.get("periods").get(0).get("period").stringValue())
                .isEqualTo(month.plusMonths(2).toString());
        JsonNode rest =
                http.get(
                                "/v1/ledger/periods?cursor=" + list.get("nextCursor").stringValue(),
                                finance)
                        .json();
        assertThat(rest.get("periods").size()).isEqualTo(1);
        assertThat(rest.get("periods").get(0).get("period").stringValue())
                .isEqualTo(month.toString());
    }

    @Test
    void monthsBeforeTheFirstEventAreNoObstacle() {
        service.grant(admin, "ann", 5);
        Response empty = close(month.minusMonths(5));
        assertThat(empty.status()).as(empty.toString()).isEqualTo(200);
        assertThat(empty.number("throughPosition")).isZero();
        assertThat(empty.text("logHash")).isEqualTo("0".repeat(64));
        assertThat(close(month.minusMonths(6)).problem()).isEqualTo("period-closed");
        clock.set(end(month));
        assertThat(close(month).number("throughPosition")).isEqualTo(2);
    }

    @Test
    void breakageGoesToAnOpenMonth() {
        Map<String, Object> estimate =
                Map.of(
                        "period", month.toString(),
                        "currency", "USD",
                        "amount", "1.00",
                        "reason", "r");
        String id = http.post("/v1/ledger/breakage", finance, "b", estimate).text("breakageId");
        clock.set(end(month));
        close(month);
        assertThat(
                        http.post("/v1/ledger/breakage/" + id + "/approve", second, null, Map.of())
                                .problem())
                .isEqualTo("period-closed");
        assertThat(http.post("/v1/ledger/breakage", finance, "c", estimate).problem())
                .isEqualTo("period-closed");
        BreakageRecognised late =
                new BreakageRecognised(
                        UUID.fromString(id),
                        month.toString(),
                        "USD",
                        1_000_000,
                        "fin",
                        "fin-2",
                        null);
        NewEvent event = NewEvent.alone(late.breakageId(), "breakage", late, clock.instant());
        assertThatThrownBy(() -> service.bean(EventLog.class).append(List.of(event)))
                .as("from an instance that looked before the month was closed")
                .isInstanceOf(OutdatedAppendException.class);
        assertThat(http.post("/v1/ledger/breakage", finance, "b", estimate).status())
                .isEqualTo(200);
    }

    @Test
    void theVerifierFindsASealThatDoesNotFit() throws SQLException {
        service.grant(admin, "ann", 5);
        service.grant(admin, "ann", 5);
        clock.set(end(month));
        close(month);
        assertThat(fault()).isEmpty();

        // Appended as if by another program: the chain holds, what it says does not.
        forge(month.plusMonths(1), 3, "ab".repeat(32));
        assertThat(fault())
                .hasValueSatisfying(
                        found -> {
                            assertThat(found.position()).isEqualTo(4);
                            assertThat(found.what()).contains("the last position before");
                        });
    }

    @Test
    void theVerifierFindsASealOfAnotherHash() throws SQLException {
        service.grant(admin, "ann", 5);
        clock.set(end(month));
        forge(month, 1, "ab".repeat(32));
        assertThat(fault())
                .hasValueSatisfying(
                        found -> {
                            assertThat(found.position()).isEqualTo(2);
                            assertThat(found.what()).contains("expected the hash at its position");
                        });
    }

    private void forge(YearMonth forged, long through, String hash) {
        PeriodClosed event = new PeriodClosed(forged.toString(), through, hash, "nobody");
        service.bean(EventLog.class)
                .append(
                        List.of(
                                new NewEvent(
                                        UUID.randomUUID(),
                                        "forged",
                                        forged.toString(),
                                        0,
                                        EventType.PERIOD_CLOSED.typeName(),
                                        EventCodec.encode(event),
                                        clock.instant())));
    }

    private Optional<LogVerifier.Fault> fault() throws SQLException {
        return new LogVerifier(service.bean(GiftDatabase.class).dataSource()).verify().fault();
    }

    @Test
    void twoInstancesCloseAMonthOnce() {
        service.grant(admin, "ann", 5);
        clock.set(end(month.plusMonths(1)));
        try (RunningService other =
                RunningService.start(postgres, clock, "confetti.earnings.every=1h")) {
            Response here = close(month);
            assertThat(close(other.http(), month).body()).isEqualTo(here.body());
            assertThat(close(other.http(), month.plusMonths(1)).status()).isEqualTo(200);
            assertThat(close(month.plusMonths(1)).status()).isEqualTo(200);
        }
        assertThat(head()).isEqualTo(3);
    }

    @Test
    void aMonthIsReadStrictly() {
        for (String period : List.of("2026-13", "2026-00", "2026-1", "202601", "1492-10", "x")) {
            Response refused = close(period);
            assertThat(refused.status()).as(period).isEqualTo(400);
            assertThat(refused.problem()).isEqualTo("malformed-request");
        }
        assertThat(
                        http.post(
                                        "/v1/ledger/periods/" + month + "/close",
                                        service.token("v", "viewer"),
                                        null,
                                        Map.of())
                                .problem())
                .isEqualTo("forbidden");
    }
}
