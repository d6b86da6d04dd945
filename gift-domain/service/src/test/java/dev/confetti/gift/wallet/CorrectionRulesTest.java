package dev.confetti.gift.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.CoinEvent.ChargebackLost;
import dev.confetti.events.CoinEvent.ChargebackOpened;
import dev.confetti.events.CoinEvent.ChargebackWon;
import dev.confetti.events.CoinEvent.CoinDebtRecovered;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.CoinEvent.PurchaseRefunded;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.EventIds;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LotShare;
import dev.confetti.gift.wallet.WalletCommand.AddPurchase;
import dev.confetti.gift.wallet.WalletCommand.CloseChargeback;
import dev.confetti.gift.wallet.WalletCommand.GrantCoins;
import dev.confetti.gift.wallet.WalletCommand.OpenChargeback;
import dev.confetti.gift.wallet.WalletCommand.RefundPurchase;
import dev.confetti.gift.wallet.WalletCommand.ReverseGift;
import dev.confetti.gift.wallet.WalletCommand.SendGift;
import dev.confetti.gift.wallet.WalletDecision.Accepted;
import dev.confetti.gift.wallet.WalletDecision.CorrectedMeanwhile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Refunds, chargebacks and the debt that they leave; numbers worked by hand. */
class CorrectionRulesTest {
    private static final Instant T = Instant.parse("2026-01-04T12:00:00Z");
    private static final SpendingRules RULES =
            new SpendingRules(
                    5_000, 1, "USD", Duration.ofSeconds(10), 1_000, 0, Duration.ofHours(24));

    private WalletState wallet = WalletState.EMPTY;
    private long ids;

    private UUID id() {
        return new UUID(7, ++ids);
    }

    private WalletDecision decide(WalletCommand command) {
        WalletDecision decision = WalletRules.decide(wallet, command, RULES);
        if (decision instanceof Accepted(ConfettiEvent event, Optional<CoinDebtRecovered> paid)) {
            wallet = wallet.evolve(event, command.at());
            paid.ifPresent(recovered -> wallet = wallet.evolve(recovered, command.at()));
        }
        return decision;
    }

    private Accepted accept(WalletCommand command) {
        return (Accepted) decide(command);
    }

    /** At 0.01 a coin and 20% tax. */
    private AddPurchase purchase(long coins) {
        return new AddPurchase(
                id(), T, "v", coins, 0, coins, coins / 5, 3, "USD", "sandbox", "r", null);
    }

    private CoinsPurchased buy(long coins) {
        return (CoinsPurchased) accept(purchase(coins)).event();
    }

    private GiftSent send(long coins) {
        return (GiftSent)
                accept(new SendGift(id(), T, "v", "live", "c", "rose", "Rose", 1, 1, coins, 1))
                        .event();
    }

    private RefundPurchase refund(CoinsPurchased purchase, long frozenCoins) {
        return new RefundPurchase(
                id(),
                T,
                purchase,
                frozenCoins,
                purchase.priceMinor() + purchase.taxMinor(),
                3,
                "re",
                wallet.corrections());
    }

    private ChargebackOpened open(CoinsPurchased purchase) {
        return (ChargebackOpened)
                accept(
                                new OpenChargeback(
                                        id(),
                                        T,
                                        purchase,
                                        purchase.priceMinor() + purchase.taxMinor(),
                                        1_500,
                                        "dp",
                                        wallet.corrections()))
                        .event();
    }

    private Accepted close(
            CoinsPurchased purchase,
            ChargebackOpened opened,
            boolean won,
            long frozenCoins,
            boolean refunded) {
        return accept(
                new CloseChargeback(
                        id(),
                        T,
                        purchase,
                        opened,
                        won,
                        frozenCoins,
                        refunded,
                        wallet.corrections()));
    }

    @Test
    void anUnspentPurchaseIsTakenWhole() {
        CoinsPurchased bought = buy(100);
        PurchaseRefunded refunded = (PurchaseRefunded) accept(refund(bought, 0)).event();
        assertThat(refunded.coinsTaken()).isEqualTo(100);
        assertThat(refunded.coinsOwed()).isZero();
        assertThat(refunded.amountMinor()).isEqualTo(120);
        assertThat(wallet.spendable()).isZero();
        assertThat(wallet.debtCoins()).isZero();
    }

