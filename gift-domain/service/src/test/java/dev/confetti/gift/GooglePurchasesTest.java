package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.confetti.engines.TestEngines;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.EventIds;
import dev.confetti.gift.Http.Response;
import dev.confetti.gift.google.FakeGoogle;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.purchase.PaymentNotices;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Purchases by Google Play, with pushes that are really signed by keys made here. */
class GooglePurchasesTest {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final String WEBHOOK = "/v1/payments/webhooks/google";

    @TempDir private static Path folder;
    private static FakeGoogle google;
    private static RunningService service;
    private static Http http;
    private static String finance;
    private static String liveId;

    private String viewer = "";
    private String token = "";
    private String order = "";

    @BeforeAll
    static void start() throws IOException {
        google = new FakeGoogle();
        service =
                RunningService.start(
                        TestEngines.freshPostgres(),
                        "confetti.google.package-name=" + FakeGoogle.PACKAGE,
                        "confetti.google.credentials-file=" + google.credentialsFile(folder),
                        "confetti.google.push-audience=" + FakeGoogle.AUDIENCE,
                        "confetti.google.push-account=" + FakeGoogle.ACCOUNT,
                        "confetti.google.product-prefix=confetti.",
                        "confetti.google.api-url=" + google.url(),
                        "confetti.google.keys-url=" + google.url() + "/certs");
        http = service.http();
        finance = service.token("fin", "finance");
        liveId = service.activeLive(service.token("creator", "creator"));
    }

    @AfterAll
    static void stop() {
        service.close();
        google.close();
    }

    @BeforeEach
    void freshViewer() {
        int number = NUMBERS.incrementAndGet();
        viewer = service.token("buyer-" + number, "viewer");
        token = "token-" + number + ".AO-J1O";
        order = "GPA.0000-" + number;
        google.down(false);
        google.consumes(true);
        google.refunding(true);
    }

    private Response buy() {
        return http.post(
                "/v1/coin-purchases",
                viewer,
                "1",
                Map.of("packageId", "coins-660", "provider", "google"));
    }

    private UUID begun() {
        Response begun = buy();
        assertThat(begun.status()).as(begun.toString()).isEqualTo(201);
        return UUID.fromString(begun.text("purchaseId"));
    }

    private UUID paid() {
        UUID purchase = begun();
        google.show(token, FakeGoogle.purchase("PURCHASED", order, purchase));
        google.order(order, "PROCESSED");
        assertTaken(push(FakeGoogle.oneTime(1, token)));
        assertThat(status(purchase)).isEqualTo("completed");
        return purchase;
    }

    private static Response push(String notification) {
        return push(google.signingKey(), FakeGoogle.claims().build(), notification);
    }

    private static Response push(RSAKey by, JWTClaimsSet claims, String notification) {
        return http.postWith(
                WEBHOOK,
                "Authorization",
                FakeGoogle.authorization(by, claims),
                FakeGoogle.push(notification));
    }

    private Response handIn(UUID purchase, String receipt) {
        return http.post(
                "/v1/coin-purchases/" + purchase + "/receipt",
                viewer,
                null,
                Map.of("receipt", receipt));
    }

    private static void assertTaken(Response answer) {
        assertNotices(answer, 1);
    }

