package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.engines.TestEngines;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.CoinEvent.PurchaseRefunded;
import dev.confetti.events.EventIds;
import dev.confetti.gift.Http.Response;
import dev.confetti.gift.apple.Chain;
import dev.confetti.gift.apple.FakeAppStore;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.purchase.PaymentNotices;
import dev.confetti.gift.wallet.PurchaseStandings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Purchases by the App Store, with what it really signs by certificates made here. */
class ApplePurchasesTest {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir private static Path folder;
    private static FakeAppStore store;
    private static RunningService service;
    private static Http http;
    private static String finance;
    private static String liveId;

    private String viewer = "";

    @BeforeAll
    static void start() throws IOException {
        store = new FakeAppStore();
        service =
                RunningService.start(
                        TestEngines.freshPostgres(),
                        "confetti.apple.bundle-id=" + FakeAppStore.BUNDLE_ID,
                        "confetti.apple.app-apple-id=" + FakeAppStore.APP_ID,
                        "confetti.apple.root-certificates=" + store.rootFile(folder),
                        "confetti.apple.online-checks=false",
                        "confetti.apple.product-prefix=confetti.",
                        "confetti.apple.consumption-consent=true",
                        "confetti.apple.key-id=" + FakeAppStore.KEY_ID,
                        "confetti.apple.issuer-id=" + FakeAppStore.ISSUER_ID,
                        "confetti.apple.key-file=" + store.keyFile(folder),
                        "confetti.apple.api-url=" + store.url());
        http = service.http();
        finance = service.token("fin", "finance");
        liveId = service.activeLive(service.token("creator", "creator"));
    }

    @AfterAll
    static void stop() {
        service.close();
        store.close();
    }

    @BeforeEach
    void freshViewer() {
        viewer = service.token("buyer-" + NUMBERS.incrementAndGet(), "viewer");
        store.status(202);
    }

    private Response buy() {
        return http.post(
                "/v1/coin-purchases",
                viewer,
                "1",
                Map.of("packageId", "coins-660", "provider", "apple"));
    }

    private UUID begun() {
        Response begun = buy();
        assertThat(begun.status()).as(begun.toString()).isEqualTo(201);
        return UUID.fromString(begun.text("purchaseId"));
    }

    private UUID paid(String transactionId) {
        UUID purchase = begun();
        assertTaken(notice("ONE_TIME_CHARGE", FakeAppStore.transaction(transactionId, purchase)));
        assertThat(status(purchase)).isEqualTo("completed");
        return purchase;
    }

    private static String id() {
        return "2000000" + NUMBERS.incrementAndGet();
    }

    private static Response notice(String type, Map<String, Object> transaction) {
        return deliver(
                store.chain(), FakeAppStore.notification(type, store.chain().signed(transaction)));
    }

    private static Response deliver(Chain chain, Map<String, Object> notification) {
        return post(chain.signed(notification));
    }

    private static Response post(String signedPayload) {
        return http.post(
                "/v1/payments/webhooks/apple", null, null, Map.of("signedPayload", signedPayload));
    }

    private Response handIn(UUID purchase, String receipt) {
        return http.post(
                "/v1/coin-purchases/" + purchase + "/receipt",
                viewer,
                null,
                Map.of("receipt", receipt));
    }

