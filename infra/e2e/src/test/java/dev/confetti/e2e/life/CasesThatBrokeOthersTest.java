package dev.confetti.e2e.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.e2e.ControlIdentities;
import dev.confetti.e2e.life.PayoutDesk.Sent;
import dev.confetti.gift.Http.Response;
import dev.confetti.gift.bank.FakeBank;
import dev.confetti.gift.log.Seeded;
import dev.confetti.ledger.journal.HledgerJournal.Amount;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Cases that broke other ledgers, from the request to the books. Each has a month and persons of
 * its own, and worked-out entries; in the journals here, as in hledger, minus is credit.
 *
 * <p>1,000 coins cost 10.00, 1,050 at Apple as well. A gift of n coins is n/2 diamonds, worth
 * n/200; a payout has 10% tax and a fee of 0.25; Stripe keeps 0.59 of a card payment.
 */
@TestMethodOrder(OrderAnnotation.class)
class CasesThatBrokeOthersTest {
    /** The ledger keeps all balances at every so many positions. */
    private static final long BLOCK = 8_192;

    private static final long PRICE_MINOR = 1_000;
    private static final long TAX_MINOR = 200;
    private static final long GROSS_MINOR = 1_200;
    private static final long FEE_MINOR = 59;

    @TempDir private static Path folder;
    private static LifeStage stage;
    private static BookedEntries ledger;
    private static Staff staff;
    private static Reconciliation reconciliation;

