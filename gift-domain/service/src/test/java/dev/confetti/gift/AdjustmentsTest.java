package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.engines.TestEngines;
import dev.confetti.events.FinanceEvent.AdjustmentApproved;
import dev.confetti.events.FinanceEvent.AdjustmentRejected;
import dev.confetti.events.FinanceEvent.AdjustmentRequested;
import dev.confetti.events.FinanceEvent.BreakageRecognised;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.Http.Response;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.NewEvent;
import dev.confetti.gift.log.OutdatedAppendException;
import java.sql.SQLException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Corrections of the books and breakage, each by two persons. */
class AdjustmentsTest {
    private static final String ADJUSTMENTS = "/v1/ledger/adjustments";
    private static final String BREAKAGE = "/v1/ledger/breakage";
    private static final Map<String, Object> WRITE_OFF =
            Map.of(
                    "debit", "5090:adjustments",
                    "credit", "1010:bank",
                    "amount", "0.03",
                    "currency", "USD",
                    "reason", "unmatched bank item");
    private static final SetClock clock = SetClock.nearNow();
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static PostgresEndpoint postgres;
    private static RunningService service;
    private static Http http;
    private static String maker;
    private static String checker;
    private static String third;

    @BeforeAll
    static void start() {
        postgres = TestEngines.freshPostgres();
        service = RunningService.start(postgres, clock);
        http = service.http();
        maker = service.token("fin-1", "finance");
        checker = service.token("fin-2", "finance");
        third = service.token("fin-3", "finance");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Map<String, Object> with(Map<String, Object> body, String field, Object value) {
        Map<String, Object> changed = new HashMap<>(body);
        changed.put(field, value);
        return changed;
    }

    private static Response request(String key, Map<String, Object> body) {
        return http.post(ADJUSTMENTS, maker, key, body);
    }

    private static String requested() {
        Response answer = request("k" + NUMBERS.incrementAndGet(), WRITE_OFF);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.text("adjustmentId");
    }

    private static Response decide(String id, String how, String token) {
        Map<String, Object> body = how.equals("reject") ? Map.of("reason", "found it") : Map.of();
        return http.post(ADJUSTMENTS + "/" + id + "/" + how, token, null, body);
    }

    private static List<LogRecord> stream(String type, String id) {
        return service.bean(EventLog.class).readStream(type, id, 0);
    }

    /** Entry 34 of the ledger's example: write off an unmatched bank item of 0.03. */
    @Test
    void anAdjustmentIsRequestedOnceAndApprovedByAnotherPerson() {
        Response answer = request("e34", WRITE_OFF);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        assertThat(answer.text("status")).isEqualTo("requested");
        Response again = request("e34", WRITE_OFF);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(answer.body());
        for (var other :
                Map.of(
                                "debit", "2300:suspense",
                                "credit", "2300:suspense",
                                "amount", "0.04",
                                "currency", "EUR",
                                "reason", "another")
                        .entrySet()) {
            Response reused = request("e34", with(WRITE_OFF, other.getKey(), other.getValue()));
            assertThat(reused.status()).as(other.getKey()).isEqualTo(422);
            assertThat(reused.problem()).isEqualTo("idempotency-key-reused");
        }

        String id = answer.text("adjustmentId");
        Response own = decide(id, "approve", maker);
        assertThat(own.status()).isEqualTo(403);
        assertThat(own.problem()).isEqualTo("same-person");
        Response approved = decide(id, "approve", checker);
        assertThat(approved.status()).as(approved.toString()).isEqualTo(200);
        assertThat(approved.text("status")).isEqualTo("approved");
        assertThat(approved.text("amount")).isEqualTo("0.030000");
        assertThat(approved.text("reason")).isEqualTo("unmatched bank item");
        assertThat(approved.text("requestedBy")).isEqualTo("fin-1");
        assertThat(approved.text("decidedBy")).isEqualTo("fin-2");
        assertThat(decide(id, "approve", checker).body()).isEqualTo(approved.body());
        Response late = decide(id, "approve", third);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.problem()).isEqualTo("adjustment-not-requested");
        assertThat(decide(id, "reject", checker).problem()).isEqualTo("adjustment-not-requested");

        UUID adjustmentId = UUID.fromString(id);
        assertThat(stream("adjustment", id))
                .extracting(LogRecord::event)
                .containsExactly(
                        new AdjustmentRequested(
                                adjustmentId,
                                "5090:adjustments",
                                "1010:bank",
                                30_000,
                                "USD",
                                "fin-1",
                                null),
                        new AdjustmentApproved(
                                adjustmentId,
                                "5090:adjustments",
                                "1010:bank",
                                30_000,
                                "USD",
                                "fin-2"));
        assertThat(request("e34", WRITE_OFF).body()).isEqualTo(answer.body());
    }

