package dev.confetti.e2e.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.e2e.life.PayoutDesk.Sent;
import dev.confetti.gift.Http.Response;
import dev.confetti.gift.stripe.FakeStripe;
import java.util.Map;
import java.util.UUID;

/** What viewer 42, creator 7 and staff do, by the numbers of the example's entries. */
final class ExampleLife {
    static final String VIEWER = "42";
    static final String CREATOR = "7";

    private static final String FIRST_TRANSACTION = "a-1";
    private static final long CARD_WITH_TAX_MINOR = 1_200;

    private final LifeStage stage;
    private final Staff staff;
    private final Viewer viewer;
    private final Creator creator;
    private final CoinShop shop;
    private final PayoutDesk payouts;

    ExampleLife(LifeStage stage) {
        this.stage = stage;
        this.staff = new Staff(stage);
        this.viewer = new Viewer(stage, VIEWER);
        this.creator = new Creator(stage, CREATOR);
        this.shop = viewer.shop();
        this.payouts = creator.payouts(staff);
    }

    /** Lives it. */
    void live() {
        stage.at("2026-01-01T12:00");
        UUID bundle = shop.paidAtApple(FIRST_TRANSACTION); // 1
        stage.at("2026-01-02T12:00");
        UUID large = shop.paidByCard(LifeStage.LARGE, 2_000, 400, 88); // 2
        sendGifts(); // 3 to 8
        stage.at("2026-01-11T14:00");
        creator.awaitAvailable("899.5000"); // 9
        payOut(); // 10 to 22
        stage.at("2026-02-05T12:00");
        settle(
                "apple",
                """
                reference,date,kind,providerReference,currency,gross,fee,net
                2026-01,2026-02-05,purchase,%s,USD,10.00,3.00,7.00
                """
                        .formatted(FIRST_TRANSACTION)); // 23
        settle(
                "stripe",
                """
                automatic_payout_id,currency,gross,fee,net,reporting_category,source_id,payment_intent_id
                po_1,usd,24.00,0.88,23.12,charge,ch_1,%s
                """
                        .formatted(FakeStripe.intentOf(large))); // 24
        giveBack(bundle); // 25 to 28
        dispute(); // 29 to 31
        endTheQuarter(); // 32 to 34
    }

    /** The grant comes after the gifts of bought coins: a wallet spends promo coins first. */
    private void sendGifts() {
        stage.at("2026-01-04T12:00");
        String liveId = creator.live();
        viewer.sent(liveId, 500); // 4
        viewer.sent(liveId, 1_199); // 5
        staff.grant(VIEWER, 100); // 3
        viewer.sent(liveId, 100); // 6
        stage.at("2026-01-05T12:00");
        String wrong = viewer.sent(liveId, 100); // 7
        stage.at("2026-01-06T12:00");
        staff.reverse(wrong); // 8
    }

    private void payOut() {
        stage.at("2026-01-12T12:00");
        Sent first = payouts.sent("400"); // 10 to 12
        payouts.settled(first); // 13
        Sent second = payouts.sent("200"); // 14 to 16
        payouts.rejected(second); // 17
        stage.at("2026-01-13T12:00");
        Sent third = payouts.sent("200"); // 18 to 20
        payouts.settled(third); // 21
        payouts.returned(third, 35); // 22
    }

    private void settle(String provider, String csv) {
        Response settled =
                stage.http()
                        .call(
                                "POST",
                                "/v1/provider-settlements/" + provider,
                                staff.maker(),
                                null,
                                "text/csv",
                                csv);
        assertThat(settled.status()).as(settled.toString()).isEqualTo(201);
    }

    private void giveBack(UUID bundle) {
        stage.at("2026-02-06T12:00");
        UUID unspent = shop.paidAtApple("a-25"); // 25
        stage.at("2026-02-07T12:00");
        shop.refundedByApple("a-25", unspent); // 26
        stage.at("2026-02-08T12:00");
        shop.refundedByApple(FIRST_TRANSACTION, bundle); // 27 and 28
    }

    private void dispute() {
        stage.at("2026-02-10T12:00");
        UUID card = shop.paidByCard(LifeStage.THOUSAND, 1_000, 200, 59); // 29
        stage.at("2026-02-20T12:00");
        shop.disputed(card, CARD_WITH_TAX_MINOR); // 30
        stage.at("2026-03-20T12:00");
        shop.disputeLost(card, CARD_WITH_TAX_MINOR); // 31
    }

    private void endTheQuarter() {
        stage.at("2026-03-31T12:00");
        staff.byTwo(
                "/v1/ledger/breakage",
                "breakageId",
                Map.of(
                        "period", "2026-03",
                        "currency", "USD",
                        "amount", "0.50",
                        "reason", "cohort of January")); // 32
        staff.grant(VIEWER, 10); // 33
        staff.byTwo(
                "/v1/ledger/adjustments",
                "adjustmentId",
                Map.of(
                        "debit", "5090:adjustments",
                        "credit", "1010:bank",
                        "amount", "0.03",
                        "currency", "USD",
                        "reason", "unmatched bank item")); // 34
    }
}
