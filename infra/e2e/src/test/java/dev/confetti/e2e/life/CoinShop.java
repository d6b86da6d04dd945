package dev.confetti.e2e.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gift.Http.Response;
import dev.confetti.gift.apple.FakeAppStore;
import dev.confetti.gift.stripe.FakeStripe;
import java.util.Map;
import java.util.UUID;

/** Coins for money: a viewer who buys, and what the providers tell of it, signed by them. */
final class CoinShop {
    private static final String WEBHOOKS = "/v1/payments/webhooks/";

    private final LifeStage stage;
    private final String viewer;

    CoinShop(LifeStage stage, String viewerToken) {
        this.stage = stage;
        this.viewer = viewerToken;
    }

    /** A bundle, bought in the app and paid at Apple. */
    UUID paidAtApple(String transactionId) {
        UUID purchase = begun(LifeStage.BUNDLE, "apple");
        appleTells("ONE_TIME_CHARGE", transaction(transactionId, purchase));
        return purchase;
    }

    /** Apple gave the whole price back. */
    void refundedByApple(String transactionId, UUID purchase) {
        Map<String, Object> transaction = transaction(transactionId, purchase);
        transaction.put("revocationDate", stage.now().toEpochMilli());
        transaction.put("revocationReason", 0);
        appleTells("REFUND", transaction);
    }

    private static Map<String, Object> transaction(String id, UUID purchase) {
        Map<String, Object> transaction = FakeAppStore.transaction(id, purchase);
        transaction.put("productId", LifeStage.BUNDLE);
        transaction.put("price", 10_000);
        return transaction;
    }

    private void appleTells(String type, Map<String, Object> transaction) {
        String signed = stage.appStore.chain().signed(transaction);
        assertTaken(
                stage.http()
                        .post(
                                WEBHOOKS + "apple",
                                null,
                                null,
                                Map.of(
                                        "signedPayload",
                                        stage.appStore
                                                .chain()
                                                .signed(FakeAppStore.notification(type, signed)))));
    }

    /** Bought on the page and paid by card, of which Stripe keeps a fee. */
    UUID paidByCard(String packageId, long priceMinor, long taxMinor, long feeMinor) {
        UUID purchase = begun(packageId, "stripe");
        paidByCard(purchase, priceMinor, taxMinor, feeMinor);
        return purchase;
    }

    /** Paid by card after it was begun. */
    void paidByCard(UUID purchase, long priceMinor, long taxMinor, long feeMinor) {
        stage.stripe.feeMinor(feeMinor);
        stripeTells(
                "checkout.session.completed", FakeStripe.session(purchase, priceMinor, taxMinor));
    }

    /** Stripe tells of a refund that was made there. */
    void refundTold(String refundId, UUID purchase, long amountMinor) {
        stripeTells("refund.updated", FakeStripe.refund(refundId, purchase, amountMinor));
    }

    /** The buyer's bank took the money back, and Stripe a fee of 15.00. */
    void disputed(UUID purchase, long amountMinor) {
        stripeTells(
                "charge.dispute.funds_withdrawn", dispute(purchase, amountMinor, "needs_response"));
    }

    /** It gave the money back, but not Stripe its fee. */
    void disputeWon(UUID purchase, long amountMinor) {
        stripeTells("charge.dispute.closed", dispute(purchase, amountMinor, "won"));
    }

    /** It kept the money. */
    void disputeLost(UUID purchase, long amountMinor) {
        stripeTells("charge.dispute.closed", dispute(purchase, amountMinor, "lost"));
    }

    private static String dispute(UUID purchase, long amountMinor, String status) {
        return FakeStripe.dispute("dp_" + purchase, purchase, amountMinor, status);
    }

    private void stripeTells(String type, String object) {
        String event = FakeStripe.event(stage.next("evt_"), type, object);
        assertTaken(
                stage.http()
                        .postWith(
                                WEBHOOKS + "stripe",
                                "Stripe-Signature",
                                FakeStripe.signature(FakeStripe.WEBHOOK_SECRET, event, stage.now()),
                                event));
    }

    private UUID begun(String packageId, String provider) {
        Response begun =
                stage.done(
                        "/v1/coin-purchases",
                        viewer,
                        Map.of("packageId", packageId, "provider", provider));
        assertThat(begun.text("status")).isEqualTo("pending");
        return UUID.fromString(begun.text("purchaseId"));
    }

    private static void assertTaken(Response answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("notices").asInt()).as(answer.toString()).isEqualTo(1);
    }
}