    @Test
    void aSpentPurchaseIsOwedAndPaidAtOnceByTheOldestOtherLots() {
        CoinsPurchased first = buy(100);
        CoinsPurchased second = buy(60);
        CoinsPurchased third = buy(60);
        send(100);
        Accepted accepted = accept(refund(first, 0));
        assertThat(((PurchaseRefunded) accepted.event()).coinsOwed()).isEqualTo(100);
        assertThat(accepted.recovered())
                .contains(
                        new CoinDebtRecovered(
                                EventIds.following(
                                        ((PurchaseRefunded) accepted.event()).refundId(), 1),
                                "v",
                                100,
                                List.of(
                                        new LotShare(second.lotId(), 60),
                                        new LotShare(third.lotId(), 40)),
                                0));
        assertThat(wallet.debtCoins()).isZero();
        assertThat(wallet.lots()).containsExactly(new Lot(third.lotId(), 20));
    }

    @Test
    void debtHoldsBackPromoCoinsAndIsPaidByWhatComesNext() {
        CoinsPurchased bought = buy(100);
        send(100);
        accept(new GrantCoins(id(), T, "v", 30));
        assertThat(accept(refund(bought, 0)).recovered()).isEmpty();
        assertThat(wallet.debtCoins()).isEqualTo(100);
        assertThat(wallet.promoCoins()).isEqualTo(30);
        assertThat(wallet.spendable()).isZero();

        Accepted granted = accept(new GrantCoins(id(), T, "v", 40));
        assertThat(granted.recovered().orElseThrow().promoCoins()).isEqualTo(40);
        assertThat(wallet.promoCoins()).isEqualTo(30);
        assertThat(wallet.debtCoins()).isEqualTo(60);
        assertThat(wallet.spendable()).isZero();

        Accepted again = accept(purchase(50));
        assertThat(again.recovered().orElseThrow().coins()).isEqualTo(50);
        assertThat(wallet.debtCoins()).isEqualTo(10);
        assertThat(wallet.spendable()).isEqualTo(20);
        assertThat(decide(new SendGift(id(), T, "v", "l", "c", "g", "G", 1, 1, 21, 1)))
                .isEqualTo(new WalletRefusal.InsufficientCoins(20, 21));
        assertThat(send(20).promoCoins()).isEqualTo(20);
        assertThat(wallet.spendable()).isZero();
    }

    @Test
    void aReversedGiftOfARefundedPurchaseLowersDebtAndTheRestIsGone() {
        CoinsPurchased first = buy(100);
        CoinsPurchased second = buy(50);
        GiftSent gift = send(130);
        assertThat(gift.lots())
                .containsExactly(
                        new LotShare(first.lotId(), 100), new LotShare(second.lotId(), 30));
        // 100 owed, of which the second lot pays its last 20 at once.
        accept(refund(first, 0));
        assertThat(wallet.debtCoins()).isEqualTo(80);

        Accepted accepted =
                accept(
                        new ReverseGift(
                                id(),
                                T,
                                gift,
                                T,
                                1,
                                Set.of(first.lotId()),
                                false,
                                wallet.corrections()));

        GiftReversed reversed = (GiftReversed) accepted.event();
        assertThat(reversed.coins()).isEqualTo(130);
        assertThat(reversed.closedLots()).containsExactly(new LotShare(first.lotId(), 100));
        assertThat(reversed.debtLowered()).isEqualTo(80);
        assertThat(accepted.recovered()).isEmpty();
        assertThat(wallet.debtCoins()).isZero();
        assertThat(wallet.lots()).containsExactly(new Lot(second.lotId(), 30));
    }

