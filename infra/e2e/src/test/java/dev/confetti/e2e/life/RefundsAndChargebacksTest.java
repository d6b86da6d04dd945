package dev.confetti.e2e.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.e2e.life.PayoutDesk.Sent;
import dev.confetti.gift.Http.Response;
import java.util.UUID;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Money that goes back to buyers: once, whoever asks and in which order. */
@TestMethodOrder(OrderAnnotation.class)
class RefundsAndChargebacksTest extends LifeCases {
    /** 300 of 1,000 coins are spent: 700 and 7.00 are left, and 0.413 of the fee. */
    @Test
    @Order(1)
    void aRefundAskedForTwiceIsOne() {
        beginOn("2026-02-01");
        Viewer viewer = new Viewer(stage, "v-1");
        UUID purchase = bought(viewer);
        viewer.sent(new Creator(stage, "c-1").live(), 300);
        long before = ledger.awaitAll();
        int madeBefore = stage.stripe.refunds();

        Response first = staff.refund(staff.maker(), "refund", purchase, "unhappy");
        assertThat(first.status()).as(first.toString()).isEqualTo(200);
        assertThat(first.number("coinsTaken")).isEqualTo(700);
        assertThat(first.number("coinsOwed")).isEqualTo(300);
        assertThat(first.json().path("amount"))
                .hasToString("{\"amountMinor\":1200,\"currency\":\"USD\"}");
        Response again = staff.refund(staff.maker(), "refund", purchase, "unhappy");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertRefused(
                staff.refund(staff.maker(), "other", purchase, "unhappy"), 409, "already-refunded");
        assertRefused(
                staff.refund(staff.checker(), "refund", purchase, "unhappy"),
                409,
                "already-refunded");
        viewer.shop().refundTold(stage.stripe.lastRefund(), purchase, GROSS_MINOR);

        assertThat(stage.stripe.refunds() - madeBefore).isEqualTo(1);
        assertPurchase(viewer, purchase, "refunded");
        ledger.assertBooked(
                before,
                """
                2026-02-01 confetti.purchase-refunded.v1
                    viewer:v-1:coin:paid         700 COIN
                    viewer:v-1:coin:debt         300 COIN
                    coin:refunded                -1000 COIN
                    2010:contract-liability      7.000000 USD
                    4090:refunds-contra-revenue  3.000000 USD
                    2210:vat-payable             2.000000 USD
                    1020:receivable:psp          -12.000000 USD
                    5020:channel-commission      0.413000 USD
                    1060:deferred-commission     -0.413000 USD
                """);
        viewer.assertCoins(ledger, 0, 0, 0, 300);
    }

    /** 400 of 1,000 coins are spent: 600 and 6.00 are left, and 0.354 of the fee. */
    @Test
    @Order(2)
    void whatIsDisputedIsNotRefundedAndItsLossTakesTheCoins() {
        beginOn("2026-03-01");
        Viewer viewer = new Viewer(stage, "v-2");
        UUID purchase = bought(viewer);
        viewer.sent(new Creator(stage, "c-2").live(), 400);
        long before = ledger.awaitAll();
        int madeBefore = stage.stripe.refunds();

        viewer.shop().disputed(purchase, GROSS_MINOR);
        viewer.assertCoins(ledger, 0, 0, 600, 0);
        assertRefused(
                staff.refund(staff.maker(), "disputed", purchase, "too late"),
                409,
                "chargeback-open");
        viewer.shop().disputeLost(purchase, GROSS_MINOR);
        assertRefused(
                staff.refund(staff.maker(), "disputed", purchase, "too late"),
                409,
                "already-charged-back");

        assertThat(stage.stripe.refunds()).isEqualTo(madeBefore);
        assertPurchase(viewer, purchase, "charged-back");
        ledger.assertBooked(
                before,
                """
                2026-03-01 confetti.chargeback-opened.v1
                    viewer:v-2:coin:paid         600 COIN
                    viewer:v-2:coin:frozen       -600 COIN
                    1040:disputes-receivable     12.000000 USD
                    5030:chargeback-cost         15.000000 USD
                    1020:receivable:psp          -27.000000 USD
                2026-03-01 confetti.chargeback-lost.v1
                    viewer:v-2:coin:frozen       600 COIN
                    viewer:v-2:coin:debt         400 COIN
                    coin:refunded                -1000 COIN
                    2010:contract-liability      6.000000 USD
                    4090:refunds-contra-revenue  4.000000 USD
                    2210:vat-payable             2.000000 USD
                    1040:disputes-receivable     -12.000000 USD
                    5030:chargeback-cost         0.354000 USD
                    1060:deferred-commission     -0.354000 USD
                """);
        viewer.assertCoins(ledger, 0, 0, 0, 400);
    }

