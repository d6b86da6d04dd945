package dev.confetti.gift.wallet;

import dev.confetti.events.CoinEvent.ChargebackLost;
import dev.confetti.events.CoinEvent.ChargebackOpened;
import dev.confetti.events.CoinEvent.ChargebackWon;
import dev.confetti.events.CoinEvent.CoinDebtRecovered;
import dev.confetti.events.CoinEvent.CoinsGranted;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.CoinEvent.PurchaseRefunded;
import dev.confetti.events.CoinEvent.SpendingLimitSet;
import dev.confetti.events.CoinEvent.WalletBlocked;
import dev.confetti.events.CoinEvent.WalletUnblocked;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent;
import dev.confetti.events.FinanceEvent;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LiveEvent;
import dev.confetti.events.PersonEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a wallet's events add up to; immutable.
 *
 * <p>It stays small however long the wallet lives: empty lots, combos that are over and sends older
 * than a second are dropped.
 *
 * @param promoCoins coins that nobody paid for, spent first
 * @param lots paid coins in the order in which they are spent
 * @param lotsMade how many lots the wallet ever had: the number of the last one
 * @param frozenCoins paid coins that a dispute holds back; not part of the lots
 * @param debtCoins coins owed because a purchase was refunded after they were spent
 * @param recentSends when gifts were sent in the last second, in the order of the log
 * @param spending coins sent on the latest day
 * @param ownLimit the viewer's own choice
 * @param corrections how many gifts were reversed, purchases refunded, and chargebacks opened and
 *     closed; which ones, tables beside the log know
 */