    @Test
    void coinsThatAReversalBringsBackPayDebtToo() {
        CoinsPurchased first = buy(100);
        CoinsPurchased second = buy(50);
        send(100);
        GiftSent gift = send(50);
        accept(refund(first, 0));
        Accepted accepted =
                accept(
                        new ReverseGift(
                                id(),
                                T,
                                gift,
                                T,
                                1,
                                Set.of(first.lotId()),
                                false,
                                wallet.corrections()));
        assertThat(((GiftReversed) accepted.event()).closedLots()).isEmpty();
        assertThat(accepted.recovered().orElseThrow().lots())
                .containsExactly(new LotShare(second.lotId(), 50));
        assertThat(wallet.debtCoins()).isEqualTo(50);
        assertThat(wallet.paidCoins()).isZero();
    }

    @Test
    void aWonChargebackPutsTheCoinsBackInTheirPlace() {
        CoinsPurchased first = buy(100);
        CoinsPurchased second = buy(50);
        send(30);
        ChargebackOpened opened = open(first);
        assertThat(opened.frozenCoins()).isEqualTo(70);
        assertThat(wallet.frozenCoins()).isEqualTo(70);
        assertThat(wallet.spendable()).isEqualTo(50);
        ChargebackWon won = (ChargebackWon) close(first, opened, true, 70, false).event();
        assertThat(won.coins()).isEqualTo(70);
        assertThat(wallet.frozenCoins()).isZero();
        assertThat(wallet.lots())
                .containsExactly(new Lot(first.lotId(), 70), new Lot(second.lotId(), 50));
    }

    @Test
    void aLostChargebackTakesWhatIsFrozenAndWhatCameBackMeanwhile() {
        CoinsPurchased bought = buy(100);
        GiftSent kept = send(10);
        GiftSent back = send(20);
        ChargebackOpened opened = open(bought);
        accept(new ReverseGift(id(), T, back, T, 1, Set.of(), false, wallet.corrections()));
        assertThat(wallet.paidCoins()).isEqualTo(20);
        ChargebackLost lost = (ChargebackLost) close(bought, opened, false, 70, false).event();
        assertThat(lost.frozenCoins()).isEqualTo(70);
        assertThat(lost.coinsTaken()).isEqualTo(20);
        assertThat(lost.coinsOwed()).isEqualTo(kept.coins());
        assertThat(lost.amountMinor()).isEqualTo(120);
        assertThat(lost.taxMinor()).isEqualTo(20);
        assertThat(wallet.debtCoins()).isEqualTo(10);
        assertThat(wallet.paidCoins() + wallet.frozenCoins()).isZero();
    }

    @Test
    void aRefundDuringADisputeTakesTheFrozenCoinsAndTheEndTakesNothing() {
        CoinsPurchased bought = buy(100);
        send(40);
        ChargebackOpened opened = open(bought);
        PurchaseRefunded refunded = (PurchaseRefunded) accept(refund(bought, 60)).event();
        assertThat(refunded.coinsTaken()).isEqualTo(60);
        assertThat(refunded.frozenCoins()).isEqualTo(60);
        assertThat(refunded.coinsOwed()).isEqualTo(40);
        ChargebackLost lost = (ChargebackLost) close(bought, opened, false, 0, true).event();
        assertThat(lost.coinsOwed() + lost.coinsTaken() + lost.frozenCoins()).isZero();
        assertThat(wallet.debtCoins()).isEqualTo(40);
    }

    @Test
    void aPartlyDisputedTaxIsPartOfTheTax() {
        CoinsPurchased bought = buy(100);
        ChargebackOpened opened =
                (ChargebackOpened)
                        accept(
                                        new OpenChargeback(
                                                id(),
                                                T,
                                                bought,
                                                115,
                                                0,
                                                "dp",
                                                wallet.corrections()))
                                .event();
        assertThat(((ChargebackLost) close(bought, opened, false, 100, false).event()).taxMinor())
                .isEqualTo(15);
    }

    @Test
    void aCorrectionCountsOnlyWhileNoOtherCameInBetween() {
        CoinsPurchased first = buy(10);
        CoinsPurchased second = buy(10);
        RefundPurchase early = refund(second, 0);
        accept(refund(first, 0));
        assertThat(decide(early)).isEqualTo(new CorrectedMeanwhile(1));
        assertThat(wallet.paidCoins()).isEqualTo(10);
        open(second);
        assertThat(wallet.corrections()).isEqualTo(2);
    }
}
