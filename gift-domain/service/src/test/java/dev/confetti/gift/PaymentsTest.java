package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.engines.TestEngines;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.EventIds;
import dev.confetti.gift.Http.Response;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.purchase.PaymentNotices;
import dev.confetti.gift.purchase.SandboxProvider;
import dev.confetti.gift.stripe.FakeStripe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Purchases that are paid elsewhere, with really signed notices. */
class PaymentsTest {
    private static final String SANDBOX_SECRET = "sandbox-secret";
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static FakeStripe stripe;
    private static RunningService service;
    private static Http http;
    private static String finance;
    private static String liveId;

    private String viewer = "";

    @BeforeAll
    static void start() throws IOException {
        stripe = new FakeStripe();
        service =
                RunningService.start(
                        TestEngines.freshPostgres(),
                        "confetti.stripe.api-key=" + FakeStripe.API_KEY,
                        "confetti.stripe.webhook-secret=" + FakeStripe.WEBHOOK_SECRET,
                        "confetti.stripe.api-url=" + stripe.url(),
                        "confetti.sandbox.enabled=true",
                        "confetti.sandbox.webhook-secret=" + SANDBOX_SECRET,
                        "confetti.public-url=https://confetti.example");
        http = service.http();
        finance = service.token("fin", "finance");
        liveId = service.activeLive(service.token("creator", "creator"));
    }

    @AfterAll
    static void stop() {
        service.close();
        stripe.close();
    }

    @BeforeEach
    void freshViewer() {
        viewer = service.token("buyer-" + NUMBERS.incrementAndGet(), "viewer");
        stripe.down(false);
        stripe.feeKnown(true);
        stripe.refundError("");
        stripe.refundStatus("succeeded");
    }

    private Response buy(String key) {
        return http.post(
                "/v1/coin-purchases",
                viewer,
                key,
                Map.of("packageId", "coins-660", "provider", "stripe"));
    }

    /** A purchase that waits for its money. */
    private UUID begun() {
        Response begun = buy("1");
        assertThat(begun.status()).as(begun.toString()).isEqualTo(201);
        return UUID.fromString(begun.text("purchaseId"));
    }

    private UUID paid() {
        UUID purchase = begun();
        assertTaken(notice("checkout.session.completed", session(purchase)));
        assertThat(status(purchase)).isEqualTo("completed");
        return purchase;
    }

    private static String session(UUID purchase) {
        return FakeStripe.session(purchase, 999, 200);
    }

    private static String eventId() {
        return "evt_" + NUMBERS.incrementAndGet();
    }

    private static Response notice(String type, String object) {
        return deliver(FakeStripe.event(eventId(), type, object));
    }

    private static Response deliver(String body) {
        return deliver(body, FakeStripe.WEBHOOK_SECRET, Instant.now());
    }

