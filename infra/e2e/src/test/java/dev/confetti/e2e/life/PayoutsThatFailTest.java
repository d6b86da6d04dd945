package dev.confetti.e2e.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.e2e.life.PayoutDesk.Sent;
import dev.confetti.gift.Http.Response;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Payouts that fail, and payouts while a creator owes. */
@TestMethodOrder(OrderAnnotation.class)
class PayoutsThatFailTest extends LifeCases {
    /** 800 coins are 400 diamonds: 4.00, of which 3.35 are in transit, 0.40 tax and 0.25 fee. */
    @Test
    @Order(5)
    void aFailureThatTheBankTellsTwiceIsOne() {
        beginOn("2026-06-01");
        Creator creator = new Creator(stage, "c-5");
        earn(new Viewer(stage, "v-5"), creator.live(), 800);
        stage.at("2026-06-09T12:00");
        creator.awaitAvailable("400.0000");
        PayoutDesk payouts = creator.payouts(staff);
        Sent sent = payouts.sent("400");
        creator.assertDiamonds(ledger, "0.0000", "0.0000", "0.0000", "400.0000");
        long before = ledger.awaitAll();

        byte[] report = payouts.rejection(sent);
        Response first = payouts.tell(report);
        assertThat(first.status()).as(first.toString()).isEqualTo(201);
        Response sameFile = payouts.tell(report);
        assertThat(sameFile.status()).as(sameFile.toString()).isEqualTo(200);
        assertThat(sameFile.body()).isEqualTo(first.body());
        String told = first.json().at("/message/bankMessageId").asString();
        List<byte[]> sayingTheSame =
                List.of(payouts.rejection(sent), sent.bank().rejectsFile("AC04"));
        for (byte[] another : sayingTheSame) {
            Response answer = payouts.tell(another);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
            assertLine(answer, "applied");
            assertThat(answer.json().at("/lines/0/bankMessageId").asString()).isEqualTo(told);
        }
        assertLine(payouts.tell(sent.bank().settles(payouts.today())), "contradicted");

        payouts.assertStatus(sent.payoutId(), "failed");
        ledger.assertBooked(
                before,
                """
                2026-06-09 confetti.payout-failed.v1
                    1030:payouts-in-transit          3.350000 USD
                    diamond:redeemed                 400.0000 DIAMOND
                    creator:c-5:diamond:available    -400.0000 DIAMOND
                    2150:withholding-tax             0.400000 USD
                    4030:payout-fee                  0.250000 USD
                    2120:creator-payable:available   -4.000000 USD
                """);
        creator.assertDiamonds(ledger, "0.0000", "400.0000", "0.0000", "0.0000");
    }

