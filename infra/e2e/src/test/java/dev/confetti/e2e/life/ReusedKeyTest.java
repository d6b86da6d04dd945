package dev.confetti.e2e.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gift.Http.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The same idempotency key with other content. */
class ReusedKeyTest extends LifeCases {
    /**
     * One key, "k", for everything. What it was used for first counts, once for each caller and
     * operation; other content is refused, whether or not it could be done.
     */
    @Test
    void aKeyWithOtherContentIsRefusedAndTwoCallersWithOneKeyAreTwo() {
        beginOn("2026-10-01");
        Viewer viewer = new Viewer(stage, "v-9");
        Viewer other = new Viewer(stage, "v-9-other");
        Creator creator = new Creator(stage, "c-9");
        Creator otherCreator = new Creator(stage, "c-9-other");
        String liveId = creator.live();
        String otherLiveId = otherCreator.live();
        earn(viewer, liveId, 800);
        earn(other, otherLiveId, 800);
        staff.grant(viewer.id(), 100);
        staff.grant(other.id(), 100);
        stage.at("2026-10-09T12:00");
        creator.awaitAvailable("400.0000");
        otherCreator.awaitAvailable("400.0000");
        long before = ledger.awaitAll();
        int refundsBefore = stage.stripe.refunds();

        String gifts = "/v1/gift-sends";
        Map<String, Object> gift = gift(liveId, "ant", 3);
        Response sent = assertSameAgain(gifts, viewer.token(), gift);
        for (Map<String, Object> reused :
                List.of(
                        gift(liveId, "ant", 4),
                        gift(liveId, "applause", 3),
                        gift(otherLiveId, "ant", 3),
                        gift(liveId, "ant", 9_999))) {
            Response refused = assertKeyReused(gifts, viewer.token(), reused);
            assertThat(refused.number("position")).isEqualTo(sent.number("position"));
        }
        Response othersGift = assertSameAgain(gifts, other.token(), gift);
        assertThat(othersGift.text("giftSendId")).isNotEqualTo(sent.text("giftSendId"));

        UUID purchase = boughtByKey(viewer);
        UUID othersPurchase = boughtByKey(other);
        assertThat(othersPurchase).isNotEqualTo(purchase);

        String refunds = "/v1/coin-purchases/" + purchase + "/refund";
        String othersRefunds = "/v1/coin-purchases/" + othersPurchase + "/refund";
        Map<String, Object> reason = Map.of("reason", "unhappy");
        Response refund = assertSameAgain(refunds, staff.maker(), reason);
        assertThat(
                        assertKeyReused(refunds, staff.maker(), Map.of("reason", "happy"))
                                .number("position"))
                .isEqualTo(refund.number("position"));
        assertKeyReused(othersRefunds, staff.maker(), reason);
        assertPurchase(other, othersPurchase, "completed");
        assertSameAgain(othersRefunds, staff.checker(), reason);
        assertThat(stage.stripe.refunds() - refundsBefore).isEqualTo(2);

        String payouts = "/v1/payouts";
        Map<String, Object> payout = payout("200", "DE89370400440532013000", "Ada Lovelace");
        Response requested = assertSameAgain(payouts, creator.token(), payout);
        for (Map<String, Object> reused :
                List.of(
                        payout("201", "DE89370400440532013000", "Ada Lovelace"),
                        payout("200", "GB82WEST12345698765432", "Ada Lovelace"),
                        payout("200", "DE89370400440532013000", "Ada King"),
                        payout("100000", "DE89370400440532013000", "Ada Lovelace"))) {
            assertKeyReused(payouts, creator.token(), reused);
        }
        assertThat(assertSameAgain(payouts, otherCreator.token(), payout).text("payoutId"))
                .isNotEqualTo(requested.text("payoutId"));

        ledger.assertBooked(
                before,
                giftEntry("v-9")
                        + giftEntry("v-9-other")
                        + purchaseEntry("v-9")
                        + purchaseEntry("v-9-other")
                        + refundEntry("v-9")
                        + refundEntry("v-9-other")
                        + payoutEntry("c-9")
                        + payoutEntry("c-9-other"));
        viewer.assertCoins(ledger, 0, 97, 0, 0);
        other.assertCoins(ledger, 0, 97, 0, 0);
    }