    private static Response deliver(String body, String secret, Instant signedAt) {
        return http.postWith(
                "/v1/payments/webhooks/stripe",
                "Stripe-Signature",
                FakeStripe.signature(secret, body, signedAt),
                body);
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

    private Response refund(UUID purchaseId, String key) {
        return http.post(
                "/v1/coin-purchases/" + purchaseId + "/refund",
                finance,
                key + purchaseId,
                Map.of("reason", "asked"));
    }

    @Test
    void aCheckoutIsBegunOnceAndPaidByNotice() {
        Response begun = buy("1");
        assertThat(begun.status()).isEqualTo(201);
        assertThat(begun.text("status")).isEqualTo("pending");
        String url = begun.json().get("checkout").get("url").stringValue();
        assertThat(url).startsWith(stripe.url() + "/pay/cs_");
        UUID purchase = UUID.fromString(begun.text("purchaseId"));
        assertThat(stripe.lastSession())
                .containsEntry("mode", "payment")
                .containsEntry("client_reference_id", purchase.toString())
                .containsEntry("line_items[0][price_data][currency]", "usd")
                .containsEntry("line_items[0][price_data][unit_amount]", "999")
                .containsEntry("line_items[0][price_data][product_data][name]", "700 coins")
                .containsEntry("payment_intent_data[capture_method]", "automatic")
                .containsEntry("success_url", "https://confetti.example/?purchase=" + purchase);
        Response again = buy("1");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(begun.body());
        assertThat(
                        http.post(
                                        "/v1/coin-purchases",
                                        viewer,
                                        "1",
                                        Map.of("packageId", "coins-660", "provider", "sandbox"))
                                .problem())
                .isEqualTo("idempotency-key-reused");
        JsonNode pending = purchase(purchase);
        assertThat(pending.get("status").stringValue()).isEqualTo("pending");
        assertThat(pending.get("checkout").get("url").stringValue()).isEqualTo(url);
        assertThat(coins("paid")).isZero();

        String event = FakeStripe.event(eventId(), "checkout.session.completed", session(purchase));
        assertTaken(deliver(event));
        assertTaken(deliver(event));
        assertTaken(notice("checkout.session.completed", session(purchase)));

        JsonNode completed = purchase(purchase);
        assertThat(completed.get("status").stringValue()).isEqualTo("completed");
        assertThat(completed.get("packageId").stringValue()).isEqualTo("coins-660");
        assertThat(completed.get("tax").get("amountMinor").longValue()).isEqualTo(200);
        assertThat(completed.get("providerReference").stringValue())
                .isEqualTo(FakeStripe.intentOf(purchase));
        assertThat(completed.has("checkout")).isFalse();
        assertThat(coins("paid")).isEqualTo(700);
        assertThat(buy("1").body()).isEqualTo(begun.body());
    }

    private static @Nullable String taxCountry(UUID purchase) {
        return ((CoinsPurchased) service.bean(EventLog.class).find(purchase).orElseThrow().event())
                .taxCountry();
    }

    @Test
    void aPurchaseSaysWhereItsBuyerWasTaxed() {
        assertThat(taxCountry(paid())).isEqualTo("DE");
    }

    @Test
    void aPurchaseCountsWhenItsTaxCountryIsNotKnownOrIsNone() {
        UUID unknown = begun();
        assertTaken(
                notice(
                        "checkout.session.completed",
                        session(unknown).replace("\"address\"", "\"nothing\"")));
        UUID none = UUID.fromString(buy("2").text("purchaseId"));
        assertTaken(
                notice(
                        "checkout.session.completed",
                        session(none).replace("\"DE\"", "\"Germany\"")));

        assertThat(status(unknown)).isEqualTo("completed");
        assertThat(taxCountry(unknown)).isNull();
        assertThat(status(none)).isEqualTo("completed");
        assertThat(taxCountry(none)).isNull();
    }

    private UUID bought(String provider, String key) {
        return UUID.fromString(
                http.post(
                                "/v1/coin-purchases",
                                viewer,
                                key,
                                Map.of("packageId", "coins-660", "provider", provider))
                        .text("purchaseId"));
    }

    @Test
    void whatIsPaidAndWhatIsNotIsInOneListLatestFirst() {
        UUID failed = bought("stripe", "1");
        UUID first = bought("sandbox", "2");
        UUID pending = bought("stripe", "3");
        UUID second = bought("sandbox", "4");
        UUID last = bought("stripe", "5");
        assertTaken(notice("checkout.session.expired", session(failed)));
        for (int limit : new int[] {1, 2, 3, 5, 100}) {
            assertThat(listed(limit))
                    .as("limit " + limit)
                    .containsExactly(
                            last + " pending",
                            second + " completed",
                            pending + " pending",
                            first + " completed",
                            failed + " failed");
        }
        // Paid now, it is the latest.
        assertTaken(notice("checkout.session.completed", session(pending)));
        assertThat(listed(2))
                .containsExactly(
                        pending + " completed",
                        last + " pending",
                        second + " completed",
                        first + " completed",
                        failed + " failed");
        freshViewer();
        assertThat(listed(2)).isEmpty();
        for (String cursor : new String[] {"b", "MSwyLDM", "%20"}) {
            assertThat(http.get("/v1/coin-purchases?cursor=" + cursor, viewer).problem())
                    .as(cursor)
                    .isEqualTo("malformed-request");
        }
    }

    private List<String> listed(int limit) {
        List<String> listed = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = http.get("/v1/coin-purchases?limit=" + limit + cursor, viewer).json();
            assertThat(page.get("purchases").size()).isBetween(0, limit);
            for (JsonNode each : page.get("purchases")) {
                listed.add(
                        each.get("purchaseId").stringValue()
                                + " "
                                + each.get("status").stringValue());
            }
            JsonNode next = page.get("nextCursor");
            cursor = next == null || next.isNull() ? "" : "&cursor=" + next.stringValue();
        } while (!cursor.isEmpty());
        return listed;
    }