    /**
     * 600 and 400 coins are 300 and 200 diamonds; 400 of them are paid out, 100 are left. Without
     * the 300 it is -200, of which 1.00 was still owed and 2.00 were paid too much. The next 300
     * make that good and leave 100, further 200 make 300.
     */
    @Test
    @Order(6)
    void nothingIsPaidOutBelowZeroAndLaterEarningsMakeItGood() {
        beginOn("2026-07-01");
        Viewer viewer = new Viewer(stage, "v-6");
        Creator creator = new Creator(stage, "c-6");
        PayoutDesk payouts = creator.payouts(staff);
        String liveId = creator.live();
        viewer.shop().paidByCard(LifeStage.THOUSAND, PRICE_MINOR, 0, FEE_MINOR);
        String wrong = viewer.sent(liveId, 600);
        viewer.sent(liveId, 400);
        stage.at("2026-07-09T12:00");
        creator.awaitAvailable("500.0000");
        payouts.settled(payouts.sent("400"));
        long before = ledger.awaitAll();

        staff.reverse(wrong);
        creator.assertDiamonds(ledger, "0.0000", "-200.0000", "0.0000", "400.0000");
        assertTooFew(payouts, "-200.0000");
        viewer.sent(liveId, 600);
        creator.assertDiamonds(ledger, "300.0000", "-200.0000", "0.0000", "400.0000");
        assertTooFew(payouts, "-200.0000");
        stage.at("2026-07-17T12:00");
        creator.awaitAvailable("100.0000");
        assertTooFew(payouts, "100.0000");
        earn(viewer, liveId, 400);
        stage.at("2026-07-25T12:00");
        creator.awaitAvailable("300.0000");
        Response requested = payouts.asks(stage.next("payout-"), "200");
        assertThat(requested.status()).as(requested.toString()).isEqualTo(201);

        ledger.assertBooked(
                before,
                """
                2026-07-09 confetti.gift-reversed.v1
                    viewer:v-6:coin:paid             -600 COIN
                    coin:consumed:paid               600 COIN
                    diamond:issued                   -300.0000 DIAMOND
                    creator:c-6:diamond:available    300.0000 DIAMOND
                    2010:contract-liability          -6.000000 USD
                    4010:gift-revenue                6.000000 USD
                    5020:channel-commission          -0.354000 USD
                    1060:deferred-commission         0.354000 USD
                    5010:creator-share               -3.000000 USD
                    2120:creator-payable:available   1.000000 USD
                    1070:creator-clawback            2.000000 USD
                2026-07-09 confetti.gift-sent.v1
                    viewer:v-6:coin:paid             600 COIN
                    coin:consumed:paid               -600 COIN
                    diamond:issued                   300.0000 DIAMOND
                    creator:c-6:diamond:pending      -300.0000 DIAMOND
                    2010:contract-liability          6.000000 USD
                    4010:gift-revenue                -6.000000 USD
                    5020:channel-commission          0.354000 USD
                    1060:deferred-commission         -0.354000 USD
                    5010:creator-share               3.000000 USD
                    2110:creator-payable:pending     -3.000000 USD
                2026-07-17 confetti.earnings-released.v1
                    creator:c-6:diamond:pending      300.0000 DIAMOND
                    creator:c-6:diamond:available    -300.0000 DIAMOND
                    2110:creator-payable:pending     3.000000 USD
                    1070:creator-clawback            -2.000000 USD
                    2120:creator-payable:available   -1.000000 USD
                2026-07-17 confetti.coins-granted.v1
                    coin:issued:promo                400 COIN
                    viewer:v-6:coin:promo            -400 COIN
                2026-07-17 confetti.gift-sent.v1
                    viewer:v-6:coin:promo            400 COIN
                    coin:consumed:promo              -400 COIN
                    diamond:issued                   200.0000 DIAMOND
                    creator:c-6:diamond:pending      -200.0000 DIAMOND
                    5050:promotion-cost              2.000000 USD
                    2110:creator-payable:pending     -2.000000 USD
                2026-07-25 confetti.earnings-released.v1
                    creator:c-6:diamond:pending      200.0000 DIAMOND
                    creator:c-6:diamond:available    -200.0000 DIAMOND
                    2110:creator-payable:pending     2.000000 USD
                    2120:creator-payable:available   -2.000000 USD
                2026-07-25 confetti.payout-requested.v1
                    creator:c-6:diamond:available    200.0000 DIAMOND
                    creator:c-6:diamond:reserved     -200.0000 DIAMOND
                    2120:creator-payable:available   2.000000 USD
                    2130:payout:requested            -2.000000 USD
                """);
        creator.assertDiamonds(ledger, "0.0000", "100.0000", "200.0000", "400.0000");
    }

    private static void assertTooFew(PayoutDesk payouts, String available) {
        Response refused = payouts.asks(stage.next("payout-"), "200");
        assertRefused(refused, 409, "insufficient-diamonds");
        assertThat(refused.text("available")).isEqualTo(available);
        assertThat(refused.text("needed")).isEqualTo("200.0000");
    }

    private static void assertLine(Response told, String state) {
        assertThat(told.json().path("lines").size()).as(told.toString()).isEqualTo(1);
        assertThat(told.json().at("/lines/0/state").asString())
                .as(told.toString())
                .isEqualTo(state);
    }
}