    private static void assertTaken(Response answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.number("notices")).isEqualTo(1);
    }

    private static JsonNode purchase(UUID purchaseId) {
        return http.get("/v1/coin-purchases/" + purchaseId, finance).json();
    }

    private static String status(UUID purchaseId) {
        return purchase(purchaseId).get("status").stringValue();
    }

    private long coins(String kind) {
        return http.get("/v1/wallet", viewer).json().get("coins").get(kind).longValue();
    }

    private static int notices(UUID purchase, String state) throws Exception {
        return Notices.count(service.bean(GiftDatabase.class), purchase, state);
    }

    @Test
    void aPurchaseInTheAppIsBegunOnceAndPaidOnceByNotification() {
        Response begun = buy();
        assertThat(begun.status()).isEqualTo(201);
        assertThat(begun.text("status")).isEqualTo("pending");
        UUID purchase = UUID.fromString(begun.text("purchaseId"));
        assertThat(begun.json().get("checkout").toString())
                .isEqualTo(
                        "{\"productId\":\"confetti.coins-660\",\"appAccountToken\":\""
                                + purchase
                                + "\"}");
        assertThat(buy().body()).isEqualTo(begun.body());
        assertThat(purchase(purchase).get("checkout").get("productId").stringValue())
                .isEqualTo("confetti.coins-660");

        String id = id();
        Map<String, Object> notification =
                FakeAppStore.notification(
                        "ONE_TIME_CHARGE",
                        store.chain().signed(FakeAppStore.transaction(id, purchase)));
        assertTaken(deliver(store.chain(), notification));
        assertTaken(deliver(store.chain(), notification));
        assertTaken(notice("ONE_TIME_CHARGE", FakeAppStore.transaction(id, purchase)));

        assertThat(status(purchase)).isEqualTo("completed");
        assertThat(purchase(purchase).get("providerReference").stringValue()).isEqualTo(id);
        assertThat(coins("paid")).isEqualTo(700);
        assertThat(buy().body()).isEqualTo(begun.body());
        CoinsPurchased event =
                (CoinsPurchased) service.bean(EventLog.class).find(purchase).orElseThrow().event();
        assertThat(event.priceMinor()).isEqualTo(999);
        assertThat(event.taxMinor()).isZero();
        // 30% of 9.99 is 2.997.
        assertThat(event.commissionMinor()).isEqualTo(300);
        assertThat(event.currency()).isEqualTo("USD");
        // The storefront is "USA".
        assertThat(event.taxCountry()).isEqualTo("US");
    }

    @Test
    void theAppMayHandInItsTransactionBeforeTheNotificationComes() {
        UUID purchase = begun();
        Map<String, Object> transaction = FakeAppStore.transaction(id(), purchase);
        Response taken = handIn(purchase, store.chain().signed(transaction));
        assertThat(taken.status()).as(taken.toString()).isEqualTo(200);
        assertThat(taken.text("status")).isEqualTo("completed");
        assertThat(handIn(purchase, store.chain().signed(transaction)).body())
                .isEqualTo(taken.body());
        assertTaken(notice("ONE_TIME_CHARGE", transaction));
        assertThat(coins("paid")).isEqualTo(700);
        viewer = service.token("somebody-else", "viewer");
        assertThat(handIn(purchase, store.chain().signed(transaction)).problem())
                .isEqualTo("unknown-purchase");
    }

    @Test
    void whatTheAppStoreDidNotSignIsRefused() {
        UUID purchase = begun();
        Map<String, Object> transaction = FakeAppStore.transaction(id(), purchase);
        String signed = store.chain().signed(transaction);
        Map<String, Object> notification = FakeAppStore.notification("ONE_TIME_CHARGE", signed);
        for (Chain forged :
                new Chain[] {
                    Chain.made(),
                    store.chain().withOtherKey(),
                    store.chain().expired(),
                    store.chain().forOtherUse()
                }) {
            Response answer = deliver(forged, notification);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.problem()).isEqualTo("signature-invalid");
            // The notification is genuine, what it is about is not.
            assertThat(
                            deliver(
                                            store.chain(),
                                            FakeAppStore.notification(
                                                    "ONE_TIME_CHARGE", forged.signed(transaction)))
                                    .problem())
                    .isEqualTo("signature-invalid");
            Response refused = handIn(purchase, forged.signed(transaction));
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.problem()).isEqualTo("receipt-invalid");
        }
        assertThat(post(store.chain().signed(notification).replace("eyJub3", "eyJub2")).problem())
                .isEqualTo("signature-invalid");
        assertThat(post("none").problem()).isEqualTo("signature-invalid");
        assertThat(http.postRaw("/v1/payments/webhooks/apple", null, null, "{}").problem())
                .isEqualTo("malformed-request");
        assertThat(http.postRaw("/v1/payments/webhooks/apple", null, null, "[").problem())
                .isEqualTo("malformed-request");
        assertThat(handIn(purchase, "none").problem()).isEqualTo("receipt-invalid");
        assertThat(handIn(purchase, " ").problem()).isEqualTo("malformed-request");
        assertThat(status(purchase)).isEqualTo("pending");
    }

    @Test
    void whatIsOfAnotherAppOrOfTheStoresSandboxIsRefused() {
        UUID purchase = begun();
        Map<String, Object> sandbox = FakeAppStore.transaction(id(), purchase);
        sandbox.put("environment", "Sandbox");
        Map<String, Object> foreign = FakeAppStore.transaction(id(), purchase);
        foreign.put("bundleId", "com.example.other");
        assertThat(notice("ONE_TIME_CHARGE", sandbox).problem()).isEqualTo("signature-invalid");
        assertThat(notice("ONE_TIME_CHARGE", foreign).problem()).isEqualTo("signature-invalid");
        Response refused = handIn(purchase, store.chain().signed(sandbox));
        assertThat(refused.problem()).isEqualTo("receipt-invalid");
        assertThat(refused.text("detail")).contains("INVALID_ENVIRONMENT");
        assertThat(handIn(purchase, store.chain().signed(foreign)).problem())
                .isEqualTo("receipt-invalid");
        Map<String, Object> notification =
                FakeAppStore.notification(
                        "ONE_TIME_CHARGE",
                        store.chain().signed(FakeAppStore.transaction(id(), purchase)));
        for (Map<String, Object> wrong :
                List.<Map<String, Object>>of(
                        Map.of("appAppleId", 1), Map.of("environment", "Sandbox"))) {
            assertThat(deliver(store.chain(), withData(notification, wrong)).problem())
                    .as(wrong.toString())
                    .isEqualTo("signature-invalid");
        }
        assertThat(status(purchase)).isEqualTo("pending");
        assertThat(coins("paid")).isZero();
    }

    private static Map<String, Object> withData(
            Map<String, Object> notification, Map<String, Object> changes) {
        Map<String, Object> data = new LinkedHashMap<>();
        if (notification.get("data") instanceof Map<?, ?> before) {
            before.forEach((key, value) -> data.put((String) key, value));
        }
        data.putAll(changes);
        Map<String, Object> changed = new LinkedHashMap<>(notification);
        changed.put("data", data);
        return changed;
    }

    @Test
    void aSaleThatDoesNotFitIsKeptForFinanceAndCreditsNothing() throws Exception {
        UUID purchase = begun();
        int found = 0;
        for (Map<String, Object> wrong :
                List.<Map<String, Object>>of(
                        Map.of("productId", "confetti.coins-65"),
                        Map.of("quantity", 2),
                        Map.of("price", 9_980))) {
            Map<String, Object> transaction = FakeAppStore.transaction(id(), purchase);
            transaction.putAll(wrong);
            assertTaken(notice("ONE_TIME_CHARGE", transaction));
            assertThat(notices(purchase, "contradicted")).as(wrong.toString()).isEqualTo(++found);
            Response refused = handIn(purchase, store.chain().signed(transaction));
            assertThat(refused.problem()).isEqualTo("receipt-invalid");
            assertThat(notices(purchase, "contradicted")).isEqualTo(found);
        }
        Map<String, Object> ofAnother = FakeAppStore.transaction(id(), UUID.randomUUID());
        Response refused = handIn(purchase, store.chain().signed(ofAnother));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("detail")).contains("expected " + purchase);
        assertThat(notices(purchase, "contradicted")).isEqualTo(found + 1);
        assertThat(status(purchase)).isEqualTo("pending");
        assertThat(coins("paid")).isZero();

        // With tax in another currency the price list of the store counts.
        Map<String, Object> right = FakeAppStore.transaction(id(), purchase);
        right.put("price", 899_000);
        right.put("currency", "JPY");
        assertTaken(notice("ONE_TIME_CHARGE", right));
        assertThat(status(purchase)).isEqualTo("completed");
        assertThat(coins("paid")).isEqualTo(700);
    }

    @Test
    void aStolenReceiptDoesNotKeepItsOwnerFromTheCoins() {
        UUID owners = begun();
        String owner = viewer;
        String receipt = store.chain().signed(FakeAppStore.transaction(id(), owners));
        freshViewer();
        UUID thiefs = begun();
        assertThat(handIn(thiefs, receipt).problem()).isEqualTo("receipt-invalid");
        assertThat(coins("paid")).isZero();
        viewer = owner;
        assertThat(handIn(owners, receipt).text("status")).isEqualTo("completed");
        assertThat(coins("paid")).isEqualTo(700);
    }

    private static Map<String, Object> revoked(String id, UUID purchase, long revokedAtMs) {
        Map<String, Object> transaction = FakeAppStore.transaction(id, purchase);
        transaction.put("revocationDate", revokedAtMs);
        transaction.put("revocationReason", 0);
        return transaction;
    }

    @Test
    void aRefundThatComesBeforeThePaymentWaitsForIt() throws Exception {
        UUID purchase = begun();
        String id = id();
        assertTaken(notice("REFUND", revoked(id, purchase, 1_000)));
        assertThat(status(purchase)).isEqualTo("pending");
        assertThat(notices(purchase, "waiting")).isEqualTo(1);
        assertTaken(notice("ONE_TIME_CHARGE", FakeAppStore.transaction(id, purchase)));
        assertThat(status(purchase)).isEqualTo("refunded");
        assertThat(coins("paid")).isZero();
        assertThat(coins("debt")).isZero();
        assertThat(notices(purchase, "waiting")).isZero();
    }

    @Test
    void aTransactionThatWasRevokedCreditsNothing() {
        UUID purchase = begun();
        Response taken = handIn(purchase, store.chain().signed(revoked(id(), purchase, 1_000)));
        assertThat(taken.text("status")).isEqualTo("pending");
        assertThat(coins("paid")).isZero();
    }

    @Test
    void aRefundTakesWhatIsUnspentAndTheRestIsOwed() throws Exception {
        String id = id();
        UUID purchase = paid(id);
        assertThat(service.send(viewer, "g", liveId, "ant", 100).status()).isEqualTo(201);
        assertTaken(notice("REFUND", revoked(id, purchase, 1_000)));
        assertTaken(notice("REFUND", revoked(id, purchase, 1_000)));
        assertThat(status(purchase)).isEqualTo("refunded");
        assertThat(coins("paid")).isZero();
        assertThat(coins("debt")).isEqualTo(100);
        UUID refundId = service.bean(PurchaseStandings.class).of(purchase).refundId().orElseThrow();
        PurchaseRefunded event =
                (PurchaseRefunded)
                        service.bean(EventLog.class).find(refundId).orElseThrow().event();
        assertThat(event.amountMinor()).isEqualTo(999);
        assertThat(event.commissionReturnedMinor()).isEqualTo(300);
        assertThat(notices(purchase, "contradicted")).isZero();

        assertTaken(notice("REFUND_REVERSED", FakeAppStore.transaction(id, purchase)));
        assertThat(notices(purchase, "contradicted")).isEqualTo(1);
        assertThat(status(purchase)).isEqualTo("refunded");
    }

    @Test
    void aRefundOfAPartIsForFinance() throws Exception {
        String id = id();
        UUID purchase = paid(id);
        Map<String, Object> part = revoked(id, purchase, 1_000);
        part.put("revocationType", "REFUND_PRORATED");
        part.put("revocationPercentage", 40_000);
        assertTaken(notice("REFUND", part));
        assertThat(status(purchase)).isEqualTo("completed");
        assertThat(notices(purchase, "contradicted")).isEqualTo(1);
        assertThat(coins("paid")).isEqualTo(700);
    }

    @Test
    void aSecondPaymentOfOnePurchaseAndItsRefundAreForFinance() throws Exception {
        UUID purchase = paid(id());
        String second = id();
        assertTaken(notice("ONE_TIME_CHARGE", FakeAppStore.transaction(second, purchase)));
        assertThat(notices(purchase, "contradicted")).isEqualTo(1);
        assertTaken(notice("REFUND", revoked(second, purchase, 1_000)));
        assertThat(notices(purchase, "contradicted")).isEqualTo(2);
        assertThat(status(purchase)).isEqualTo("completed");
        assertThat(coins("paid")).isEqualTo(700);
    }

    @Test
    void appleIsToldWhatShareOfTheCoinsIsSpent() {
        String id = id();
        UUID purchase = paid(id);
        // 231 of 700 coins are 33%.
        assertThat(service.send(viewer, "a", liveId, "ant", 231).status()).isEqualTo(201);
        Map<String, Object> transaction = FakeAppStore.transaction(id, purchase);
        assertTaken(notice("CONSUMPTION_REQUEST", transaction));
        assertThat(JSON.readTree(store.answerFor(id)))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"customerConsented":true,"consumptionPercentage":33000,
                                "deliveryStatus":"DELIVERED","sampleContentProvided":false}"""));
    }

    @Test
    void anAnswerThatAppleDoesNotTakeNowIsGivenAgainAndOneThatItNeverTakesIsNot() throws Exception {
        String id = id();
        UUID purchase = paid(id);
        store.status(500);
        assertTaken(notice("CONSUMPTION_REQUEST", FakeAppStore.transaction(id, purchase)));
        assertThat(store.answerFor(id)).isEmpty();
        assertThat(notices(purchase, "waiting")).isEqualTo(1);
        store.status(202);
        service.bean(PaymentNotices.class).lookAgain();
        assertThat(store.answerFor(id)).contains("\"consumptionPercentage\":0");
        assertThat(notices(purchase, "waiting")).isZero();
        store.status(400);
        assertTaken(notice("CONSUMPTION_REQUEST", FakeAppStore.transaction(id, purchase)));
        assertThat(notices(purchase, "contradicted")).isEqualTo(1);
    }

    @Test
    void aPaymentThatIsFasterThanItsPurchaseIsNotLost() {
        String name = "buyer-" + NUMBERS.incrementAndGet();
        viewer = service.token(name, "viewer");
        UUID purchase = EventIds.of(name, "buy-coins", "1");
        assertTaken(notice("ONE_TIME_CHARGE", FakeAppStore.transaction(id(), purchase)));
        assertThat(http.get("/v1/coin-purchases/" + purchase, finance).status()).isEqualTo(404);
        assertThat(begun()).isEqualTo(purchase);
        service.bean(PaymentNotices.class).lookAgain();
        assertThat(status(purchase)).isEqualTo("completed");
    }

    @Test
    void aSaleWithoutOurTokenIsKept() throws Exception {
        String id = id();
        Map<String, Object> transaction = FakeAppStore.transaction(id, UUID.randomUUID());
        transaction.remove("appAccountToken");
        assertTaken(notice("ONE_TIME_CHARGE", transaction));
        assertThat(notices(EventIds.of("provider:apple", "transaction", id), "waiting"))
                .isEqualTo(1);
    }

    @Test
    void whatMovesNoMoneyOfOursIsPassedOver() {
        String id = id();
        UUID purchase = paid(id);
        for (String type : new String[] {"TEST", "REFUND_DECLINED", "DID_RENEW", "OF_TOMORROW"}) {
            Response answer = notice(type, FakeAppStore.transaction(id, purchase));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.number("notices")).as(type).isZero();
        }
        assertThat(status(purchase)).isEqualTo("completed");
    }

    @Test
    void onlyAppleGivesTheMoneyBackAndTheSandboxIsOff() {
        UUID purchase = paid(id());
        Response refused =
                http.post(
                        "/v1/coin-purchases/" + purchase + "/refund",
                        finance,
                        "r",
                        Map.of("reason", "asked"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("refund-by-store");
        assertThat(status(purchase)).isEqualTo("completed");
        assertThat(
                        http.post(
                                        "/v1/coin-purchases",
                                        viewer,
                                        "s",
                                        Map.of("packageId", "coins-660", "provider", "sandbox"))
                                .problem())
                .isEqualTo("unknown-provider");
    }
}