    @Test
    void aReceiptForAProviderThatGivesNoneIsRefused() {
        UUID purchase = begun();
        assertThat(
                        http.post(
                                        "/v1/coin-purchases/" + purchase + "/receipt",
                                        viewer,
                                        null,
                                        Map.of("receipt", "r"))
                                .problem())
                .isEqualTo("receipt-invalid");
        assertThat(
                        http.post(
                                        "/v1/coin-purchases/" + purchase + "/receipt",
                                        finance,
                                        null,
                                        Map.of("receipt", "r"))
                                .problem())
                .isEqualTo("forbidden");
        assertThat(
                        http.post(
                                        "/v1/coin-purchases/no-id/receipt",
                                        viewer,
                                        null,
                                        Map.of("receipt", "r"))
                                .problem())
                .isEqualTo("unknown-purchase");
    }

    @Test
    void aKeyOfAPaidPurchaseBeginsNoCheckout() {
        assertThat(
                        http.post(
                                        "/v1/coin-purchases",
                                        viewer,
                                        "1",
                                        Map.of("packageId", "coins-660", "provider", "sandbox"))
                                .status())
                .isEqualTo(201);
        assertThat(buy("1").problem()).isEqualTo("idempotency-key-reused");
    }

    @Test
    void aSecondPaymentOfOnePurchaseIsForFinance() throws Exception {
        UUID purchase = paid();
        assertTaken(
                notice(
                        "checkout.session.completed",
                        session(purchase).replace("\"pi_", "\"pi_second_")));
        assertThat(coins("paid")).isEqualTo(700);
        assertThat(contradictions(purchase)).isEqualTo(1);
    }

    private static int contradictions(UUID purchase) throws Exception {
        return Notices.count(service.bean(GiftDatabase.class), purchase, "contradicted");
    }

    @Test
    void aRefundWhoseNoticeIsFasterIsTheSameRefund() {
        UUID purchase = paid();
        stripe.onRefund(
                refundId ->
                        assertTaken(
                                notice(
                                        "refund.created",
                                        FakeStripe.refund("re_fast", purchase, 1_199)
                                                .replace(
                                                        "\"metadata\":{}",
                                                        "\"metadata\":{\"confettiRefundId\":\""
                                                                + refundId
                                                                + "\"}"))));
        Response refunded = refund(purchase, "fast");
        stripe.onRefund(refundId -> {});
        assertThat(refunded.status()).as(refunded.toString()).isEqualTo(200);
        assertThat(refunded.number("coinsTaken")).isEqualTo(700);
        assertThat(refund(purchase, "fast").body()).isEqualTo(refunded.body());
        assertThat(refund(purchase, "other").problem()).isEqualTo("already-refunded");
        assertThat(coins("debt")).isZero();
    }

    @Test
    void aRefundThatFailsAtOnceIsNoneAndOneThatFailsLaterIsForFinance() throws Exception {
        UUID purchase = paid();
        stripe.refundStatus("failed");
        assertThat(refund(purchase, "f").problem()).isEqualTo("refund-failed");
        assertThat(status(purchase)).isEqualTo("completed");
        stripe.refundStatus("pending");
        Response pending = refund(purchase, "g");
        stripe.refundStatus("succeeded");
        assertThat(pending.status()).as(pending.toString()).isEqualTo(200);
        assertTaken(
                notice(
                        "refund.failed",
                        FakeStripe.refund(stripe.lastRefund(), purchase, 1_199)
                                .replace("succeeded", "failed")));
        assertThat(contradictions(purchase)).isEqualTo(1);
        assertThat(status(purchase)).isEqualTo("refunded");
    }

