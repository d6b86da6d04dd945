package dev.confetti.gift.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.CoinEvent.CoinsGranted;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.EventCodec;
import dev.confetti.events.EventIds;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LotIds;
import dev.confetti.events.LotShare;
import dev.confetti.gift.wallet.WalletCommand.AddPurchase;
import dev.confetti.gift.wallet.WalletCommand.BlockWallet;
import dev.confetti.gift.wallet.WalletCommand.GrantCoins;
import dev.confetti.gift.wallet.WalletCommand.ReverseGift;
import dev.confetti.gift.wallet.WalletCommand.SendGift;
import dev.confetti.gift.wallet.WalletCommand.SetSpendingLimit;
import dev.confetti.gift.wallet.WalletCommand.UnblockWallet;
import dev.confetti.gift.wallet.WalletDecision.Accepted;
import dev.confetti.gift.wallet.WalletDecision.CorrectedMeanwhile;
import dev.confetti.gift.wallet.WalletDecision.Unchanged;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WalletRulesTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final SpendingRules RULES = rules(Duration.ofSeconds(10));

    private static SpendingRules rules(Duration comboWindow) {
        return new SpendingRules(5_000, 1, "USD", comboWindow, 3, 0, Duration.ofHours(24));
    }

    private WalletState wallet = WalletState.EMPTY;
    private int ids;

    private UUID id() {
        return new UUID(7, ++ids);
    }

    private WalletDecision decide(WalletCommand command) {
        WalletDecision decision = WalletRules.decide(wallet, command, RULES);
        if (decision instanceof Accepted(ConfettiEvent event, _)) {
            wallet = wallet.evolve(event, command.at());
        }
        return decision;
    }

    private UUID buy(long coins, long bonusCoins) {
        Accepted accepted = (Accepted) decide(purchase(coins, bonusCoins));
        return ((CoinsPurchased) accepted.event()).lotId();
    }

    private AddPurchase purchase(long coins, long bonusCoins) {
        return new AddPurchase(
                id(), T, "v", coins, bonusCoins, 99, 0, 33, "USD", "sandbox", "r", "DE");
    }

    private void reverse(Instant at, GiftSent gift) {
        assertThat(
                        decide(
                                new ReverseGift(
                                        id(),
                                        at,
                                        gift,
                                        T,
                                        1,
                                        Set.of(),
                                        false,
                                        wallet.corrections())))
                .isInstanceOf(Accepted.class);
    }

    private SendGift gift(Instant at, String liveId, String giftId, int quantity, long unitCoins) {
        return new SendGift(id(), at, "v", liveId, "c", giftId, "Gift", 1, quantity, unitCoins, 1);
    }

    private GiftSent send(Instant at, String giftId, int quantity, long unitCoins) {
        return (GiftSent)
                ((Accepted) decide(gift(at, "live", giftId, quantity, unitCoins))).event();
    }

    private static Instant seconds(long seconds) {
        return T.plusSeconds(seconds);
    }

    @Test
    void promoCoinsGoFirstThenTheOldestLots() {
        UUID first = buy(65, 0);
        UUID second = buy(100, 10);
        decide(new GrantCoins(id(), T, "v", 30));
        assertThat(wallet.spendable()).isEqualTo(205);

        GiftSent sent = send(T, "rose", 2, 60);

        assertThat(sent.coins()).isEqualTo(120);
        assertThat(sent.promoCoins()).isEqualTo(30);
        assertThat(sent.lots()).containsExactly(new LotShare(first, 65), new LotShare(second, 25));
        assertThat(sent.diamonds()).hasToString("60.0000");
        assertThat(sent.shareBps()).isEqualTo(5_000);
        assertThat(sent.rateMicros()).isEqualTo(1);
        assertThat(wallet.lots()).containsExactly(new Lot(second, 85));
        assertThat(wallet.promoCoins()).isZero();
        assertThat(wallet.spendable()).isEqualTo(85);
    }

    @Test
    void aGiftMayCostExactlyWhatIsThereAndNotOneCoinMore() {
        buy(65, 0);
        assertThat(decide(gift(T, "live", "rose", 66, 1)))
                .isEqualTo(new WalletRefusal.InsufficientCoins(65, 66));
        send(T, "rose", 65, 1);
        assertThat(wallet.lots()).isEmpty();
        assertThat(decide(gift(T, "live", "rose", 1, 1)))
                .isEqualTo(new WalletRefusal.InsufficientCoins(0, 1));
    }

    @Test
    void aReversalRefillsLotsAndRevivesEmptiedOnesInFront() {
        UUID first = buy(10, 0);
        UUID second = buy(20, 0);
        decide(new GrantCoins(id(), T, "v", 5));
        GiftSent sent = send(T, "rose", 1, 22);
        UUID third = buy(7, 0);

        GiftReversed reversed =
                (GiftReversed)
                        ((Accepted)
                                        decide(
                                                new ReverseGift(
                                                        id(),
                                                        seconds(60),
                                                        sent,
                                                        T,
                                                        1,
                                                        Set.of(),
                                                        false,
                                                        0)))
                                .event();

        assertThat(reversed.coins()).isEqualTo(22);
        assertThat(reversed.promoCoins()).isEqualTo(5);
        assertThat(reversed.lots())
                .containsExactly(new LotShare(first, 10), new LotShare(second, 7));
        assertThat(reversed.sentAt()).isEqualTo(T);
        assertThat(reversed.diamonds()).hasToString("11.0000");
        assertThat(wallet.lots())
                .containsExactly(new Lot(first, 10), new Lot(second, 20), new Lot(third, 7));
        assertThat(wallet.promoCoins()).isEqualTo(5);
    }

    @Test
    void aReversalCountsOnlyWhileNoOtherCameInBetween() {
        buy(10, 0);
        GiftSent one = send(T, "rose", 1, 4);
        GiftSent two = send(T, "rose", 1, 3);
        assertThat(decide(new ReverseGift(id(), seconds(60), one, T, 1, Set.of(), false, 0)))
                .isInstanceOf(Accepted.class);

        // Also the same one again: who looks now finds it among the reversed.
        assertThat(decide(new ReverseGift(id(), seconds(61), one, T, 1, Set.of(), false, 0)))
                .isEqualTo(new CorrectedMeanwhile(1));
        assertThat(decide(new ReverseGift(id(), seconds(61), two, T, 1, Set.of(), false, 0)))
                .isEqualTo(new CorrectedMeanwhile(1));
        assertThat(wallet.paidCoins()).isEqualTo(7);

        assertThat(decide(new ReverseGift(id(), seconds(62), two, T, 1, Set.of(), false, 1)))
                .isInstanceOf(Accepted.class);
        assertThat(wallet.corrections()).isEqualTo(2);
        assertThat(wallet.paidCoins()).isEqualTo(10);
    }

    @Test
    void aThousandLotsAreEnoughUntilSomeAreSpent() {
        for (int i = 0; i < 1_000; i++) {
            buy(1, 0);
        }
        assertThat(decide(purchase(1, 0))).isEqualTo(new WalletRefusal.TooManyLots(1_000, 1_000));
        assertThat(decide(new GrantCoins(id(), T, "v", 1))).isInstanceOf(Accepted.class);
        GiftSent all = send(T, "rose", 1, 1_001);
        assertThat(all.lots()).hasSize(1_000);
        assertThat(EventCodec.encode(all).length).isLessThan(100_000);
        buy(1, 0);
    }

    @Test
    void emptiedLotsComeBackInTheOrderOfTheirPurchaseHoweverTheyAreReversed() {
        UUID first = buy(10, 0);
        UUID second = buy(20, 0);
        UUID third = buy(30, 0);
        GiftSent ofFirst = send(T, "rose", 1, 10);
        GiftSent ofSecond = send(T, "rose", 1, 20);
        GiftSent ofThird = send(T, "rose", 1, 30);
        UUID fourth = buy(40, 0);

        reverse(seconds(60), ofFirst);
        reverse(seconds(61), ofThird);
        reverse(seconds(62), ofSecond);

        assertThat(wallet.lots())
                .containsExactly(
                        new Lot(first, 10),
                        new Lot(second, 20),
                        new Lot(third, 30),
                        new Lot(fourth, 40));
    }

    @Test
    void aLotsNameBeginsWithItsNumberInTheWallet() {
        assertThat(buy(10, 0)).asString().startsWith("00000000-0001-8");
        send(T, "rose", 1, 10);
        assertThat(buy(10, 0)).asString().startsWith("00000000-0002-8");
    }

    @Test
    void lotsOfEarlierBuildsAreOlderThanAllNumberedOnes() {
        UUID old = UUID.fromString("0192f3a4-0000-5000-8000-000000000002");
        UUID older = UUID.fromString("f192f3a4-0000-5000-8000-000000000001");
        wallet = wallet.evolve(purchased(older, 5), T).evolve(purchased(old, 6), T);
        UUID numbered = buy(7, 0);
        assertThat(LotIds.number(numbered)).isEqualTo(3);
        GiftSent all = send(T, "rose", 1, 18);
        UUID last = buy(8, 0);

        reverse(seconds(60), all);

        assertThat(wallet.lots())
                .containsExactly(
                        new Lot(older, 5), new Lot(old, 6), new Lot(numbered, 7), new Lot(last, 8));
    }

    private static CoinsPurchased purchased(UUID lotId, long coins) {
        return new CoinsPurchased(
                new UUID(9, coins), lotId, "v", coins, 0, 99, 0, 33, "USD", "sandbox", "r", "DE");
    }

    @Test
    void sendsWithinTheWindowAreOneComboOfTheirQuantities() {
        buy(1_000, 0);
        GiftSent first = send(T, "rose", 2, 1);
        GiftSent other = send(seconds(1), "tulip", 5, 1);
        GiftSent second = send(seconds(9), "rose", 3, 1);
        GiftSent third = send(seconds(18), "rose", 1, 1);
        GiftSent late = send(seconds(28), "rose", 1, 1);

        assertThat(first.comboId()).isEqualTo(EventIds.derived(first.giftSendId(), "combo"));
        assertThat(first.comboCount()).isEqualTo(2);
        assertThat(other.comboId()).isNotEqualTo(first.comboId());
        assertThat(other.comboCount()).isEqualTo(5);
        assertThat(second.comboId()).isEqualTo(first.comboId());
        assertThat(second.comboCount()).isEqualTo(5);
        assertThat(third.comboId()).isEqualTo(first.comboId());
        assertThat(third.comboCount()).isEqualTo(6);
        assertThat(late.comboId()).isNotEqualTo(first.comboId());
        assertThat(late.comboCount()).isEqualTo(1);
    }

    @Test
    void aSendSaysHowLongItsComboStaysOpen() {
        buy(10, 0);
        GiftSent sent = send(T, "rose", 1, 1);
        assertThat(sent.comboWindowMs()).isEqualTo(10_000);
        assertThat(wallet.combos().getFirst().endsAt()).isEqualTo(seconds(10));
    }

    @Test
    void aComboEndsWhenItsLastSendSaidAlsoIfThePolicyChangedMeanwhile() {
        buy(10, 0);
        GiftSent first = send(T, "rose", 1, 1);
        SendGift joins = gift(seconds(9), "live", "rose", 1, 1);
        SendGift late = gift(seconds(10), "live", "rose", 1, 1);
        for (Duration window : new Duration[] {Duration.ZERO, Duration.ofMinutes(1)}) {
            SpendingRules changed = rules(window);
            GiftSent joined =
                    (GiftSent) ((Accepted) WalletRules.decide(wallet, joins, changed)).event();
            assertThat(joined.comboId()).isEqualTo(first.comboId());
            assertThat(joined.comboWindowMs()).isEqualTo(window.toMillis());
            GiftSent alone =
                    (GiftSent) ((Accepted) WalletRules.decide(wallet, late, changed)).event();
            assertThat(alone.comboId()).isNotEqualTo(first.comboId());
        }
    }

    @Test
    void anotherLiveIsAnotherCombo() {
        buy(10, 0);
        GiftSent here = send(T, "rose", 1, 1);
        GiftSent there = (GiftSent) ((Accepted) decide(gift(T, "elsewhere", "rose", 1, 1))).event();
        assertThat(there.comboId()).isNotEqualTo(here.comboId());
    }

    @Test
    void atMostThreeSendsInAnySecond() {
        buy(100, 0);
        send(T, "rose", 1, 1);
        send(T.plusMillis(400), "rose", 1, 1);
        send(T.plusMillis(900), "rose", 1, 1);
        assertThat(decide(gift(T.plusMillis(950), "live", "rose", 1, 1)))
                .isEqualTo(new WalletRefusal.SendingTooFast(3, Duration.ofMillis(50)));
        send(T.plusMillis(1_000), "rose", 1, 1);
        assertThat(decide(gift(T.plusMillis(1_399), "live", "rose", 1, 1)))
                .isEqualTo(new WalletRefusal.SendingTooFast(3, Duration.ofMillis(1)));
        send(T.plusMillis(1_400), "rose", 1, 1);
    }

    @Test
    void aClockSetBackDoesNotLockTheWallet() {
        buy(100, 0);
        send(T, "rose", 1, 1);
        send(T, "rose", 1, 1);
        send(T, "rose", 1, 1);
        assertThat(send(T.minusSeconds(3_600), "rose", 1, 1).comboCount()).isEqualTo(4);
        assertThat(wallet.recentSends()).containsExactly(T.minusSeconds(3_600));
    }

    @Test
    void aBlockedWalletSendsNothingButTakesCoins() {
        buy(10, 0);
        decide(new BlockWallet(id(), T, "v"));
        assertThat(decide(new BlockWallet(id(), T, "v"))).isEqualTo(new Unchanged());
        assertThat(decide(gift(T, "live", "rose", 1, 1))).isEqualTo(new WalletRefusal.Blocked("v"));
        assertThat(decide(new GrantCoins(id(), T, "v", 1))).isInstanceOf(Accepted.class);
        decide(new UnblockWallet(id(), T, "v"));
        assertThat(decide(new UnblockWallet(id(), T, "v"))).isEqualTo(new Unchanged());
        assertThat(send(T, "rose", 1, 11).coins()).isEqualTo(11);
    }

    @Test
    void aWalletHasItsLimit() {
        decide(new GrantCoins(id(), T, "v", 99_999_999_999_999L));
        assertThat(decide(new GrantCoins(id(), T, "v", 2)))
                .isEqualTo(new WalletRefusal.WalletFull(2, 100_000_000_000_000L));
        CoinsGranted last =
                (CoinsGranted) ((Accepted) decide(new GrantCoins(id(), T, "v", 1))).event();
        assertThat(last.coins()).isEqualTo(1);
    }

    @Test
    void theStateOfALongLifeIsSmall() {
        UUID last = null;
        for (int i = 0; i < 2_000; i++) {
            last = buy(3, 0);
            send(seconds(i), "gift-" + (i % 500), 1, 3);
        }
        assertThat(last).isNotNull();
        assertThat(wallet.lots()).isEmpty();
        // Those of the last ten seconds.
        assertThat(wallet.combos()).hasSize(10);
        assertThat(wallet.recentSends()).hasSize(1);
    }

    @Test
    void ofManyOpenCombosTheLatestAreRemembered() {
        SpendingRules longWindow = rules(SpendingRules.LONGEST_COMBO_WINDOW);
        buy(100, 0);
        for (int i = 0; i < 100; i++) {
            SendGift send = gift(seconds(i), "live", "gift-" + i, 1, 1);
            Accepted sent = (Accepted) WalletRules.decide(wallet, send, longWindow);
            wallet = wallet.evolve(sent.event(), send.at());
        }
        assertThat(wallet.combos()).hasSize(64);
        assertThat(wallet.combos().getFirst().giftId()).isEqualTo("gift-99");
        assertThat(wallet.combos().getLast().giftId()).isEqualTo("gift-36");
    }

    @Test
    void aStateComesBackFromItsSnapshot() {
        buy(10, 0);
        decide(new GrantCoins(id(), T, "v", 5));
        send(T, "rose", 1, 7);
        decide(new SetSpendingLimit(id(), T, "v", 500L));
        decide(new SetSpendingLimit(id(), T, "v", null));
        assertThat(WalletSnapshots.decode(WalletSnapshots.encode("v", 4, wallet))).hasValue(wallet);
    }

    @Test
    void anEventThatCannotFollowIsAnError() {
        UUID lot = buy(10, 0);
        GiftSent sent = send(T, "rose", 1, 10);
        assertThatThrownBy(() -> wallet.evolve(sent, T))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(lot.toString())
                .hasMessageContaining("no such lot");
    }
}
