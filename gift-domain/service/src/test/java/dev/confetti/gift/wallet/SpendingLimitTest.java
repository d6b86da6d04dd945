package dev.confetti.gift.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.CoinEvent.SpendingLimitSet;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.gift.wallet.WalletCommand.GrantCoins;
import dev.confetti.gift.wallet.WalletCommand.ReverseGift;
import dev.confetti.gift.wallet.WalletCommand.SendGift;
import dev.confetti.gift.wallet.WalletCommand.SetSpendingLimit;
import dev.confetti.gift.wallet.WalletDecision.Accepted;
import dev.confetti.gift.wallet.WalletDecision.Unchanged;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpendingLimitTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LAST = Instant.parse("2026-03-01T23:59:59.999999Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private SpendingRules rules = rules(0);
    private WalletState wallet = WalletState.EMPTY;
    private int ids;

    private static SpendingRules rules(long coinsPerDay) {
        return new SpendingRules(
                5_000, 1, "USD", Duration.ZERO, 1_000, coinsPerDay, Duration.ofHours(24));
    }

    @BeforeEach
    void fill() {
        decide(new GrantCoins(id(), NOON, "v", 100_000));
    }

    private UUID id() {
        return new UUID(7, ++ids);
    }

    private WalletDecision decide(WalletCommand command) {
        WalletDecision decision = WalletRules.decide(wallet, command, rules);
        if (decision instanceof Accepted(ConfettiEvent event, _)) {
            wallet = wallet.evolve(event, command.at());
        }
        return decision;
    }

    private WalletDecision gift(Instant at, long coins) {
        return decide(new SendGift(id(), at, "v", "live", "c", "rose", "Rose", 1, 1, coins, 1));
    }

    private GiftSent send(Instant at, long coins) {
        return (GiftSent) ((Accepted) gift(at, coins)).event();
    }

    private WalletDecision limit(Instant at, @Nullable Long coinsPerDay) {
        return decide(new SetSpendingLimit(id(), at, "v", coinsPerDay));
    }

    private static Accepted counting(@Nullable Long coinsPerDay, Instant effectiveAt) {
        return new Accepted(new SpendingLimitSet("v", coinsPerDay, effectiveAt));
    }

    @Test
    void withoutALimitAnythingMayBeSent() {
        send(NOON, 99_999);
        assertThat(wallet.coinsPerDay(NOON, rules)).isEmpty();
        assertThat(wallet.coinsSentToday(NOON)).isEqualTo(99_999);
    }

    @Test
    void thePolicysLimitCountsPerUtcDayToTheLastCoin() {
        rules = rules(100);
        send(NOON, 60);
        assertThat(gift(LAST, 41))
                .isEqualTo(
                        new WalletRefusal.SpendingLimitReached(
                                100, 60, 41, MIDNIGHT, Duration.ofNanos(1_000)));
        send(LAST, 40);
        assertThat(gift(LAST, 1))
                .isEqualTo(
                        new WalletRefusal.SpendingLimitReached(
                                100, 100, 1, MIDNIGHT, Duration.ofNanos(1_000)));
        send(MIDNIGHT, 100);
        assertThat(wallet.coinsSentToday(MIDNIGHT)).isEqualTo(100);
    }

    @Test
    void ofPolicyAndOwnChoiceTheLowerCounts() {
        rules = rules(100);
        assertThat(limit(NOON, 150L)).isEqualTo(counting(150L, NOON));
        assertThat(wallet.coinsPerDay(NOON, rules)).hasValue(100);
        limit(NOON, 30L);
        assertThat(wallet.coinsPerDay(NOON, rules)).hasValue(30);
        assertThat(gift(NOON, 31)).isInstanceOf(WalletRefusal.SpendingLimitReached.class);
        send(NOON, 30);
    }

    @Test
    void aLowerLimitCountsAtOnceAlsoForWhatWasSentBefore() {
        send(NOON, 80);
        assertThat(limit(NOON, 50L)).isEqualTo(counting(50L, NOON));
        assertThat(gift(NOON, 1))
                .isEqualTo(
                        new WalletRefusal.SpendingLimitReached(
                                50, 80, 1, MIDNIGHT, Duration.ofHours(12)));
    }

    @Test
    void aHigherLimitAndNoneCountADayLater() {
        Instant dayAfter = NOON.plus(Duration.ofHours(24));
        limit(NOON, 50L);
        assertThat(limit(NOON, 80L)).isEqualTo(counting(80L, dayAfter));
        assertThat(wallet.ownLimit())
                .isEqualTo(new OwnLimit(50L, new OwnLimit.Pending(80L, dayAfter)));
        assertThat(wallet.ownLimit().at(dayAfter.minusNanos(1_000)).coinsPerDay()).isEqualTo(50);
        assertThat(wallet.ownLimit().at(dayAfter)).isEqualTo(new OwnLimit(80L, null));
        assertThat(gift(dayAfter.minusNanos(1_000), 51))
                .isInstanceOf(WalletRefusal.SpendingLimitReached.class);
        send(dayAfter, 80);

        assertThat(limit(dayAfter, null))
                .isEqualTo(counting(null, dayAfter.plus(Duration.ofHours(24))));
        assertThat(wallet.coinsPerDay(dayAfter.plus(Duration.ofHours(23)), rules)).hasValue(80);
        assertThat(wallet.coinsPerDay(dayAfter.plus(Duration.ofHours(24)), rules)).isEmpty();
    }

    @Test
    void whatWasChosenLastChangesNothing() {
        assertThat(limit(NOON, null)).isEqualTo(new Unchanged());
        limit(NOON, 50L);
        assertThat(limit(NOON, 50L)).isEqualTo(new Unchanged());
        limit(NOON, 80L);
        assertThat(limit(NOON.plus(HOUR), 80L)).isEqualTo(new Unchanged());
        assertThat(limit(NOON.plus(Duration.ofHours(30)), 80L)).isEqualTo(new Unchanged());
    }

    @Test
    void aPendingRaiseCanBeTakenBack() {
        limit(NOON, 50L);
        limit(NOON, null);
        assertThat(limit(NOON.plus(HOUR), 50L)).isEqualTo(counting(50L, NOON.plus(HOUR)));
        assertThat(wallet.ownLimit()).isEqualTo(new OwnLimit(50L, null));
    }

    @Test
    void anotherRaiseWaitsAnew() {
        limit(NOON, 50L);
        limit(NOON, 80L);
        assertThat(limit(NOON.plus(HOUR), 70L))
                .isEqualTo(counting(70L, NOON.plus(Duration.ofHours(25))));
    }

    @Test
    void aLimitOfNothingStopsAllSends() {
        limit(NOON, 0L);
        assertThat(gift(NOON, 1)).isInstanceOf(WalletRefusal.SpendingLimitReached.class);
    }

    @Test
    void aReversalFreesTheCoinsOfAGiftThatWasSentToday() {
        rules = rules(100);
        GiftSent yesterday = send(NOON.minus(Duration.ofDays(1)), 100);
        GiftSent today = send(NOON, 70);

        decide(
                new ReverseGift(
                        id(),
                        NOON,
                        yesterday,
                        NOON.minus(Duration.ofDays(1)),
                        1,
                        Set.of(),
                        false,
                        0));
        assertThat(wallet.coinsSentToday(NOON)).isEqualTo(70);
        decide(new ReverseGift(id(), NOON, today, NOON, 1, Set.of(), false, 1));
        assertThat(wallet.coinsSentToday(NOON)).isZero();
        send(LAST, 100);
    }

    @Test
    void aReversalAfterMidnightFreesNothingOfTheNewDay() {
        GiftSent before = send(LAST, 70);
        send(MIDNIGHT, 20);
        decide(new ReverseGift(id(), MIDNIGHT, before, LAST, 1, Set.of(), false, 0));
        assertThat(wallet.coinsSentToday(MIDNIGHT)).isEqualTo(20);
    }

    @Test
    void clocksThatDifferAtMidnightGiveNoSecondDay() {
        rules = rules(100);
        send(MIDNIGHT, 60);
        assertThat(wallet.coinsSentToday(LAST)).isEqualTo(60);
        assertThat(gift(LAST, 41)).isInstanceOf(WalletRefusal.SpendingLimitReached.class);
        send(LAST, 40);
        assertThat(wallet.coinsSentToday(MIDNIGHT)).isEqualTo(100);
    }

    @Test
    void aClockSetFarBackDoesNotLockTheWallet() {
        rules = rules(100);
        send(NOON.plus(Duration.ofDays(30)), 100);
        send(NOON, 100);
        assertThat(wallet.spending()).isEqualTo(new DaySpending(DaySpending.dayOf(NOON), 100));
    }
}