    @Test
    void aRefundDuringADisputeTakesTheFrozenCoinsAndTheLossNothingMore() {
        UUID purchase = paid();
        String opened = FakeStripe.dispute("dq_" + purchase, purchase, 1_199, "needs_response");
        assertTaken(notice("charge.dispute.funds_withdrawn", opened));
        assertTaken(
                notice("refund.created", FakeStripe.refund("re_d" + purchase, purchase, 1_199)));
        assertThat(status(purchase)).isEqualTo("refunded");
        assertThat(coins("frozen")).isZero();
        assertTaken(notice("charge.dispute.closed", opened.replace("needs_response", "lost")));
        assertThat(status(purchase)).isEqualTo("charged-back");
        assertThat(coins("debt")).isZero();
    }

    @Test
    void aHeaderThatIsNoSignatureIsRefusedLikeAWrongOne() {
        for (String header : new String[] {"t=x,v1=y", "t", "v1=1", "t=1,v1"}) {
            assertThat(
                            http.postWith(
                                            "/v1/payments/webhooks/stripe",
                                            "Stripe-Signature",
                                            header,
                                            "{}")
                                    .problem())
                    .as(header)
                    .isEqualTo("signature-invalid");
        }
    }

    @Test
    void forgedOldAndBrokenNoticesAreRefused() {
        UUID purchase = begun();
        String body = FakeStripe.event(eventId(), "checkout.session.completed", session(purchase));
        Response forged = deliver(body, "whsec_other", Instant.now());
        assertThat(forged.status()).isEqualTo(401);
        assertThat(forged.problem()).isEqualTo("signature-invalid");
        assertThat(
                        deliver(body, FakeStripe.WEBHOOK_SECRET, Instant.now().minusSeconds(301))
                                .problem())
                .isEqualTo("signature-invalid");
        Response changed =
                http.postWith(
                        "/v1/payments/webhooks/stripe",
                        "Stripe-Signature",
                        FakeStripe.signature(FakeStripe.WEBHOOK_SECRET, body, Instant.now()),
                        body.replace("999", "1"));
        assertThat(changed.problem()).isEqualTo("signature-invalid");
        assertThat(http.postRaw("/v1/payments/webhooks/stripe", null, null, body).problem())
                .isEqualTo("signature-invalid");
        assertThat(deliver("{}").problem()).isEqualTo("malformed-request");
        assertThat(deliver("no json").problem()).isEqualTo("malformed-request");
        assertThat(http.postWith("/v1/payments/webhooks/barter", "X", "y", body).problem())
                .isEqualTo("unknown-provider");
        assertThat(status(purchase)).isEqualTo("pending");
    }

    @Test
    void whatIsNotOursIsPassedOver() {
        Response other = notice("customer.created", "{\"id\":\"cus_1\",\"object\":\"customer\"}");
        assertThat(other.status()).isEqualTo(200);
        assertThat(other.number("notices")).isZero();
        Response foreign =
                notice(
                        "checkout.session.completed",
                        session(UUID.randomUUID()).replace("confettiPurchaseId", "orderId"));
        assertThat(foreign.number("notices")).isZero();
        Response refund = notice("refund.created", FakeStripe.refund("re_f", UUID.randomUUID(), 1));
        assertThat(refund.number("notices")).isZero();
    }

    @Test
    void anUnpaidSessionWaitsAndAnExpiredOneFails() {
        UUID purchase = begun();
        Response unpaid =
                notice(
                        "checkout.session.completed",
                        session(purchase)
                                .replace(
                                        "\"payment_status\":\"paid\"",
                                        "\"payment_status\":\"unpaid\""));
        assertThat(unpaid.number("notices")).isZero();
        assertThat(status(purchase)).isEqualTo("pending");
        assertTaken(notice("checkout.session.async_payment_failed", session(purchase)));
        assertThat(status(purchase)).isEqualTo("failed");
        assertThat(purchase(purchase).has("checkout")).isFalse();
        // Money that arrives all the same counts.
        assertTaken(notice("checkout.session.async_payment_succeeded", session(purchase)));
        assertThat(status(purchase)).isEqualTo("completed");
    }