    /** 250 of 1,000 coins are spent: they are owed once, however often the buyer is paid. */
    @Test
    @Order(3)
    void aLostDisputeOfWhatWasRefundedCostsTheMoneyAgainButNoCoins() {
        beginOn("2026-04-01");
        Viewer viewer = new Viewer(stage, "v-3");
        UUID purchase = bought(viewer);
        viewer.sent(new Creator(stage, "c-3").live(), 250);
        Response refund = staff.refund(staff.maker(), "refund-3", purchase, "unhappy");
        assertThat(refund.number("coinsTaken")).isEqualTo(750);
        assertThat(refund.number("coinsOwed")).isEqualTo(250);
        viewer.assertCoins(ledger, 0, 0, 0, 250);
        long before = ledger.awaitAll();

        viewer.shop().disputed(purchase, GROSS_MINOR);
        viewer.assertCoins(ledger, 0, 0, 0, 250);
        assertRefused(
                staff.refund(staff.maker(), "again-3", purchase, "unhappy"),
                409,
                "already-refunded");
        viewer.shop().disputeLost(purchase, GROSS_MINOR);

        ledger.assertBooked(
                before,
                """
                2026-04-01 confetti.chargeback-opened.v1
                    1040:disputes-receivable  12.000000 USD
                    5030:chargeback-cost      15.000000 USD
                    1020:receivable:psp       -27.000000 USD
                2026-04-01 confetti.chargeback-lost.v1
                    5030:chargeback-cost      12.000000 USD
                    1040:disputes-receivable  -12.000000 USD
                """);
        viewer.assertCoins(ledger, 0, 0, 0, 250);
    }

    /**
     * 1,050 coins of 10.00, of which Apple keeps 3.00, became 525 diamonds: 5.25, of which 0.525 is
     * tax, 0.53 in whole cents, and 4.47 went to the bank. Of the debt the next 1,000 bought coins
     * pay 1,000, the next granted ones 50.
     */
    @Test
    @Order(4)
    void aRefundAfterThePayoutIsBorneByThePlatformAndOwedByTheViewer() {
        beginOn("2026-05-01");
        Viewer viewer = new Viewer(stage, "v-4");
        Creator creator = new Creator(stage, "c-4");
        UUID purchase = viewer.shop().paidAtApple("a-4");
        String liveId = creator.live();
        viewer.sent(liveId, 1_050);
        stage.at("2026-05-09T12:00");
        creator.awaitAvailable("525.0000");
        PayoutDesk payouts = creator.payouts(staff);
        Sent paid = payouts.sent("525");
        payouts.settled(paid);
        assertThat(payouts.payout(paid.payoutId()).json().at("/net/amountMinor").asLong())
                .isEqualTo(447);
        creator.assertDiamonds(ledger, "0.0000", "0.0000", "0.0000", "525.0000");
        long before = ledger.awaitAll();

        assertRefused(
                staff.refund(staff.maker(), "refund-4", purchase, "unhappy"),
                409,
                "refund-by-store");
        viewer.shop().refundedByApple("a-4", purchase);
        viewer.assertCoins(ledger, 0, 0, 0, 1_050);
        stage.at("2026-05-10T12:00");
        bought(viewer);
        viewer.assertCoins(ledger, 0, 0, 0, 50);
        Response refused = viewer.sends("poor", liveId, 1);
        assertRefused(refused, 409, "insufficient-coins");
        assertThat(refused.number("spendable")).isZero();
        assertThat(refused.number("needed")).isEqualTo(1);
        staff.grant(viewer.id(), 100);
        viewer.assertCoins(ledger, 0, 50, 0, 0);

        ledger.assertBooked(
                before,
                """
                2026-05-09 confetti.purchase-refunded.v1
                    viewer:v-4:coin:debt         1050 COIN
                    coin:refunded                -1050 COIN
                    4090:refunds-contra-revenue  10.000000 USD
                    1021:receivable:apple        -7.000000 USD
                    5020:channel-commission      -3.000000 USD
                2026-05-10 confetti.coins-purchased.v1
                    coin:issued:paid             1000 COIN
                    viewer:v-4:coin:paid         -1000 COIN
                    1020:receivable:psp          11.410000 USD
                    1060:deferred-commission     0.590000 USD
                    2210:vat-payable             -2.000000 USD
                    2010:contract-liability      -10.000000 USD
                2026-05-10 confetti.coin-debt-recovered.v1
                    viewer:v-4:coin:paid         1000 COIN
                    viewer:v-4:coin:debt         -1000 COIN
                    2010:contract-liability      10.000000 USD
                    4090:refunds-contra-revenue  -10.000000 USD
                    5020:channel-commission      0.590000 USD
                    1060:deferred-commission     -0.590000 USD
                2026-05-10 confetti.coins-granted.v1
                    coin:issued:promo            100 COIN
                    viewer:v-4:coin:promo        -100 COIN
                2026-05-10 confetti.coin-debt-recovered.v1
                    viewer:v-4:coin:promo        50 COIN
                    viewer:v-4:coin:debt         -50 COIN
                """);
        creator.assertDiamonds(ledger, "0.0000", "0.0000", "0.0000", "525.0000");
    }
}
