package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.engines.TestEngines;
import dev.confetti.gift.Http.Response;
import dev.confetti.gift.purchase.Chargebacks;
import dev.confetti.gift.purchase.Chargebacks.Dispute;
import dev.confetti.gift.purchase.Chargebacks.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Money that goes back, over HTTP and by the word of the payment's provider. */
class RefundsTest {
    private static final Map<String, Object> BECAUSE = Map.of("reason", "asked for it");

    private static RunningService service;
    private static Http http;
    private static String finance;
    private static String liveId;
    private static Chargebacks chargebacks;

    @BeforeAll
    static void start() {
        service = RunningService.start(TestEngines.freshPostgres());
        http = service.http();
        finance = service.token("fin", "finance");
        liveId = service.activeLive(service.token("creator", "creator"));
        chargebacks = service.bean(Chargebacks.class);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** Buys 700 coins at 9.99. */
    private static UUID buy(String viewer, String key) {
        Response bought =
                http.post(
                        "/v1/coin-purchases",
                        viewer,
                        key,
                        Map.of("packageId", "coins-660", "provider", "sandbox"));
        assertThat(bought.status()).as(bought.toString()).isEqualTo(201);
        return UUID.fromString(bought.text("purchaseId"));
    }

    private static Response refund(UUID purchaseId, String key) {
        return http.post("/v1/coin-purchases/" + purchaseId + "/refund", finance, key, BECAUSE);
    }

    private static void send(String viewer, String key, long coins) {
        assertThat(service.send(viewer, key, liveId, "ant", coins).status()).isEqualTo(201);
    }

    private static JsonNode coins(String viewer) {
        return http.get("/v1/wallet", viewer).json().get("coins");
    }

    private static String status(UUID purchaseId) {
        return http.get("/v1/coin-purchases/" + purchaseId, finance).text("status");
    }

    private static Dispute dispute(UUID purchaseId, String reference) {
        return new Dispute(purchaseId, reference, 999, 1_500, "USD");
    }

    @Test
    void anUnspentPurchaseIsRefundedOnce() {
        String viewer = service.token("regrets", "viewer");
        UUID purchase = buy(viewer, "1");

        Response refunded = refund(purchase, "r1");

        assertThat(refunded.status()).as(refunded.toString()).isEqualTo(200);
        assertThat(refunded.number("coinsTaken")).isEqualTo(700);
        assertThat(refunded.number("coinsOwed")).isZero();
        assertThat(refunded.json().get("amount").get("amountMinor").longValue()).isEqualTo(999);
        assertThat(status(purchase)).isEqualTo("refunded");
        assertThat(http.get("/v1/wallet", viewer).number("spendable")).isZero();

        Response again = refund(purchase, "r1");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(refunded.body());
        assertThat(refund(purchase, "r2").status()).isEqualTo(409);
        assertThat(refund(purchase, "r2").problem()).isEqualTo("already-refunded");
        UUID other = buy(viewer, "2");
        assertThat(refund(other, "r1").problem()).isEqualTo("idempotency-key-reused");
        assertThat(coins(viewer).get("paid").longValue()).isEqualTo(700);
    }

    @Test
    void onlyFinanceRefundsAndOnlyWhatWasBought() {
        String viewer = service.token("sly", "viewer");
        UUID purchase = buy(viewer, "1");
        String path = "/v1/coin-purchases/" + purchase + "/refund";
        assertThat(http.post(path, viewer, "r", BECAUSE).status()).isEqualTo(403);
        assertThat(http.post(path, null, "r", BECAUSE).status()).isEqualTo(401);
        assertThat(http.post(path, finance, null, BECAUSE).problem())
                .isEqualTo("idempotency-key-missing");
        assertThat(http.post(path, finance, "r", Map.of("reason", " ")).problem())
                .isEqualTo("malformed-request");
        for (String none : List.of(UUID.randomUUID().toString(), "x")) {
            Response unknown =
                    http.post("/v1/coin-purchases/" + none + "/refund", finance, "r", BECAUSE);
            assertThat(unknown.status()).isEqualTo(404);
            assertThat(unknown.problem()).isEqualTo("unknown-purchase");
        }
        assertThat(status(purchase)).isEqualTo("completed");
    }

    @Test
    void spentCoinsAreOwedAndTheNextPurchasePays() {
        String viewer = service.token("spent", "viewer");
        UUID purchase = buy(viewer, "1");
        send(viewer, "g", 500);

        Response refunded = refund(purchase, "s1");

        assertThat(refunded.number("coinsTaken")).isEqualTo(200);
        assertThat(refunded.number("coinsOwed")).isEqualTo(500);
        assertThat(coins(viewer).get("debt").longValue()).isEqualTo(500);
        Response broke = service.send(viewer, "g2", liveId, "ant", 1);
        assertThat(broke.problem()).isEqualTo("insufficient-coins");
        assertThat(broke.number("spendable")).isZero();
        buy(viewer, "2");
        assertThat(coins(viewer).get("debt").longValue()).isZero();
        assertThat(coins(viewer).get("paid").longValue()).isEqualTo(200);
        send(viewer, "g3", 200);
    }

    @Test
    void ofManyRefundsAtOnceOneHasEffect() throws Exception {
        String viewer = service.token("many", "viewer");
        UUID purchase = buy(viewer, "1");
        send(viewer, "g", 100);
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Response>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String key = "m" + i;
                answers.add(threads.submit(() -> refund(purchase, key)));
            }
            for (Future<Response> answer : answers) {
                statuses.add(answer.get().status());
            }
        }
        assertThat(statuses).containsOnly(200, 409).filteredOn(each -> each == 200).hasSize(1);
        assertThat(coins(viewer).get("debt").longValue()).isEqualTo(100);
    }

    @Test
    void aDisputeFreezesAndItsLossTakes() {
        String viewer = service.token("denies", "viewer");
        UUID purchase = buy(viewer, "1");
        send(viewer, "g", 100);

        assertThat(chargebacks.open("sandbox", dispute(purchase, "dp_1")))
                .isEqualTo(Effect.RECORDED);
        assertThat(chargebacks.open("sandbox", dispute(purchase, "dp_1")))
                .isEqualTo(Effect.REPEATED);
        assertThat(chargebacks.open("sandbox", dispute(purchase, "dp_2")))
                .isEqualTo(Effect.CONTRADICTED);
        assertThat(coins(viewer).get("frozen").longValue()).isEqualTo(600);
        assertThat(coins(viewer).get("paid").longValue()).isZero();
        assertThat(refund(purchase, "d1").problem()).isEqualTo("chargeback-open");
        assertThat(status(purchase)).isEqualTo("completed");
        assertThat(http.get("/v1/coin-purchases/" + purchase, viewer).text("chargeback"))
                .isEqualTo("open");

        assertThat(chargebacks.close("sandbox", dispute(purchase, "dp_1"), false))
                .isEqualTo(Effect.RECORDED);
        assertThat(chargebacks.close("sandbox", dispute(purchase, "dp_1"), false))
                .isEqualTo(Effect.REPEATED);
        assertThat(chargebacks.close("sandbox", dispute(purchase, "dp_1"), true))
                .isEqualTo(Effect.CONTRADICTED);
        assertThat(chargebacks.open("sandbox", dispute(purchase, "dp_1")))
                .isEqualTo(Effect.REPEATED);
        assertThat(chargebacks.open("sandbox", dispute(purchase, "dp_2")))
                .isEqualTo(Effect.CONTRADICTED);
        assertThat(coins(viewer).get("frozen").longValue()).isZero();
        assertThat(coins(viewer).get("debt").longValue()).isEqualTo(100);
        assertThat(status(purchase)).isEqualTo("charged-back");
        assertThat(refund(purchase, "d2").problem()).isEqualTo("already-charged-back");
    }

    @Test
    void theEndOfADisputeMayComeBeforeItsBegin() {
        String viewer = service.token("late", "viewer");
        UUID purchase = buy(viewer, "1");
        assertThat(chargebacks.close("sandbox", dispute(purchase, "dp_9"), true))
                .isEqualTo(Effect.RECORDED);
        assertThat(chargebacks.open("sandbox", dispute(purchase, "dp_9")))
                .isEqualTo(Effect.REPEATED);
        assertThat(coins(viewer).get("paid").longValue()).isEqualTo(700);
        assertThat(coins(viewer).get("frozen").longValue()).isZero();
        // What was won can be refunded all the same, and disputed again.
        assertThat(refund(purchase, "l1").number("coinsTaken")).isEqualTo(700);
        assertThat(chargebacks.open("sandbox", dispute(purchase, "dp_10")))
                .isEqualTo(Effect.RECORDED);
        assertThat(chargebacks.close("sandbox", dispute(purchase, "dp_10"), false))
                .isEqualTo(Effect.RECORDED);
        assertThat(coins(viewer).get("debt").longValue()).isZero();
    }

    @Test
    void aDisputeOfAnUnknownPurchaseChangesNothing() {
        Dispute unknown = dispute(UUID.randomUUID(), "dp_x");
        assertThat(chargebacks.open("sandbox", unknown)).isEqualTo(Effect.UNKNOWN_PURCHASE);
        assertThat(chargebacks.close("sandbox", unknown, false)).isEqualTo(Effect.UNKNOWN_PURCHASE);
    }

    @Test
    void aDisputeThatDoesNotFitThePurchaseChangesNothing() {
        String viewer = service.token("fits", "viewer");
        UUID purchase = buy(viewer, "1");
        for (Dispute wrong :
                List.of(
                        new Dispute(purchase, "w", 998, 0, "USD"),
                        new Dispute(purchase, "w", 999, -1, "USD"),
                        new Dispute(purchase, "w", 999, 0, "EUR"),
                        new Dispute(purchase, "w", Long.MAX_VALUE, 0, "USD"))) {
            assertThat(chargebacks.open("sandbox", wrong)).isEqualTo(Effect.CONTRADICTED);
            assertThat(chargebacks.close("sandbox", wrong, false)).isEqualTo(Effect.CONTRADICTED);
        }
        assertThat(chargebacks.open("stripe", dispute(purchase, "w")))
                .isEqualTo(Effect.CONTRADICTED);
        assertThat(coins(viewer).get("paid").longValue()).isEqualTo(700);
    }

    @Test
    void aKeyThatCameWithAnotherPurchaseGivesNoMoneyBack() {
        String viewer = service.token("keys", "viewer");
        UUID first = buy(viewer, "1");
        UUID second = buy(viewer, "2");
        assertThat(refund(first, "same").status()).isEqualTo(200);
        assertThat(refund(second, "same").problem()).isEqualTo("idempotency-key-reused");
        assertThat(status(second)).isEqualTo("completed");
        assertThat(coins(viewer).get("paid").longValue()).isEqualTo(700);
    }
}