    /** Sends it twice with the key of the case; the answer. */
    private static Response assertSameAgain(String path, String token, Map<String, Object> body) {
        Response first = stage.http().post(path, token, "k", body);
        assertThat(first.status()).as(first.toString()).isIn(200, 201);
        Response again = stage.http().post(path, token, "k", body);
        assertThat(again.status()).as(again.toString()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        return first;
    }

    private static Response assertKeyReused(String path, String token, Map<String, Object> body) {
        Response refused = stage.http().post(path, token, "k", body);
        assertRefused(refused, 422, "idempotency-key-reused");
        return refused;
    }

    /** Other content is refused while the buyer has not paid, and after it. */
    private static UUID boughtByKey(Viewer viewer) {
        String purchases = "/v1/coin-purchases";
        Map<String, Object> content = Map.of("packageId", LifeStage.THOUSAND, "provider", "stripe");
        List<Map<String, Object>> reused =
                List.of(
                        Map.of("packageId", LifeStage.LARGE, "provider", "stripe"),
                        Map.of("packageId", LifeStage.THOUSAND, "provider", "apple"));
        Response begun = assertSameAgain(purchases, viewer.token(), content);
        UUID purchase = UUID.fromString(begun.text("purchaseId"));
        reused.forEach(body -> assertKeyReused(purchases, viewer.token(), body));
        viewer.shop().paidByCard(purchase, PRICE_MINOR, 0, FEE_MINOR);
        reused.forEach(body -> assertKeyReused(purchases, viewer.token(), body));
        assertThat(assertSameAgain(purchases, viewer.token(), content).body())
                .isEqualTo(begun.body());
        return purchase;
    }

    private static Map<String, Object> gift(String liveId, String giftId, int quantity) {
        return Map.of("liveId", liveId, "giftId", giftId, "quantity", quantity);
    }

    private static Map<String, Object> payout(String diamonds, String iban, String name) {
        return Map.of("diamonds", diamonds, "destination", Map.of("iban", iban, "name", name));
    }

    /** 3 coins are 1.5 diamonds, worth 0.015. */
    private static String giftEntry(String viewer) {
        return """
        2026-10-09 confetti.gift-sent.v1
            viewer:%s:coin:promo           3 COIN
            coin:consumed:promo            -3 COIN
            diamond:issued                 1.5000 DIAMOND
            creator:c-9:diamond:pending    -1.5000 DIAMOND
            5050:promotion-cost            0.015000 USD
            2110:creator-payable:pending   -0.015000 USD
        """
                .formatted(viewer);
    }

    private static String purchaseEntry(String viewer) {
        return """
        2026-10-09 confetti.coins-purchased.v1
            coin:issued:paid          1000 COIN
            viewer:%s:coin:paid       -1000 COIN
            1020:receivable:psp       9.410000 USD
            1060:deferred-commission  0.590000 USD
            2010:contract-liability   -10.000000 USD
        """
                .formatted(viewer);
    }

    /** Nothing was spent; Stripe keeps its fee. */
    private static String refundEntry(String viewer) {
        return """
        2026-10-09 confetti.purchase-refunded.v1
            viewer:%s:coin:paid       1000 COIN
            coin:refunded             -1000 COIN
            2010:contract-liability   10.000000 USD
            1020:receivable:psp       -10.000000 USD
            5020:channel-commission   0.590000 USD
            1060:deferred-commission  -0.590000 USD
        """
                .formatted(viewer);
    }

    private static String payoutEntry(String creator) {
        return """
        2026-10-09 confetti.payout-requested.v1
            creator:%1$s:diamond:available  200.0000 DIAMOND
            creator:%1$s:diamond:reserved   -200.0000 DIAMOND
            2120:creator-payable:available  2.000000 USD
            2130:payout:requested           -2.000000 USD
        """
                .formatted(creator);
    }
}
