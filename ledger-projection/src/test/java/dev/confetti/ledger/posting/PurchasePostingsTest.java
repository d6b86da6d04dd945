package dev.confetti.ledger.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.CoinEvent.ChargebackOpened;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.CoinEvent.PurchaseRefunded;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.ledger.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Refunds, debts and chargebacks; numbers worked by hand. */
class PurchasePostingsTest {
    private final TestBooks books = new TestBooks();

    /** 400 coins at 4.00 and 20% tax, a commission of 0.40: 0.01 and 0.001 a coin. */
    private final CoinsPurchased bought = Samples.purchase(1, "v", 400, 0, 400, 80, 40, "stripe");

    @Test
    void aPartSpentPurchaseIsSplitByUsedAndUnused() {
        books.book(bought);
        books.book(Samples.gift(2, "v", "c", List.of(Samples.share(1, 100)), 0));
        assertThat(books.book(Samples.refund(3, bought, 300, 0)))
                .containsExactlyInAnyOrder(
                        "D viewer:v:coin:paid 300",
                        "D viewer:v:coin:debt 100",
                        "C coin:refunded 400",
                        "D 2010:contract-liability 3.000000",
                        "D 4090:refunds-contra-revenue 1.000000",
                        "D 2210:vat-payable 0.800000",
                        "C 1020:receivable:psp 4.400000",
                        "C 1060:deferred-commission 0.300000",
                        "C 5020:channel-commission 0.100000");
        assertThat(books.lot(1).used()).isEqualTo(400);
        assertThat(books.lot(1).recognised()).isEqualTo(books.lot(1).price());
        assertThat(books.lot(1).commissionRecognised()).isEqualTo(books.lot(1).commission());
    }

    @Test
    void aCommissionThatTheChannelKeepsBecomesCost() {
        books.book(bought);
        books.book(Samples.gift(2, "v", "c", List.of(Samples.share(1, 100)), 0));
        PurchaseRefunded r = Samples.refund(3, bought, 300, 0);
        assertThat(
                        books.book(
                                new PurchaseRefunded(
                                        r.refundId(),
                                        r.purchaseId(),
                                        r.lotId(),
                                        r.viewerId(),
                                        r.coinsTaken(),
                                        0,
                                        r.coinsOwed(),
                                        r.amountMinor(),
                                        0,
                                        "USD",
                                        "stripe",
                                        "re_1",
                                        null)))
                .contains(
                        "C 1020:receivable:psp 4.800000",
                        "C 1060:deferred-commission 0.300000",
                        "D 5020:channel-commission 0.300000");
    }

    @Test
    void debtPaidWithPromoCoinsIsAMatterOfCoinsOnly() {
        books.book(Samples.grant(1, "v", 10));
        assertThat(books.book(Samples.recovery(2, "v", List.of(), 7)))
                .containsExactlyInAnyOrder("D viewer:v:coin:promo 7", "C viewer:v:coin:debt 7");
    }

    @Test
    void aGiftOfARefundedLotThatIsReversedLowersDebtAndTheRestIsGone() {
        books.book(bought);
        GiftSent gift = Samples.gift(2, "v", "c", List.of(Samples.share(1, 100)), 0);
        books.willAskFor(gift.giftSendId());
        books.book(gift);
        books.book(Samples.refund(3, bought, 300, 0));
        assertThat(books.book(Samples.reversal(gift, gift.lots(), 60)))
                .containsExactlyInAnyOrder(
                        "D coin:consumed:paid 100",
                        "C viewer:v:coin:paid 100",
                        "D viewer:v:coin:paid 100",
                        "C viewer:v:coin:debt 60",
                        "C coin:refunded 40",
                        "D creator:c:diamond:pending 50.0000",
                        "C diamond:issued 50.0000",
                        "D 4010:gift-revenue 1.000000",
                        "C 2010:contract-liability 1.000000",
                        "D 2010:contract-liability 1.000000",
                        "C 4090:refunds-contra-revenue 1.000000",
                        "D 1060:deferred-commission 0.100000",
                        "C 5020:channel-commission 0.100000",
                        "D 5020:channel-commission 0.100000",
                        "C 1060:deferred-commission 0.100000",
                        "D 2110:creator-payable:pending 0.500000",
                        "C 5010:creator-share 0.500000");
        assertThat(books.lot(1).used()).isEqualTo(400);
    }

    @Test
    void aWonChargebackGivesCoinsAndMoneyBackButNotTheFee() {
        books.book(bought);
        ChargebackOpened opened = Samples.chargeback(2, bought, 400);
        books.book(opened);
        assertThat(books.book(Samples.won(opened, 400)))
                .containsExactlyInAnyOrder(
                        "D viewer:v:coin:frozen 400",
                        "C viewer:v:coin:paid 400",
                        "D 1020:receivable:psp 4.800000",
                        "C 1040:disputes-receivable 4.800000");
        assertThat(books.lot(1).used()).isZero();
    }

