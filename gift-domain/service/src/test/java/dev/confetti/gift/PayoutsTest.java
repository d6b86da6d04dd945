package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gift.Http.Response;
import dev.confetti.gift.earning.EarningsClerk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Payouts up to their decision; at 10% tax, a fee of 0.25 and 1 micro-unit for 0.0001 diamond. */
class PayoutsTest {
    private static final Map<String, Object> ACCOUNT =
            Map.of("iban", "DE89 3704 0044 0532 0130 00", "name", "Ada Lovelace");
    private static final SetClock clock = SetClock.nearNow();

    private static EarningsStage stage;
    private static RunningService service;
    private static Http http;
    private static String viewer;
    private static String finance;

    private String creatorId = "";
    private String creator = "";
    private String liveId = "";

    @BeforeAll
    static void start() {
        stage =
                new EarningsStage(
                        clock,
                        "confetti.policy.earningsHold=PT0S",
                        "confetti.policy.payoutMinimumDiamonds=100",
                        "confetti.policy.payoutFeeMinor=25",
                        "confetti.policy.withholdingBps=1000");
        service = stage.service();
        http = service.http();
        finance = stage.finance();
        viewer = stage.viewer();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @BeforeEach
    void freshCreator() {
        EarningsStage.Star star = stage.freshStar();
        creatorId = star.creatorId();
        creator = star.token();
        liveId = star.liveId();
    }

    /** Gifts of 1 coin each, at half a diamond, released. */
    private Response earn(long coins) {
        Response sent = stage.send(liveId, "ant", coins);
        clock.set(clock.instant().plusSeconds(2));
        stage.work();
        return sent;
    }

    private Response request(String key, Object diamonds) {
        return http.post(
                "/v1/payouts", creator, key, Map.of("diamonds", diamonds, "destination", ACCOUNT));
    }

    private String requested(Object diamonds) {
        Response answer = request(stage.next("k"), diamonds);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.text("payoutId");
    }

    private String diamonds(String kind) {
        service.bean(EarningsClerk.class).work();
        return stage.earnings(creatorId, creator).get("diamonds").get(kind).stringValue();
    }

    private static Response decide(String payoutId, String how, String token) {
        Map<String, Object> body = how.equals("reject") ? Map.of("reason", "odd") : Map.of();
        return http.post("/v1/payouts/" + payoutId + "/" + how, token, null, body);
    }

    @Test
    void aPayoutIsRequestedOnceAndApprovedByAnotherPerson() {
        earn(1_000);
        Response answer = request("p1", "400");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        assertThat(answer.text("status")).isEqualTo("requested");
        assertThat(request("p1", "400").status()).isEqualTo(200);
        assertThat(request("p1", "400").body()).isEqualTo(answer.body());
        assertThat(request("p1", "300").problem()).isEqualTo("idempotency-key-reused");
        assertThat(diamonds("available")).isEqualTo("100.0000");
        assertThat(diamonds("reserved")).isEqualTo("400.0000");

        String id = answer.text("payoutId");
        JsonNode shown = http.get("/v1/payouts/" + id, creator).json();
        assertThat(shown.get("amount").get("amountMinor").longValue()).isEqualTo(400);
        assertThat(shown.get("destination").get("iban").stringValue())
                .isEqualTo("DE89370400440532013000");
        assertThat(shown.has("net")).isFalse();

        Response approved = decide(id, "approve", finance);
        assertThat(approved.status()).as(approved.toString()).isEqualTo(200);
        assertThat(approved.text("status")).isEqualTo("approved");
        // 4.00: 0.40 tax, 0.25 fee.
        assertThat(approved.json().get("withholding").get("amountMinor").longValue()).isEqualTo(40);
        assertThat(approved.json().get("fee").get("amountMinor").longValue()).isEqualTo(25);
        assertThat(approved.json().get("net").get("amountMinor").longValue()).isEqualTo(335);
        assertThat(decide(id, "approve", finance).body()).isEqualTo(approved.body());
        Response late = decide(id, "reject", service.token("fin-2", "finance"));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.problem()).isEqualTo("payout-not-requested");
        assertThat(diamonds("reserved")).isEqualTo("400.0000");
    }

    @Test
    void aRejectedPayoutGivesTheDiamondsBack() {
        earn(400);
        String id = requested("200");
        assertThat(diamonds("available")).isEqualTo("0.0000");
        Response rejected = decide(id, "reject", finance);
        assertThat(rejected.text("status")).isEqualTo("rejected");
        assertThat(decide(id, "reject", finance).body()).isEqualTo(rejected.body());
        assertThat(decide(id, "approve", finance).problem()).isEqualTo("payout-not-requested");
        assertThat(diamonds("available")).isEqualTo("200.0000");
        assertThat(diamonds("reserved")).isEqualTo("0.0000");
        requested("200");
    }