    private static void assertNotices(Response answer, int notices) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.number("notices")).isEqualTo(notices);
    }

    private static String status(UUID purchaseId) {
        return http.get("/v1/coin-purchases/" + purchaseId, finance).text("status");
    }

    private long coins(String kind) {
        return http.get("/v1/wallet", viewer).json().get("coins").get(kind).longValue();
    }

    private static int notices(UUID purchase, String state) throws Exception {
        return Notices.count(service.bean(GiftDatabase.class), purchase, state);
    }

    private Response refund(UUID purchaseId, String key) {
        return http.post(
                "/v1/coin-purchases/" + purchaseId + "/refund",
                finance,
                key + purchaseId,
                Map.of("reason", "asked"));
    }

    @Test
    void aPurchaseInTheAppIsBegunOncePaidOnceAndConsumedOnce() {
        Response begun = buy();
        assertThat(begun.status()).isEqualTo(201);
        assertThat(begun.text("status")).isEqualTo("pending");
        UUID purchase = UUID.fromString(begun.text("purchaseId"));
        assertThat(begun.json().get("checkout").toString())
                .isEqualTo(
                        """
                        {"productId":"confetti.coins-660","obfuscatedAccountId":"%s",\
                        "obfuscatedProfileId":"%s"}"""
                                .formatted(purchase, purchase));
        assertThat(buy().body()).isEqualTo(begun.body());

        google.show(token, FakeGoogle.purchase("PURCHASED", order, purchase));
        assertTaken(push(FakeGoogle.oneTime(1, token)));
        assertTaken(push(FakeGoogle.oneTime(1, token)));
        assertThat(handIn(purchase, token).text("status")).isEqualTo("completed");

        assertThat(status(purchase)).isEqualTo("completed");
        assertThat(coins("paid")).isEqualTo(700);
        assertThat(google.consumed(token)).isEqualTo(1);
        CoinsPurchased event =
                (CoinsPurchased) service.bean(EventLog.class).find(purchase).orElseThrow().event();
        assertThat(event.providerReference()).isEqualTo(order);
        assertThat(event.priceMinor()).isEqualTo(999);
        // 15% of 9.99 is 1.4985.
        assertThat(event.commissionMinor()).isEqualTo(150);
        assertThat(event.taxCountry()).isEqualTo("US");
    }

    @Test
    void theAppMayHandInItsTokenBeforeTheNotificationComes() {
        UUID purchase = begun();
        google.show(token, FakeGoogle.purchase("PURCHASED", order, purchase));
        Response taken = handIn(purchase, token);
        assertThat(taken.status()).as(taken.toString()).isEqualTo(200);
        assertThat(taken.text("status")).isEqualTo("completed");
        assertThat(coins("paid")).isEqualTo(700);
        assertThat(google.consumed(token)).isEqualTo(1);
    }

    @Test
    void aPendingPurchaseCreditsNothingUntilItIsPaid() {
        UUID purchase = begun();
        google.show(token, FakeGoogle.purchase("PENDING", order, purchase));
        assertNotices(push(FakeGoogle.oneTime(1, token)), 0);
        assertThat(handIn(purchase, token).text("status")).isEqualTo("pending");
        assertThat(coins("paid")).isZero();
        assertThat(google.consumed(token)).isZero();
        google.show(token, FakeGoogle.purchase("PURCHASED", order, purchase));
        assertTaken(push(FakeGoogle.oneTime(1, token)));
        assertThat(status(purchase)).isEqualTo("completed");
        assertThat(coins("paid")).isEqualTo(700);
    }

    @Test
    void aCancelledPurchaseFails() {
        UUID purchase = begun();
        google.show(token, FakeGoogle.purchase("CANCELLED", order, purchase));
        assertTaken(push(FakeGoogle.oneTime(2, token)));
        assertThat(status(purchase)).isEqualTo("failed");
        assertThat(coins("paid")).isZero();
        String others = token;
        freshViewer();
        UUID mine = begun();
        assertThat(handIn(mine, others).text("status")).isEqualTo("pending");
    }

    @Test
    void aNotificationIsOnlyAHint() {
        UUID purchase = begun();
        google.show(token, FakeGoogle.purchase("PENDING", order, purchase));
        google.order(order, "PROCESSED");
        assertNotices(push(FakeGoogle.oneTime(2, token)), 0);
        assertThat(status(purchase)).isEqualTo("pending");
        assertThat(push(FakeGoogle.voided(token, order, 1)).status()).isEqualTo(503);
    }

    @Test
    void pushesThatGoogleDidNotSignForUsNowAreRefused() {
        UUID purchase = begun();
        google.show(token, FakeGoogle.purchase("PURCHASED", order, purchase));
        String told = FakeGoogle.oneTime(1, token);
        for (JWTClaimsSet wrong :
                List.of(
                        FakeGoogle.claims().audience("https://other.example").build(),
                        FakeGoogle.claims().issuer("https://accounts.example").build(),
                        FakeGoogle.claims().claim("email", "other@example.com").build(),
                        FakeGoogle.claims().claim("email_verified", false).build(),
                        FakeGoogle.claims().expirationTime(null).build(),
                        FakeGoogle.claims()
                                .expirationTime(
                                        Date.from(Instant.now().minus(Duration.ofSeconds(90))))
                                .build())) {
            Response refused = push(google.signingKey(), wrong, told);
            assertThat(refused.status()).as(wrong.toString()).isEqualTo(401);
            assertThat(refused.problem()).isEqualTo("signature-invalid");
        }
        JWTClaimsSet right = FakeGoogle.claims().build();
        RSAKey forged = FakeGoogle.key();
        assertThat(push(forged, right, told).problem()).isEqualTo("signature-invalid");
        RSAKey sameName = new RSAKey.Builder(forged).keyID(google.signingKey().getKeyID()).build();
        assertThat(push(sameName, right, told).problem()).isEqualTo("signature-invalid");
        assertThat(http.postRaw(WEBHOOK, null, null, FakeGoogle.push(told)).problem())
                .isEqualTo("signature-invalid");
        assertThat(status(purchase)).isEqualTo("pending");
        assertTaken(push(told));
    }

    @Test
    void whatIsNoNotificationOfOursIsRefusedOrPassedOver() {
        for (String body : List.of("no json", "{}", "{\"message\":{\"data\":\"?\"}}")) {
            assertThat(
                            http.postWith(
                                            WEBHOOK,
                                            "Authorization",
                                            FakeGoogle.authorization(
                                                    google.signingKey(),
                                                    FakeGoogle.claims().build()),
                                            body)
                                    .problem())
                    .as(body)
                    .isEqualTo("malformed-request");
        }
        assertNotices(
                push(
                        """
                        {"version":"1.0","packageName":"dev.confetti.example",
                        "testNotification":{"version":"1.0"}}"""),
                0);
        UUID purchase = begun();
        google.show(token, FakeGoogle.purchase("PURCHASED", order, purchase));
        assertNotices(
                push(FakeGoogle.oneTime(1, token).replace(FakeGoogle.PACKAGE, "com.other")), 0);
        assertNotices(push(FakeGoogle.oneTime(1, "unknown")), 0);
        assertThat(status(purchase)).isEqualTo("pending");
        assertThat(handIn(purchase, "unknown").problem()).isEqualTo("receipt-invalid");
    }

    @Test
    void aPurchaseThatDoesNotFitIsKeptForFinanceAndCreditsNothing() throws Exception {
        UUID purchase = begun();
        String right = FakeGoogle.purchase("PURCHASED", order, purchase);
        int found = 0;
        for (String wrong :
                List.of(
                        right.replace("confetti.coins-660", "confetti.coins-65"),
                        right.replace("\"quantity\":1", "\"quantity\":2"),
                        right.replace(
                                "\"regionCode\"",
                                "\"testPurchaseContext\":{\"fopType\":\"TEST\"},\"regionCode\""),
                        right.replace(
                                "ProfileId\":\"" + purchase,
                                "ProfileId\":\"" + UUID.randomUUID()))) {
            found++;
            google.show(token + found, wrong.replace(order, order + "-" + found));
            assertTaken(push(FakeGoogle.oneTime(1, token + found)));
            assertThat(notices(purchase, "contradicted")).as(wrong).isEqualTo(found);
            assertThat(handIn(purchase, token + found).problem()).isEqualTo("receipt-invalid");
            assertThat(google.consumed(token + found)).isZero();
        }
        google.show(token + "s", FakeGoogle.purchase("PURCHASED", order + "s", UUID.randomUUID()));
        assertThat(handIn(purchase, token + "s").problem()).isEqualTo("receipt-invalid");
        assertThat(notices(purchase, "contradicted")).isEqualTo(found + 1);
        assertThat(status(purchase)).isEqualTo("pending");
        assertThat(coins("paid")).isZero();
        google.show(token, right);
        assertTaken(push(FakeGoogle.oneTime(1, token)));
        assertThat(coins("paid")).isEqualTo(700);
    }

    @Test
    void aPurchaseThatCannotBeConsumedNowIsConsumedLater() throws Exception {
        UUID purchase = begun();
        google.show(token, FakeGoogle.purchase("PURCHASED", order, purchase));
        google.consumes(false);
        assertTaken(push(FakeGoogle.oneTime(1, token)));
        assertThat(status(purchase)).isEqualTo("completed");
        assertThat(notices(purchase, "waiting")).isEqualTo(1);
        google.consumes(true);
        service.bean(PaymentNotices.class).lookAgain();
        // The service's own clerk may look at the same moment: at Google a second time is none.
        assertThat(google.consumed(token)).isPositive();
        assertThat(notices(purchase, "waiting")).isZero();
        assertThat(coins("paid")).isEqualTo(700);
    }

    @Test
    void whatTheAppConsumedItselfNeedsNothingMore() throws Exception {
        UUID purchase = begun();
        google.show(
                token,
                FakeGoogle.purchase("PURCHASED", order, purchase)
                        .replace("YET_TO_BE_CONSUMED", "CONSUMED"));
        google.consumes(false);
        assertTaken(push(FakeGoogle.oneTime(1, token)));
        assertThat(notices(purchase, "applied")).isEqualTo(1);
    }

    @Test
    void aPushIsToComeAgainWhileGoogleCannotBeAsked() {
        UUID purchase = begun();
        google.show(token, FakeGoogle.purchase("PURCHASED", order, purchase));
        google.down(true);
        assertThat(push(FakeGoogle.oneTime(1, token)).status()).isEqualTo(503);
        assertThat(handIn(purchase, token).status()).isEqualTo(503);
        google.down(false);
        assertTaken(push(FakeGoogle.oneTime(1, token)));
        assertThat(status(purchase)).isEqualTo("completed");
    }

    @Test
    void aVoidedPurchaseTakesWhatIsUnspentAndTheRestIsOwed() throws Exception {
        UUID purchase = paid();
        assertThat(service.send(viewer, "g", liveId, "ant", 100).status()).isEqualTo(201);
        google.order(order, "REFUNDED");
        assertTaken(push(FakeGoogle.voided(token, order, 1)));
        assertTaken(push(FakeGoogle.voided(token, order, 1)));
        assertThat(status(purchase)).isEqualTo("refunded");
        assertThat(coins("paid")).isZero();
        assertThat(coins("debt")).isEqualTo(100);
        assertThat(notices(purchase, "contradicted")).isZero();
    }

    @Test
    void aVoidThatComesBeforeThePaymentWaitsForIt() throws Exception {
        UUID purchase = begun();
        google.show(token, FakeGoogle.purchase("PURCHASED", order, purchase));
        google.order(order, "REFUNDED");
        assertTaken(push(FakeGoogle.voided(token, order, 1)));
        assertThat(status(purchase)).isEqualTo("pending");
        assertThat(notices(purchase, "waiting")).isEqualTo(1);
        assertTaken(push(FakeGoogle.oneTime(1, token)));
        assertThat(status(purchase)).isEqualTo("refunded");
        assertThat(coins("paid")).isZero();
    }

    @Test
    void aVoidOfAPartIsForFinance() throws Exception {
        UUID purchase = paid();
        google.order(order, "PARTIALLY_REFUNDED");
        assertTaken(push(FakeGoogle.voided(token, order, 2)));
        assertThat(status(purchase)).isEqualTo("completed");
        assertThat(notices(purchase, "contradicted")).isEqualTo(1);
    }

    @Test
    void aPaymentThatIsFasterThanItsPurchaseIsNotLost() {
        String name = "buyer-" + NUMBERS.incrementAndGet();
        viewer = service.token(name, "viewer");
        UUID purchase = EventIds.of(name, "buy-coins", "1");
        google.show(token, FakeGoogle.purchase("PURCHASED", order, purchase));
        assertTaken(push(FakeGoogle.oneTime(1, token)));
        assertThat(google.consumed(token)).isZero();
        assertThat(begun()).isEqualTo(purchase);
        service.bean(PaymentNotices.class).lookAgain();
        assertThat(status(purchase)).isEqualTo("completed");
        assertThat(google.consumed(token)).isEqualTo(1);
    }

    @Test
    void aRefundByFinanceIsMadeOnceAndItsNotificationChangesNothing() {
        UUID purchase = paid();
        int before = google.refunds();
        Response refunded = refund(purchase, "a");
        assertThat(refunded.status()).as(refunded.toString()).isEqualTo(200);
        assertThat(refunded.number("coinsTaken")).isEqualTo(700);
        assertThat(refund(purchase, "a").body()).isEqualTo(refunded.body());
        assertThat(refund(purchase, "b").problem()).isEqualTo("already-refunded");
        assertThat(google.refunds()).isEqualTo(before + 1);
        assertTaken(push(FakeGoogle.voided(token, order, 1)));
        assertThat(status(purchase)).isEqualTo("refunded");
        assertThat(coins("debt")).isZero();
    }

    @Test
    void aRefundThatGoogleDoesNotMakeIsNoneUnlessItWasMadeBefore() {
        UUID purchase = paid();
        google.refunding(false);
        assertThat(refund(purchase, "a").problem()).isEqualTo("refund-failed");
        google.down(true);
        assertThat(refund(purchase, "a").status()).isEqualTo(503);
        google.down(false);
        assertThat(status(purchase)).isEqualTo("completed");
        google.order(order, "REFUNDED");
        assertThat(refund(purchase, "a").status()).isEqualTo(200);
        assertThat(status(purchase)).isEqualTo("refunded");
    }
}