public record WalletState(
        long promoCoins,
        List<Lot> lots,
        long lotsMade,
        long frozenCoins,
        long debtCoins,
        boolean blocked,
        List<Combo> combos,
        List<Instant> recentSends,
        DaySpending spending,
        OwnLimit ownLimit,
        long corrections) {

    /** The span in which sends are counted against the limit. */
    static final Duration SENDING_SPAN = Duration.ofSeconds(1);

    /** A wallet to which nothing has happened. */
    public static final WalletState EMPTY =
            new WalletState(
                    0,
                    List.of(),
                    0,
                    0,
                    0,
                    false,
                    List.of(),
                    List.of(),
                    DaySpending.NONE,
                    OwnLimit.NONE,
                    0);

    public WalletState {
        if (promoCoins < 0 || frozenCoins < 0 || debtCoins < 0) {
            throw new IllegalStateException(
                    "a wallet of "
                            + promoCoins
                            + " promo coins, "
                            + frozenCoins
                            + " frozen and "
                            + debtCoins
                            + " owed: expected no number below 0");
        }
        lots = List.copyOf(lots);
        combos = List.copyOf(combos);
        recentSends = List.copyOf(recentSends);
    }

    /** Coins of all lots. */
    public long paidCoins() {
        return Lots.coins(lots);
    }

    /** Coins that a gift may cost now: paid and promo without debt, at least 0. */
    public long spendable() {
        return Math.max(0, Math.subtractExact(Math.addExact(paidCoins(), promoCoins), debtCoins));
    }

    /** What may be sent on the day of an instant, by policy and by the viewer's own choice. */
    public OptionalLong coinsPerDay(Instant at, SpendingRules rules) {
        Long own = ownLimit.at(at).coinsPerDay();
        long byPolicy = rules.coinsPerDay() == 0 ? Long.MAX_VALUE : rules.coinsPerDay();
        long lower = own == null ? byPolicy : Math.min(own, byPolicy);
        return lower == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(lower);
    }

    /** Coins sent on the day of an instant that count against the limit. */
    public long coinsSentToday(Instant at) {
        return spending.at(at);
    }

    /** The latest run of a gift in a live, while it is open. */
    Optional<Combo> openCombo(String liveId, String giftId, Instant at) {
        for (Combo combo : combos) {
            if (combo.isOf(liveId, giftId) && combo.isOpen(at)) {
                return Optional.of(combo);
            }
        }
        return Optional.empty();
    }

    /** Sends that count against the limit at this time, oldest first. */
    List<Instant> sendsWithinSpan(Instant at) {
        List<Instant> within = recentSendsAt(at);
        within.sort(null);
        return within;
    }

    /** In the order of the log. */
    private List<Instant> recentSendsAt(Instant at) {
        List<Instant> within = new ArrayList<>(recentSends.size() + 1);
        for (Instant sent : recentSends) {
            if (isWithinSpan(sent, at)) {
                within.add(sent);
            }
        }
        return within;
    }

    /** A clock that was set back does not lock a wallet: what lies far ahead does not count. */
    private static boolean isWithinSpan(Instant sent, Instant at) {
        return sent.isAfter(at.minus(SENDING_SPAN)) && sent.isBefore(at.plus(SENDING_SPAN));
    }

    /**
     * The wallet after an event.
     *
     * @param at when the event occurred
     * @throws IllegalStateException when the event cannot follow on this state
     */
    public WalletState evolve(ConfettiEvent event, Instant at) {
        Change change = new Change(this);
        switch (event) {
            case CoinsPurchased purchased -> {
                change.lots = Lots.with(lots, new Lot(purchased.lotId(), purchased.lotCoins()));
                change.lotsMade = Math.addExact(lotsMade, 1);
            }
            case CoinsGranted granted ->
                    change.promoCoins = Math.addExact(promoCoins, granted.coins());
            case GiftSent sent -> {
                change.promoCoins = promoCoinsWithout(sent);
                change.lots = Lots.without(lots, sent.lots());
                change.combos = combosAfter(sent, at);
                change.recentSends = sendsAfter(at);
                change.spending = spending.plus(sent.coins(), at);
            }
            case GiftReversed reversed -> {
                change.promoCoins = Math.addExact(promoCoins, reversed.promoCoins());
                change.lots = Lots.refilled(lots, reversed.openLots());
                change.debtCoins = debtCoins - reversed.debtLowered();
                change.spending = spending.minus(reversed.coins(), reversed.sentAt());
                change.corrections = Math.addExact(corrections, 1);
            }
            case PurchaseRefunded refunded -> {
                change.lots =
                        Lots.without(
                                lots,
                                refunded.lotId(),
                                refunded.coinsTaken() - refunded.frozenCoins());
                change.frozenCoins = frozenCoins - refunded.frozenCoins();
                change.debtCoins = Math.addExact(debtCoins, refunded.coinsOwed());
                change.corrections = Math.addExact(corrections, 1);
            }
            case CoinDebtRecovered recovered -> {
                change.lots = Lots.without(lots, recovered.lots());
                change.promoCoins = promoCoins - recovered.promoCoins();
                change.debtCoins = debtCoins - recovered.coins();
            }
            case ChargebackOpened opened -> {
                change.lots = Lots.without(lots, opened.lotId(), opened.frozenCoins());
                change.frozenCoins = Math.addExact(frozenCoins, opened.frozenCoins());
                change.corrections = Math.addExact(corrections, 1);
            }
            case ChargebackWon won -> {
                change.lots = Lots.refilled(lots, won.lotId(), won.coins());
                change.frozenCoins = frozenCoins - won.coins();
                change.corrections = Math.addExact(corrections, 1);
            }
            case ChargebackLost lost -> {
                change.lots = Lots.without(lots, lost.lotId(), lost.coinsTaken());
                change.frozenCoins = frozenCoins - lost.frozenCoins();
                change.debtCoins = Math.addExact(debtCoins, lost.coinsOwed());
                change.corrections = Math.addExact(corrections, 1);
            }
            case SpendingLimitSet set -> change.ownLimit = ownLimit.after(set, at);
            case WalletBlocked _ -> change.blocked = true;
            case WalletUnblocked _ -> change.blocked = false;
            case CreatorEvent _, FinanceEvent _, LiveEvent _, PersonEvent _ ->
                    throw new IllegalStateException(
                            "event " + event + " in a wallet: expected one of coins or gifts");
        }
        return change.made();
    }

    private long promoCoinsWithout(GiftSent sent) {
        if (sent.promoCoins() > promoCoins) {
            throw new IllegalStateException(
                    "gift "
                            + sent.giftSendId()
                            + " took "
                            + sent.promoCoins()
                            + " promo coins: expected at most "
                            + promoCoins);
        }
        return promoCoins - sent.promoCoins();
    }

    private List<Instant> sendsAfter(Instant at) {
        List<Instant> after = recentSendsAt(at);
        after.add(at);
        return after;
    }

    private List<Combo> combosAfter(GiftSent sent, Instant at) {
        List<Combo> after = new ArrayList<>();
        after.add(Combo.after(sent, at));
        for (Combo combo : combos) {
            if (!combo.isOf(sent.liveId(), sent.giftId())
                    && combo.isOpen(at)
                    && after.size() < SpendingRules.MOST_COMBOS) {
                after.add(combo);
            }
        }
        return after;
    }

    /** The next state while it is put together: all as before but for what an event sets. */
    private static final class Change {
        private long promoCoins;
        private List<Lot> lots;
        private long lotsMade;
        private long frozenCoins;
        private long debtCoins;
        private boolean blocked;
        private List<Combo> combos;
        private List<Instant> recentSends;
        private DaySpending spending;
        private OwnLimit ownLimit;
        private long corrections;

        private Change(WalletState before) {
            this.promoCoins = before.promoCoins;
            this.lots = before.lots;
            this.lotsMade = before.lotsMade;
            this.frozenCoins = before.frozenCoins;
            this.debtCoins = before.debtCoins;
            this.blocked = before.blocked;
            this.combos = before.combos;
            this.recentSends = before.recentSends;
            this.spending = before.spending;
            this.ownLimit = before.ownLimit;
            this.corrections = before.corrections;
        }

        private WalletState made() {
            return new WalletState(
                    promoCoins,
                    lots,
                    lotsMade,
                    frozenCoins,
                    debtCoins,
                    blocked,
                    combos,
                    recentSends,
                    spending,
                    ownLimit,
                    corrections);
        }
    }
}