    @BeforeAll
    static void start() throws Exception {
        stage = new LifeStage(folder);
        staff = new Staff(stage);
        ledger = new BookedEntries(stage, stage.token("auditor", "finance"));
        reconciliation = new Reconciliation(stage, ledger, staff.maker());
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @AfterEach
    void theLedgerHolds() {
        ledger.awaitAll();
        JsonNode verification = ledger.verification();
        assertThat(verification.path("holds").asBoolean()).as("%s", verification).isTrue();
        reconciliation.assertAsBooked(0);
        ControlIdentities.hold(stage.database());
    }

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

    /**
     * A viewer with two lots of 1,000 coins sends 7 at a time, from eight places, while the bank
     * takes the first lot's money back. However they meet: what was spent of the first lot and what
     * was frozen is all of it. When the dispute is won the rest can be spent, here up to 1,995
     * coins in all: the first lot's 10.00 and 0.59, and 9.95 and 0.58705 of the second's.
     */
    @Test
    @Order(7)
    void coinsAreSpentOrFrozenAndNeverBoth() throws Exception {
        beginOn("2026-08-01");
        Viewer viewer = new Viewer(stage, "v-7");
        String liveId = new Creator(stage, "c-7").live();
        UUID disputed = bought(viewer);
        bought(viewer);
        long before = ledger.awaitAll();

        Map<Long, Response> sentAt = new TreeMap<>();
        for (Response answer : sentWhileDisputed(viewer, liveId, disputed)) {
            if (answer.status() == 201) {
                sentAt.put(answer.number("position"), answer);
            } else {
                assertRefused(answer, 409, "insufficient-coins");
                assertThat(answer.number("needed")).isEqualTo(7);
                assertThat(answer.number("spendable")).isBetween(0L, 6L);
            }
        }
        ledger.awaitAll();
        TwoLots lots = new TwoLots();
        for (JsonNode entry : ledger.all("/entries?from=position:" + (before + 1), "entries")) {
            if (entry.path("type").asString().equals("confetti.chargeback-opened.v1")) {
                lots.freeze();
                continue;
            }
            assertThat(coinsByLot(entry)).as(entry.toString()).isEqualTo(lots.spend(7));
            Response answer =
                    Objects.requireNonNull(sentAt.remove(entry.path("position").asLong()));
            assertThat(answer.number("spendable")).as(answer.toString()).isEqualTo(lots.left());
            assertThat(lots.left()).isNotNegative();
        }
        assertThat(sentAt).isEmpty();
        viewer.assertCoins(ledger, lots.left(), 0, lots.frozen, 0);

        viewer.shop().disputeWon(disputed, GROSS_MINOR);
        viewer.assertCoins(ledger, lots.left() + lots.frozen, 0, 0, 0);
        viewer.sent(liveId, Math.toIntExact(lots.left() + lots.frozen - 5));
        Response last = viewer.sends("last", liveId, 7);
        assertRefused(last, 409, "insufficient-coins");
        assertThat(last.number("spendable")).isEqualTo(5);
        viewer.assertCoins(ledger, 5, 0, 0, 0);
        ledger.assertMoved(
                before,
                """
                2026-08-01 all of it
                    viewer:v-7:coin:paid          1995 COIN
                    coin:consumed:paid            -1995 COIN
                    diamond:issued                997.5000 DIAMOND
                    creator:c-7:diamond:pending   -997.5000 DIAMOND
                    2010:contract-liability       19.950000 USD
                    4010:gift-revenue             -19.950000 USD
                    5020:channel-commission       1.177050 USD
                    1060:deferred-commission      -1.177050 USD
                    5010:creator-share            9.975000 USD
                    2110:creator-payable:pending  -9.975000 USD
                    5030:chargeback-cost          15.000000 USD
                    1020:receivable:psp           -15.000000 USD
                """);
    }

    /** Of 288 sends; after the fifth the bank disputes a purchase. */
    private static List<Response> sentWhileDisputed(Viewer viewer, String liveId, UUID purchase)
            throws Exception {
        CountDownLatch fiveSent = new CountDownLatch(5);
        List<Callable<List<Response>>> sendersAndBank = new ArrayList<>();
        for (int sender = 0; sender < 8; sender++) {
            String key = "race-" + sender + "-";
            sendersAndBank.add(
                    () -> {
                        List<Response> answers = new ArrayList<>();
                        for (int i = 0; i < 36; i++) {
                            answers.add(viewer.sends(key + i, liveId, 7));
                            fiveSent.countDown();
                        }
                        return answers;
                    });
        }
        sendersAndBank.add(
                () -> {
                    assertThat(fiveSent.await(1, TimeUnit.MINUTES)).isTrue();
                    viewer.shop().disputed(purchase, GROSS_MINOR);
                    return List.of();
                });
        return AtOnce.done(sendersAndBank).stream().flatMap(List::stream).toList();
    }

    /** What is left of two lots of 1,000 coins, of which the first is disputed at some time. */
    private static final class TwoLots {
        private long disputed = 1_000;
        private long sound = 1_000;
        private long frozen;

        /** What is taken from which of them. */
        List<Long> spend(long coins) {
            long first = Math.min(coins, disputed);
            disputed -= first;
            sound -= coins - first;
            return Stream.of(first, coins - first).filter(taken -> taken > 0).toList();
        }

        void freeze() {
            frozen = disputed;
            disputed = 0;
        }

        long left() {
            return disputed + sound;
        }
    }

    private static List<Long> coinsByLot(JsonNode entry) {
        List<Long> coins = new ArrayList<>();
        entry.path("lots").forEach(each -> coins.add(each.path("coins").asLong()));
        return coins;
    }

    /**
     * Eight payouts of 200 diamonds: 2.00, of which 1.55 go to the bank. One creator after the
     * other is held, and after the second three batches are asked for at once. A payout is sent
     * when its batch is before its hold in the log, else it waits; the first two always wait. After
     * the holds another batch takes the rest, and all 12.40 leave the bank.
     */
    @Test
    @Order(8)
    void aPayoutIsInTheBatchOrHeldAndNeverHalf() throws Exception {
        beginOn("2026-09-01");
        Viewer viewer = new Viewer(stage, "v-8");
        List<Creator> creators =
                IntStream.range(0, 8).mapToObj(i -> new Creator(stage, "c-8-" + i)).toList();
        creators.forEach(each -> earn(viewer, each.live(), 400));
        stage.at("2026-09-09T12:00");
        creators.forEach(each -> each.awaitAvailable("200.0000"));
        Map<Creator, String> payouts = new TreeMap<>(Comparator.comparing(Creator::id));
        creators.forEach(each -> payouts.put(each, each.payouts(staff).approved("200")));
        PayoutDesk desk = creators.getFirst().payouts(staff);
        long before = ledger.awaitAll();

        CountDownLatch held = new CountDownLatch(2);
        List<Callable<List<Response>>> staffAtWork = new ArrayList<>();
        staffAtWork.add(
                () ->
                        creators.stream()
                                .map(
                                        each -> {
                                            Response answer = hold(each, "hold", staff.maker());
                                            held.countDown();
                                            return answer;
                                        })
                                .toList());
        for (int i = 0; i < 3; i++) {
            staffAtWork.add(
                    () -> {
                        assertThat(held.await(1, TimeUnit.MINUTES)).isTrue();
                        return List.of(batch());
                    });
        }
        List<List<Response>> answers = AtOnce.done(staffAtWork);
        assertThat(answers.getFirst()).allMatch(answer -> answer.status() == 200);
        ledger.awaitAll();

        List<Response> batches = new ArrayList<>();
        for (Response answer : answers.stream().skip(1).flatMap(List::stream).toList()) {
            if (answer.status() == 201) {
                batches.add(answer);
            } else {
                assertRefused(answer, 409, "nothing-to-pay");
            }
        }
        assertThat(batches).hasSizeLessThanOrEqualTo(1);
        long batchedAt = batches.isEmpty() ? 0 : batches.getFirst().number("position");
        List<String> sent = new ArrayList<>();
        payouts.forEach(
                (creator, payoutId) -> {
                    JsonNode payout = desk.payout(payoutId).json();
                    boolean isBefore = batchedAt > 0 && batchedAt < creator.heldAt();
                    assertThat(payout.path("status").asString())
                            .as(payout.toString())
                            .isEqualTo(isBefore ? "sent" : "approved");
                    assertThat(payout.has("batchId")).isEqualTo(isBefore);
                    assertThat(creator.earnings().path("payoutsHeld").asBoolean()).isTrue();
                    if (isBefore) {
                        sent.add(creator.id());
                    }
                });
        assertThat(sent).doesNotContain("c-8-0", "c-8-1");
        assertThat(sentSince(before)).containsExactlyInAnyOrderElementsOf(sent);

        creators.forEach(each -> hold(each, "resume", staff.checker()));
        batches.add(batch());
        assertThat(batches.getLast().number("payouts")).isEqualTo(8L - sent.size());
        for (Response batch : batches) {
            FakeBank bank = desk.bankWith(batch);
            assertThat(bank.endToEndIds()).hasSize((int) batch.number("payouts"));
            desk.settled(bank);
        }
        payouts.values().forEach(payoutId -> desk.assertStatus(payoutId, "settled"));
        ledger.awaitAll();
        assertThat(sentSince(before))
                .containsExactlyInAnyOrderElementsOf(creators.stream().map(Creator::id).toList());
        ledger.assertMoved(
                before,
                """
                2026-09-09 all of it
                    diamond:redeemed                  -1600.0000 DIAMOND
                    creator:c-8-0:diamond:reserved    200.0000 DIAMOND
                    creator:c-8-1:diamond:reserved    200.0000 DIAMOND
                    creator:c-8-2:diamond:reserved    200.0000 DIAMOND
                    creator:c-8-3:diamond:reserved    200.0000 DIAMOND
                    creator:c-8-4:diamond:reserved    200.0000 DIAMOND
                    creator:c-8-5:diamond:reserved    200.0000 DIAMOND
                    creator:c-8-6:diamond:reserved    200.0000 DIAMOND
                    creator:c-8-7:diamond:reserved    200.0000 DIAMOND
                    2131:payout:approved              12.400000 USD
                    1010:bank                         -12.400000 USD
                """);
    }

    private static Response hold(Creator creator, String what, String token) {
        Response answer =
                stage.http()
                        .post(
                                "/v1/creators/" + creator.id() + "/payouts/" + what,
                                token,
                                null,
                                Map.of("reason", "a look at the account"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer;
    }

    private static Response batch() {
        return stage.http().post("/v1/payout-batches", staff.maker(), stage.next("batch-"), null);
    }

    /** The creators whose payouts were sent, each once, by the accounts of the entries. */
    private static List<String> sentSince(long before) {
        return ledger.since(before).stream()
                .filter(entry -> entry.description().equals("confetti.payout-sent.v1"))
                .flatMap(entry -> entry.postings().stream())
                .map(Amount::account)
                .filter(account -> account.startsWith("creator:"))
                .map(account -> account.split(":", 3)[1])
                .toList();
    }

    /**
     * One key, "k", for everything. What it was used for first counts, once for each caller and
     * operation; other content is refused, whether or not it could be done.
     */
    @Test
    @Order(9)
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

    /** Over all of the above, and across the end of a block of the books' history. */
    @Test
    @Order(10)
    void whatIsAskedAsOfAnyMomentIsTheSumOfAllEntriesUntilThen() throws Exception {
        beginOn("2026-11-01");
        Crowd.fillLog(stage, BLOCK - 70);
        payDebtDayByDay();
        assertThat(ledger.awaitAll()).isGreaterThan(BLOCK);
        EntrySums sums = EntrySums.of(ledger.read("/export?format=csv").body());
        Seeded.run(
                random -> {
                    RandomQuestions questions = new RandomQuestions(ledger, sums, random);
                    for (int i = 0; i < 40; i++) {
                        questions.askForAccounts();
                        questions.askForATrialBalance();
                        questions.askForEntries();
                    }
                });
    }

    /** Eight viewers owe 2,100 coins each, and get 300 a day for a week. */
    private static void payDebtDayByDay() {
        String liveId = new Creator(stage, "c-10").live();
        List<Viewer> debtors =
                IntStream.range(0, 8).mapToObj(i -> new Viewer(stage, "v-10-" + i)).toList();
        for (Viewer debtor : debtors) {
            UUID purchase = debtor.shop().paidByCard(LifeStage.LARGE, 2_000, 0, 88);
            debtor.sent(liveId, 2_100);
            Response refund = staff.refund(staff.maker(), stage.next("owe-"), purchase, "all");
            assertThat(refund.number("coinsOwed")).isEqualTo(2_100);
        }
        for (int day = 2; day <= 8; day++) {
            stage.at("2026-11-0" + day + "T12:00");
            debtors.forEach(each -> staff.grant(each.id(), 300));
        }
        debtors.forEach(each -> each.assertCoins(ledger, 0, 0, 0, 0));
    }

    /**
     * Over all of the above: Stripe pays 0.01 less for one movement than was booked, and 3.00 that
     * nobody knows; a payout is with the bank.
     */
    @Test
    @Order(11)
    void whatProvidersOweAndWhatIsWithTheBankIsWhatTheBooksSay() {
        beginOn("2026-12-01");
        JsonNode owed = reconciliation.owed("stripe").getFirst();
        int oddBefore = reconciliation.odd().size();
        long grossMinor = owed.path("grossMinor").asLong();
        long feeMinor = owed.path("feeMinor").asLong() + 1;
        Response settled =
                stage.http()
                        .call(
                                "POST",
                                "/v1/provider-settlements/stripe",
                                staff.maker(),
                                null,
                                "text/csv",
                                """
                                reference,date,kind,providerReference,currency,gross,fee,net
                                po_11,2026-12-01,%s,%s,USD,%s,%s,%s
                                po_11,2026-12-01,purchase,pi_nobody,USD,3.00,0.00,3.00
                                """
                                        .formatted(
                                                owed.path("kind").asString(),
                                                owed.path("reference").asString(),
                                                decimal(grossMinor),
                                                decimal(feeMinor),
                                                decimal(grossMinor - feeMinor)));
        assertThat(settled.status()).as(settled.toString()).isEqualTo(201);
        reconciliation.assertAsBooked(0);
        assertThat(
                        reconciliation.odd().stream()
                                .limit(reconciliation.odd().size() - oddBefore)
                                .map(each -> each.path("finding").asString()))
                .containsExactlyInAnyOrder("other-fee", "unknown-reference");
        assertThat(reconciliation.owed("stripe"))
                .noneMatch(
                        each ->
                                each.path("kind").equals(owed.path("kind"))
                                        && each.path("reference").equals(owed.path("reference")));

        Creator creator = new Creator(stage, "c-11");
        earn(new Viewer(stage, "v-11"), creator.live(), 400);
        stage.at("2026-12-10T12:00");
        creator.awaitAvailable("200.0000");
        creator.payouts(staff).sent("200");
        reconciliation.assertAsBooked(0);
        // 2.00 less 10% and 0.25.
        assertThat(ledger.balances("1030:payouts-in-transit")).containsEntry("", "-1.550000");
    }

    private static String decimal(long minor) {
        return BigDecimal.valueOf(minor, 2).toPlainString();
    }

    /** What earlier cases earned is released, so that all that follows is of this case. */
    private static void beginOn(String day) {
        stage.at(day + "T12:00");
        ledger.awaitNothingPending();
    }

    /** 1,000 coins by card at 10.00 and 2.00 tax. */
    private static UUID bought(Viewer viewer) {
        return viewer.shop().paidByCard(LifeStage.THOUSAND, PRICE_MINOR, TAX_MINOR, FEE_MINOR);
    }

    /** A gift of coins that nobody paid for. */
    private static void earn(Viewer viewer, String liveId, int coins) {
        staff.grant(viewer.id(), coins);
        viewer.sent(liveId, coins);
    }

    private static void assertRefused(Response answer, int status, String problem) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
    }

    private static void assertLine(Response told, String state) {
        assertThat(told.json().path("lines").size()).as(told.toString()).isEqualTo(1);
        assertThat(told.json().at("/lines/0/state").asString())
                .as(told.toString())
                .isEqualTo(state);
    }

    private static void assertPurchase(Viewer viewer, UUID purchase, String status) {
        assertThat(
                        stage.http()
                                .get("/v1/coin-purchases/" + purchase, viewer.token())
                                .text("status"))
                .isEqualTo(status);
    }
}