    @Test
    void aRejectedAdjustmentIsNotBooked() {
        String id = requested();
        assertThat(decide(id, "reject", maker).problem()).isEqualTo("same-person");
        Response rejected = decide(id, "reject", checker);
        assertThat(rejected.text("status")).isEqualTo("rejected");
        assertThat(rejected.text("rejection")).isEqualTo("found it");
        assertThat(decide(id, "reject", checker).body()).isEqualTo(rejected.body());
        assertThat(decide(id, "reject", third).problem()).isEqualTo("adjustment-not-requested");
        assertThat(decide(id, "approve", checker).problem()).isEqualTo("adjustment-not-requested");
        assertThat(stream("adjustment", id)).hasSize(2);
        assertThat(stream("adjustment", id).getLast().event())
                .isInstanceOf(AdjustmentRejected.class);
    }

    @Test
    void ofManyApprovalsAtOnceOneCounts() throws Exception {
        String id = requested();
        List<String> persons = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            persons.add(service.token("crowd-" + i, "finance"));
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Response>> answers = new ArrayList<>();
            for (String person : persons) {
                answers.add(threads.submit(() -> decide(id, "approve", person)));
            }
            for (Future<Response> answer : answers) {
                statuses.add(answer.get().status());
            }
        }
        assertThat(statuses).containsOnly(200, 409).filteredOn(each -> each == 200).hasSize(1);
        assertThat(stream("adjustment", id)).hasSize(2);
    }

    @Test
    void accountsThatLotsAndCreatorsExplainAreNotAdjusted() {
        for (String account :
                List.of(
                        "1060:deferred-commission",
                        "1070:creator-clawback",
                        "2010:contract-liability",
                        "2110:creator-payable:pending",
                        "2120:creator-payable:available",
                        "2130:payout:requested",
                        "2131:payout:approved",
                        "viewer:42:coin:paid",
                        "coin:issued:paid",
                        "9999:nothing")) {
            for (String side : List.of("debit", "credit")) {
                Response refused = request("n", with(WRITE_OFF, side, account));
                assertThat(refused.status()).as("%s %s", side, account).isEqualTo(422);
                assertThat(refused.problem()).isEqualTo("account-not-adjustable");
                assertThat(refused.text("detail"))
                        .startsWith("account \"" + account + "\"")
                        .contains("5090:adjustments");
            }
        }
        assertThat(request("n", with(WRITE_OFF, "debit", "2010:contract-liability")).text("detail"))
                .contains("explained by the lots of purchases");
    }

    @Test
    void requestsAreReadStrictly() {
        Map<String, List<Object>> bad =
                Map.of(
                        "amount",
                        List.of("0", "-0.03", "0.0000001", "1e3", "1,000.00", "x", "", 3, ".5"),
                        "currency",
                        List.of("usd", "DOLLAR", "XXX", ""),
                        "credit",
                        List.of("5090:adjustments", 7),
                        "reason",
                        List.of("", " ", "x".repeat(501)));
        bad.forEach(
                (field, values) ->
                        values.forEach(
                                value -> {
                                    Response refused = request("b", with(WRITE_OFF, field, value));
                                    assertThat(refused.status())
                                            .as("%s %s", field, value)
                                            .isEqualTo(400);
                                    assertThat(refused.problem()).isEqualTo("malformed-request");
                                    assertThat(refused.text("detail")).contains(field);
                                }));
        assertThat(http.post(ADJUSTMENTS, maker, null, Map.of("debit", "x")).problem())
                .isEqualTo("malformed-request");
        assertThat(http.post(ADJUSTMENTS, maker, null, WRITE_OFF).problem())
                .isEqualTo("idempotency-key-missing");
        assertThat(decide("x", "approve", checker).problem()).isEqualTo("unknown-adjustment");
        assertThat(decide(UUID.randomUUID().toString(), "approve", checker).status())
                .isEqualTo(404);
    }

    /** A thousand million is 10^15 at the six places of the books; 64 bits hold 9,223 of those. */
    @Test
    void noSingleCorrectionMovesSoMuchThatTheBooksOverflow() {
        assertThat(request("most", with(WRITE_OFF, "amount", "1000000000")).status())
                .isEqualTo(201);
        for (String more : List.of("1000000000.000001", "999999999999", "1000000000000000000000")) {
            Response refused = request("more", with(WRITE_OFF, "amount", more));
            assertThat(refused.problem()).isEqualTo("malformed-request");
            assertThat(refused.text("detail"))
                    .startsWith("amount \"" + more + "\": expected at most 1000000000 either way");
            assertThat(estimate("more", "SEK", more).problem()).isEqualTo("malformed-request");
            assertThat(estimate("more", "SEK", "-" + more).text("detail"))
                    .startsWith("amount \"-" + more + "\": expected at most 1000000000");
        }
        assertThat(estimate("most", "SEK", "1000000000.00").status()).isEqualTo(201);
    }

    @Test
    void onlyFinanceMayLookAndWrite() {
        String creator = service.token("someone", "viewer", "creator", "admin");
        assertThat(http.post(ADJUSTMENTS, null, "a", WRITE_OFF).status()).isEqualTo(401);
        for (String path : List.of(ADJUSTMENTS, BREAKAGE, "/v1/ledger/periods")) {
            assertThat(http.get(path, creator).problem()).isEqualTo("forbidden");
        }
        assertThat(http.post(ADJUSTMENTS, creator, "a", WRITE_OFF).problem())
                .isEqualTo("forbidden");
        assertThat(decide(requested(), "approve", creator).problem()).isEqualTo("forbidden");
    }

    @Test
    void adjustmentsAreListedLatestFirst() {
        String first = requested();
        String second = requested();
        decide(first, "approve", checker);
        JsonNode page = http.get(ADJUSTMENTS + "?limit=1", maker).json();
        assertThat(page.get("adjustments").get(0).get("adjustmentId").stringValue())
                .isEqualTo(second);
        JsonNode rest =
                http.get(
                                ADJUSTMENTS
                                        + "?limit=1&cursor="
                                        + page.get("nextCursor").stringValue(),
                                maker)
                        .json();
        assertThat(rest.get("adjustments").get(0).get("adjustmentId").stringValue())
                .isEqualTo(first);
        JsonNode approved = http.get(ADJUSTMENTS + "?status=approved&limit=1", maker).json();
        assertThat(approved.get("adjustments").get(0).get("adjustmentId").stringValue())
                .isEqualTo(first);
        assertThat(http.get(ADJUSTMENTS + "/" + second, checker).text("status"))
                .isEqualTo("requested");
        assertThat(http.get(ADJUSTMENTS + "?status=done", maker).problem())
                .isEqualTo("malformed-request");
    }

    private static String month() {
        return YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC)).toString();
    }

    private static Response estimate(String key, String currency, String amount) {
        return http.post(
                BREAKAGE,
                maker,
                key,
                Map.of(
                        "period",
                        month(),
                        "currency",
                        currency,
                        "amount",
                        amount,
                        "reason",
                        "cohort of last year"));
    }

    private static Response decideBreakage(String id, String how, String token) {
        return http.post(BREAKAGE + "/" + id + "/" + how, token, null, Map.of());
    }

    /** Entry 32 of the ledger's example: 0.50 of coins that will probably never be spent. */
    @Test
    void breakageIsEstimatedByOnePersonAndRecognisedByAnother() {
        Response answer = estimate("e32", "USD", "0.50");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        assertThat(estimate("e32", "USD", "0.5").status()).isEqualTo(200);
        assertThat(estimate("e32", "USD", "0.51").problem()).isEqualTo("idempotency-key-reused");
        String id = answer.text("breakageId");
        assertThat(decideBreakage(id, "approve", maker).problem()).isEqualTo("same-person");
        assertThat(stream("breakage", id)).isEmpty();

        Response recognised = decideBreakage(id, "approve", checker);
        assertThat(recognised.status()).as(recognised.toString()).isEqualTo(200);
        assertThat(recognised.text("status")).isEqualTo("recognised");
        assertThat(decideBreakage(id, "approve", checker).body()).isEqualTo(recognised.body());
        assertThat(decideBreakage(id, "approve", third).problem())
                .isEqualTo("breakage-not-requested");
        assertThat(stream("breakage", id))
                .extracting(LogRecord::event)
                .containsExactly(
                        new BreakageRecognised(
                                UUID.fromString(id),
                                month(),
                                "USD",
                                500_000,
                                "fin-1",
                                "fin-2",
                                null));
        assertThat(estimate("e32", "USD", "0.50").body()).isEqualTo(answer.body());
    }

    @Test
    void breakageIsTruedUpButNeverBelowNothing() {
        approvedEstimate("EUR", "10.00");
        assertThat(estimate("t1", "EUR", "-10.000001").problem()).isEqualTo("breakage-below-zero");
        String back = estimate("t2", "EUR", "-6.00").text("breakageId");
        String tooMuch = estimate("t3", "EUR", "-6.00").text("breakageId");
        assertThat(decideBreakage(back, "approve", checker).text("amount")).isEqualTo("-6.000000");
        Response refused = decideBreakage(tooMuch, "approve", checker);
        assertThat(refused.problem()).isEqualTo("breakage-below-zero");
        assertThat(refused.text("recognised")).isEqualTo("4.000000");
        assertThat(decideBreakage(tooMuch, "reject", checker).text("status")).isEqualTo("rejected");
        assertThat(decideBreakage(tooMuch, "approve", third).problem())
                .isEqualTo("breakage-not-requested");
    }

    @Test
    void anEstimateIsDroppedByAnotherPersonThanWhoBroughtIt() {
        String id = estimate("dropped", "DKK", "3.00").text("breakageId");
        assertThat(decideBreakage(id, "reject", maker).problem()).isEqualTo("same-person");
        assertThat(http.get(BREAKAGE + "/" + id, maker).text("status")).isEqualTo("requested");
        Response rejected = decideBreakage(id, "reject", checker);
        assertThat(rejected.text("status")).isEqualTo("rejected");
        assertThat(rejected.text("decidedBy")).isEqualTo("fin-2");
        assertThat(decideBreakage(id, "reject", checker).body()).isEqualTo(rejected.body());
        assertThat(decideBreakage(id, "reject", third).problem())
                .isEqualTo("breakage-not-requested");
        assertThat(decideBreakage(id, "approve", checker).problem())
                .isEqualTo("breakage-not-requested");
        assertThat(stream("breakage", id)).isEmpty();

        String recognised = estimate("kept", "DKK", "3.00").text("breakageId");
        decideBreakage(recognised, "approve", checker);
        for (String late : List.of(maker, checker, third)) {
            assertThat(decideBreakage(recognised, "reject", late).problem())
                    .isEqualTo("breakage-not-requested");
        }
        assertThat(decideBreakage(UUID.randomUUID().toString(), "reject", checker).problem())
                .isEqualTo("unknown-breakage");
    }

    @Test
    void aKeyOfAnEstimateIsOfThatEstimateAlone() {
        Map<String, Object> body =
                Map.of("period", month(), "currency", "PLN", "amount", "2.00", "reason", "cohort");
        Response answer = http.post(BREAKAGE, maker, "alone", body);
        assertThat(answer.status()).isEqualTo(201);
        String before = YearMonth.parse(month()).minusMonths(1).toString();
        for (var other :
                Map.of("period", before, "currency", "CZK", "amount", "2.01", "reason", "another")
                        .entrySet()) {
            Response reused =
                    http.post(
                            BREAKAGE, maker, "alone", with(body, other.getKey(), other.getValue()));
            assertThat(reused.status()).as(other.getKey()).isEqualTo(422);
            assertThat(reused.problem()).isEqualTo("idempotency-key-reused");
        }
        assertThat(http.post(BREAKAGE, maker, "alone", body).body()).isEqualTo(answer.body());
        assertThat(http.post(BREAKAGE, checker, "alone", body).status()).isEqualTo(201);
    }

    @Test
    void estimatesAreListedLatestFirst() {
        String first = estimate("listed-1", "HUF", "1.00").text("breakageId");
        String second = estimate("listed-2", "HUF", "2.00").text("breakageId");
        JsonNode page = http.get(BREAKAGE + "?limit=1", maker).json();
        assertThat(page.get("breakage").size()).isEqualTo(1);
        assertThat(page.get("breakage").get(0).get("breakageId").stringValue()).isEqualTo(second);
        JsonNode rest =
                http.get(
                                BREAKAGE
                                        + "?limit=1&cursor="
                                        + page.get("nextCursor").stringValue(),
                                maker)
                        .json();
        assertThat(rest.get("breakage").get(0).get("breakageId").stringValue()).isEqualTo(first);
    }

    /** Each event comes as from an instance that looked before the other decisions. */
    @Test
    void whatWasDecidedMeanwhileIsNotRecognisedToo() {
        approvedEstimate("ISK", "10.00");
        String back = estimate("meanwhile-1", "ISK", "-6.00").text("breakageId");
        String tooMuch = estimate("meanwhile-2", "ISK", "-6.00").text("breakageId");
        decideBreakage(back, "approve", checker);
        assertNotRecognised(UUID.fromString(tooMuch), "ISK", -6_000_000);
        assertThat(http.get(BREAKAGE + "/" + tooMuch, maker).text("status")).isEqualTo("requested");
        String dropped = estimate("meanwhile-3", "ISK", "1.00").text("breakageId");
        decideBreakage(dropped, "reject", checker);
        assertNotRecognised(UUID.fromString(dropped), "ISK", 1_000_000);
        assertNotRecognised(UUID.randomUUID(), "ISK", 1_000_000);
        assertThat(estimate("meanwhile-4", "ISK", "-4.01").text("recognised"))
                .isEqualTo("4.000000");
    }

    private static void assertNotRecognised(UUID id, String currency, long amountMicros) {
        BreakageRecognised event =
                new BreakageRecognised(id, month(), currency, amountMicros, "fin-1", "fin-2", null);
        assertThatThrownBy(
                        () ->
                                service.bean(EventLog.class)
                                        .append(
                                                List.of(
                                                        NewEvent.alone(
                                                                id,
                                                                "breakage",
                                                                event,
                                                                clock.instant()))))
                .isInstanceOf(OutdatedAppendException.class);
    }

    @Test
    void ofManyRecognitionsAtOnceOneCounts() throws Exception {
        String id = estimate("many", "MXN", "1.00").text("breakageId");
        List<String> persons = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            persons.add(service.token("many-" + i, "finance"));
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Response>> answers = new ArrayList<>();
            for (int i = 0; i < persons.size(); i++) {
                String how = i % 2 == 0 ? "approve" : "reject";
                String person = persons.get(i);
                answers.add(threads.submit(() -> decideBreakage(id, how, person)));
            }
            for (Future<Response> answer : answers) {
                statuses.add(answer.get().status());
            }
        }
        assertThat(statuses).containsOnly(200, 409).filteredOn(each -> each == 200).hasSize(1);
        boolean recognised =
                http.get(BREAKAGE + "/" + id, maker).text("status").equals("recognised");
        assertThat(stream("breakage", id)).hasSize(recognised ? 1 : 0);
    }

    @Test
    void aReasonIsReadableInTheApiAndInNoTable() throws SQLException {
        String id = estimate("sealed", "NOK", "5.00").text("breakageId");
        assertThat(estimate("sealed", "NOK", "5.00").status()).isEqualTo(200);
        assertThat(http.get(BREAKAGE + "/" + id, checker).text("reason"))
                .isEqualTo("cohort of last year");
        decideBreakage(id, "approve", checker);
        String second = estimate("sealed-2", "NOK", "6.00").text("breakageId");
        decideBreakage(second, "reject", checker);
        assertThat(http.get(BREAKAGE + "/" + second, checker).text("reason"))
                .isEqualTo("cohort of last year");

        assertThat(PlainScan.tablesWith(postgres, "cohort of last year")).isEmpty();
    }

    private static void approvedEstimate(String currency, String amount) {
        String id = estimate("a" + NUMBERS.incrementAndGet(), currency, amount).text("breakageId");
        assertThat(decideBreakage(id, "approve", checker).status()).isEqualTo(200);
    }

    @Test
    void estimatesAreReadStrictly() {
        for (String period : List.of("2026-13", "2026-1", "26-01", "2026-01-01", "x")) {
            Response refused =
                    http.post(
                            BREAKAGE,
                            maker,
                            "s",
                            Map.of(
                                    "period", period,
                                    "currency", "USD",
                                    "amount", "1",
                                    "reason", "r"));
            assertThat(refused.status()).as(period).isEqualTo(400);
            assertThat(refused.text("detail")).startsWith("period \"" + period + "\"");
        }
        assertThat(estimate("s", "USD", "0.00").problem()).isEqualTo("malformed-request");
        String next = YearMonth.parse(month()).plusMonths(1).toString();
        Map<String, Object> future =
                Map.of("period", next, "currency", "USD", "amount", "1", "reason", "r");
        assertThat(http.post(BREAKAGE, maker, "s", future).problem())
                .isEqualTo("period-out-of-range");
        assertThat(http.get(BREAKAGE + "/x", maker).problem()).isEqualTo("unknown-breakage");
    }
}