    @Test
    void onlyWhatIsAvailableIsPaidAndNotTooLittle() {
        earn(400);
        Response tooMuch = request("a", "201");
        assertThat(tooMuch.status()).isEqualTo(409);
        assertThat(tooMuch.problem()).isEqualTo("insufficient-diamonds");
        assertThat(tooMuch.text("available")).isEqualTo("200.0000");
        assertThat(tooMuch.text("needed")).isEqualTo("201.0000");
        Response tooLittle = request("a", 99);
        assertThat(tooLittle.problem()).isEqualTo("below-minimum");
        assertThat(tooLittle.number("minimumDiamonds")).isEqualTo(100);
        requested(200);
        assertThat(request("b", "100").problem()).isEqualTo("insufficient-diamonds");
    }

    @Test
    void whatWasReversedCannotBePaidOut() {
        Response sent = earn(400);
        assertThat(
                        http.post(
                                        "/v1/gift-sends/" + sent.text("giftSendId") + "/reverse",
                                        finance,
                                        "r" + creatorId,
                                        Map.of("reason", "fraud"))
                                .status())
                .isEqualTo(200);
        Response refused = request("a", "200");
        assertThat(refused.problem()).isEqualTo("insufficient-diamonds");
        assertThat(refused.text("available")).isEqualTo("0.0000");
    }

    @Test
    void aReversalAfterTheRequestLeavesTheBalanceBelowZeroAndNothingMoreIsPaid() {
        earn(200);
        Response last = earn(200);
        requested("200");
        http.post(
                "/v1/gift-sends/" + last.text("giftSendId") + "/reverse",
                finance,
                "r" + creatorId,
                Map.of("reason", "fraud"));
        assertThat(diamonds("available")).isEqualTo("-100.0000");
        assertThat(request("b", "100").problem()).isEqualTo("insufficient-diamonds");
        earn(400);
        assertThat(diamonds("available")).isEqualTo("100.0000");
        requested("100");
    }

    @Test
    void ofManyRequestsAtOnceOnlySoManyAreTakenAsCanBePaid() throws Exception {
        earn(1_000);
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Response>> answers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                String key = "m" + i;
                answers.add(threads.submit(() -> request(key, "100")));
            }
            for (Future<Response> answer : answers) {
                statuses.add(answer.get().status());
            }
        }
        assertThat(statuses).containsOnly(201, 409).filteredOn(each -> each == 201).hasSize(5);
        assertThat(diamonds("available")).isEqualTo("0.0000");
        assertThat(diamonds("reserved")).isEqualTo("500.0000");
    }

    @Test
    void nobodyDecidesAboutOwnPayouts() {
        earn(400);
        String id = requested("200");
        Response own = decide(id, "approve", service.token(creatorId, "creator", "finance"));
        assertThat(own.status()).isEqualTo(403);
        assertThat(own.problem()).isEqualTo("same-person");
        assertThat(decide(id, "approve", creator).problem()).isEqualTo("forbidden");
        assertThat(decide("x", "approve", finance).problem()).isEqualTo("unknown-payout");
        assertThat(decide(id, "approve", finance).status()).isEqualTo(200);
    }

    @Test
    void payoutsAreSeenByTheirCreatorAndByFinance() {
        earn(800);
        String first = requested("100");
        String second = requested("100");
        JsonNode page = http.get("/v1/payouts?limit=1", creator).json();
        assertThat(page.get("payouts").get(0).get("payoutId").stringValue()).isEqualTo(second);
        JsonNode rest =
                http.get(
                                "/v1/payouts?limit=1&cursor="
                                        + page.get("nextCursor").stringValue(),
                                creator)
                        .json();
        assertThat(rest.get("payouts").get(0).get("payoutId").stringValue()).isEqualTo(first);
        String other = service.token("someone", "creator");
        assertThat(http.get("/v1/payouts", other).json().get("payouts").size()).isZero();
        assertThat(http.get("/v1/payouts/" + first, other).problem()).isEqualTo("unknown-payout");
        assertThat(http.get("/v1/payouts?creatorId=" + creatorId, other).problem())
                .isEqualTo("forbidden");
        assertThat(
                        http.get("/v1/payouts?status=requested&creatorId=" + creatorId, finance)
                                .json()
                                .get("payouts")
                                .size())
                .isEqualTo(2);
    }

    @Test
    void requestsAreReadStrictly() {
        for (Object diamonds :
                new Object[] {"1.5", "-1", "0", "x", 1.5, true, "1e3", "1e500000000"}) {
            Response refused = request("s", diamonds);
            assertThat(refused.status()).as("%s", diamonds).isEqualTo(400);
            assertThat(refused.problem()).isEqualTo("malformed-request");
        }
        Response noIban =
                http.post(
                        "/v1/payouts",
                        creator,
                        "s",
                        Map.of(
                                "diamonds",
                                "100",
                                "destination",
                                Map.of("iban", "DE00370400440532013000", "name", "Ada")));
        assertThat(noIban.problem()).isEqualTo("malformed-request");
        assertThat(noIban.text("detail")).startsWith("iban: expected an IBAN");
        assertThat(request("k", "100").problem()).isEqualTo("insufficient-diamonds");
        assertThat(http.get("/v1/payouts?status=paid", creator).problem())
                .isEqualTo("malformed-request");
        assertThat(http.post("/v1/payouts", viewer, "k", Map.of()).status()).isEqualTo(403);
    }
}