    @Test
    void anotherAmountThanThePriceIsNotCredited() {
        UUID purchase = begun();
        assertTaken(notice("checkout.session.completed", FakeStripe.session(purchase, 1, 0)));
        assertThat(status(purchase)).isEqualTo("pending");
        assertThat(coins("paid")).isZero();
        assertTaken(notice("checkout.session.completed", session(purchase)));
        assertThat(coins("paid")).isEqualTo(700);
    }

    @Test
    void aNoticeWhoseFeeIsNotKnownYetIsToComeAgain() {
        UUID purchase = begun();
        String event = FakeStripe.event(eventId(), "checkout.session.completed", session(purchase));
        stripe.feeKnown(false);
        assertThat(deliver(event).status()).isEqualTo(503);
        stripe.feeKnown(true);
        stripe.down(true);
        assertThat(deliver(event).status()).isEqualTo(503);
        assertThat(status(purchase)).isEqualTo("pending");
        stripe.down(false);
        assertTaken(deliver(event));
        assertThat(status(purchase)).isEqualTo("completed");
    }

    @Test
    void withoutStripeNoCheckoutBeginsAndTheSameKeyBeginsItLater() {
        stripe.down(true);
        Response refused = buy("1");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.problem()).isEqualTo("unavailable");
        stripe.down(false);
        assertThat(buy("1").status()).isEqualTo(201);
    }

    @Test
    void whatComesTooEarlyWaitsForThePayment() {
        UUID purchase = begun();
        assertTaken(
                notice(
                        "charge.dispute.closed",
                        FakeStripe.dispute("dp_" + purchase, purchase, 1_199, "lost")));
        assertTaken(
                notice(
                        "charge.dispute.funds_withdrawn",
                        FakeStripe.dispute("dp_" + purchase, purchase, 1_199, "needs_response")));
        assertThat(status(purchase)).isEqualTo("pending");
        assertTaken(notice("checkout.session.completed", session(purchase)));
        assertThat(status(purchase)).isEqualTo("charged-back");
        assertThat(coins("paid")).isZero();
        assertThat(coins("debt")).isZero();
    }

    @Test
    void aPaymentThatIsFasterThanItsPurchaseIsNotLost() {
        String name = "buyer-" + NUMBERS.incrementAndGet();
        viewer = service.token(name, "viewer");
        UUID purchase = EventIds.of(name, "buy-coins", "1");
        assertTaken(notice("checkout.session.completed", session(purchase)));
        assertThat(http.get("/v1/coin-purchases/" + purchase, finance).status()).isEqualTo(404);
        assertThat(begun()).isEqualTo(purchase);
        service.bean(PaymentNotices.class).lookAgain();
        assertThat(status(purchase)).isEqualTo("completed");
        assertThat(coins("paid")).isEqualTo(700);
    }

    @Test
    void aRefundByFinanceIsMadeOnceAndItsNoticeChangesNothing() {
        UUID purchase = paid();
        int before = stripe.refunds();
        Response refunded = refund(purchase, "a");
        assertThat(refunded.status()).as(refunded.toString()).isEqualTo(200);
        assertThat(refunded.number("coinsTaken")).isEqualTo(700);
        assertThat(refunded.json().get("amount").get("amountMinor").longValue()).isEqualTo(1_199);
        assertThat(refund(purchase, "a").body()).isEqualTo(refunded.body());
        assertThat(refund(purchase, "b").problem()).isEqualTo("already-refunded");
        assertThat(stripe.refunds()).isEqualTo(before + 1);
        assertTaken(
                notice("refund.created", FakeStripe.refund("re_x" + purchase, purchase, 1_199)));
        assertThat(status(purchase)).isEqualTo("refunded");
        assertThat(coins("debt")).isZero();
    }

    @Test
    void aRefundAtTheDashboardCountsOnceAndAPartOfOneIsForFinance() {
        UUID purchase = paid();
        assertThat(service.send(viewer, "g", liveId, "ant", 100).status()).isEqualTo(201);
        assertTaken(notice("refund.created", FakeStripe.refund("re_p", purchase, 500)));
        assertThat(status(purchase)).isEqualTo("completed");
        String whole = FakeStripe.refund("re_w" + purchase, purchase, 1_199);
        assertTaken(notice("refund.created", whole));
        assertTaken(notice("refund.updated", whole));
        assertThat(status(purchase)).isEqualTo("refunded");
        assertThat(coins("paid")).isZero();
        assertThat(coins("debt")).isEqualTo(100);
    }

    @Test
    void stripesRefusalsOfARefundAreOurs() {
        UUID purchase = paid();
        stripe.refundError("charge_disputed");
        assertThat(refund(purchase, "a").problem()).isEqualTo("chargeback-open");
        stripe.refundError("something_else");
        assertThat(refund(purchase, "a").status()).isEqualTo(503);
        assertThat(status(purchase)).isEqualTo("completed");
        stripe.refundError("charge_already_refunded");
        assertThat(refund(purchase, "a").status()).isEqualTo(200);
        assertThat(status(purchase)).isEqualTo("refunded");
    }

    @Test
    void aDisputeIsOpenedWithItsFeeAndWon() {
        UUID purchase = paid();
        String opened = FakeStripe.dispute("dp_" + purchase, purchase, 1_199, "needs_response");
        assertTaken(notice("charge.dispute.funds_withdrawn", opened));
        assertTaken(notice("charge.dispute.funds_withdrawn", opened));
        assertThat(coins("frozen")).isEqualTo(700);
        assertThat(purchase(purchase).get("chargeback").stringValue()).isEqualTo("open");
        assertTaken(
                notice(
                        "charge.dispute.closed",
                        FakeStripe.dispute("dp_" + purchase, purchase, 1_199, "won")));
        assertThat(coins("frozen")).isZero();
        assertThat(coins("paid")).isEqualTo(700);
        assertThat(purchase(purchase).get("chargeback").stringValue()).isEqualTo("won");
        Response inquiry =
                notice(
                        "charge.dispute.closed",
                        FakeStripe.dispute("dp_i", purchase, 1_199, "warning_closed"));
        assertThat(inquiry.number("notices")).isZero();
    }

    @Test
    void theSandboxTellsOfDisputesToo() {
        UUID purchase =
                UUID.fromString(
                        http.post(
                                        "/v1/coin-purchases",
                                        viewer,
                                        "s",
                                        Map.of("packageId", "coins-660", "provider", "sandbox"))
                                .text("purchaseId"));
        String body =
                """
                {"kind":"disputed","noticeId":"n-%s","dispute":{"purchaseId":"%s",
                "reference":"d-%s","amountMinor":999,"feeMinor":1500,"currency":"USD"}}"""
                        .formatted(purchase, purchase, purchase);
        String path = "/v1/payments/webhooks/sandbox";
        assertThat(http.postWith(path, SandboxProvider.SIGNATURE, "sha256=00", body).problem())
                .isEqualTo("signature-invalid");
        assertTaken(
                http.postWith(
                        path,
                        SandboxProvider.SIGNATURE,
                        SandboxProvider.signature(
                                SANDBOX_SECRET, body.getBytes(StandardCharsets.UTF_8)),
                        body));
        assertThat(coins("frozen")).isEqualTo(700);
        String broken = "{\"kind\":\"disputed\",\"noticeId\":\"n\"}";
        assertThat(
                        http.postWith(
                                        path,
                                        SandboxProvider.SIGNATURE,
                                        SandboxProvider.signature(
                                                SANDBOX_SECRET,
                                                broken.getBytes(StandardCharsets.UTF_8)),
                                        broken)
                                .problem())
                .isEqualTo("malformed-request");
    }
}