    @Test
    void aLostChargebackOnAPartSpentPurchaseTakesTheRestAndTheSpentCoinsAreOwed() {
        books.book(bought);
        books.book(Samples.gift(2, "v", "c", List.of(Samples.share(1, 100)), 0));
        ChargebackOpened opened = Samples.chargeback(3, bought, 300);
        assertThat(books.book(opened))
                .containsExactlyInAnyOrder(
                        "D viewer:v:coin:paid 300",
                        "C viewer:v:coin:frozen 300",
                        "D 1040:disputes-receivable 4.800000",
                        "D 5030:chargeback-cost 15.000000",
                        "C 1020:receivable:psp 19.800000");
        assertThat(books.book(Samples.lost(opened, 300, 0, 100, 80)))
                .containsExactlyInAnyOrder(
                        "D viewer:v:coin:frozen 300",
                        "D viewer:v:coin:debt 100",
                        "C coin:refunded 400",
                        "D 2010:contract-liability 3.000000",
                        "D 4090:refunds-contra-revenue 1.000000",
                        "D 2210:vat-payable 0.800000",
                        "C 1040:disputes-receivable 4.800000",
                        "D 5030:chargeback-cost 0.300000",
                        "C 1060:deferred-commission 0.300000");
    }

    @Test
    void aChargebackLostAfterTheRefundCostsTheMoneyASecondTime() {
        books.book(bought);
        books.book(Samples.refund(2, bought, 400, 0));
        ChargebackOpened opened = Samples.chargeback(3, bought, 0);
        books.book(opened);
        assertThat(books.book(Samples.lost(opened, 0, 0, 0, 80)))
                .containsExactlyInAnyOrder(
                        "D 5030:chargeback-cost 4.800000", "C 1040:disputes-receivable 4.800000");
    }

    @Test
    void aRefundDuringADisputeTakesTheFrozenCoins() {
        books.book(bought);
        books.book(Samples.chargeback(2, bought, 400));
        assertThat(books.book(Samples.refund(3, bought, 400, 400)))
                .contains("D viewer:v:coin:frozen 400", "C coin:refunded 400")
                .doesNotContain("D viewer:v:coin:paid 400");
    }

    @Test
    void whatABankTookBesidesTheSaleIsInSuspense() {
        books.book(bought);
        ChargebackOpened less =
                new ChargebackOpened(
                        Samples.id(2),
                        bought.purchaseId(),
                        bought.lotId(),
                        "v",
                        400,
                        450,
                        0,
                        "USD",
                        "stripe",
                        "dp");
        books.book(less);
        // 4.50 of 4.80: the price and 0.50 of 0.80 tax.
        assertThat(books.book(Samples.lost(less, 400, 0, 0, 50)))
                .contains("D 2210:vat-payable 0.500000", "C 1040:disputes-receivable 4.500000")
                .noneMatch(line -> line.contains("suspense"));
        CoinsPurchased other = Samples.purchase(5, "v", 10, 0, 100, 0, 0, "stripe");
        books.book(other);
        ChargebackOpened more =
                new ChargebackOpened(
                        Samples.id(6),
                        other.purchaseId(),
                        other.lotId(),
                        "v",
                        10,
                        130,
                        0,
                        "USD",
                        "stripe",
                        "dp2");
        books.book(more);
        assertThat(books.book(Samples.lost(more, 10, 0, 0, 0)))
                .contains("D 2300:suspense 0.300000", "C 1040:disputes-receivable 1.300000");
    }

    @Test
    void contradictionsAreRefused() {
        books.book(bought);
        books.book(Samples.gift(2, "v", "c", List.of(Samples.share(1, 100)), 0));
        refused(Samples.refund(3, bought, 400, 0), "the unspent coins of the lot taken");
        refused(Samples.refund(3, bought, 300, 301), "the unspent coins of the lot taken");
        refused(Samples.chargeback(3, bought, 301), "unspent coins");
        refused(Samples.recovery(3, "w", List.of(Samples.share(1, 5)), 0), "viewer's own");
        refused(Samples.recovery(3, "v", List.of(Samples.share(1, 301)), 0), "1 to 300");
        CoinsPurchased unknown = Samples.purchase(9, "v", 1, 0, 1, 0, 0, "stripe");
        refused(Samples.refund(3, unknown, 1, 0), "found null");
        refused(
                Samples.lost(Samples.chargeback(3, bought, 300), 300, 1, 100, 80),
                "the unspent coins of the lot taken");
        books.book(Samples.refund(4, bought, 300, 0));
        refused(Samples.refund(5, bought, 0, 1), "the unspent coins of the lot taken");
    }

    private void refused(ConfettiEvent event, String expected) {
        assertThatThrownBy(() -> books.book(event))
                .isInstanceOf(UnpostableEventException.class)
                .hasMessageContaining(expected);
    }
}
