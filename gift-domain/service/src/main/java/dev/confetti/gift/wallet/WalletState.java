package dev.confetti.gift.wallet;

import dev.confetti.events.CoinEvent.CoinsGranted;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.CoinEvent.WalletBlocked;
import dev.confetti.events.CoinEvent.WalletUnblocked;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LiveEvent;
import dev.confetti.events.LotShare;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a wallet's events add up to; immutable.
 *
 * <p>It stays small however long the wallet lives: empty lots, combos that are over and sends older
 * than a second are dropped. Only the names of reversed gifts are kept for good; each was an act of
 * staff.
 *
 * @param promoCoins coins that nobody paid for, spent first
 * @param lots paid coins in the order in which they are spent
 * @param frozenCoins paid coins that a dispute holds back; not part of the lots
 * @param debtCoins coins owed because a purchase was refunded after they were spent
 * @param recentSends when gifts were sent in the last second, in the order of the log
 */
public record WalletState(
        long promoCoins,
        List<Lot> lots,
        long frozenCoins,
        long debtCoins,
        boolean blocked,
        List<Combo> combos,
        List<Instant> recentSends,
        Set<UUID> reversedGifts) {

    /** The span in which sends are counted against the limit. */
    static final Duration SENDING_SPAN = Duration.ofSeconds(1);

    /** A wallet to which nothing has happened. */
    public static final WalletState EMPTY =
            new WalletState(0, List.of(), 0, 0, false, List.of(), List.of(), Set.of());

    public WalletState {
        lots = List.copyOf(lots);
        combos = List.copyOf(combos);
        recentSends = List.copyOf(recentSends);
        reversedGifts = Set.copyOf(reversedGifts);
    }

    /** Coins of all lots. */
    public long paidCoins() {
        long coins = 0;
        for (Lot lot : lots) {
            coins = Math.addExact(coins, lot.coins());
        }
        return coins;
    }

    /** Coins that a gift may cost now: paid and promo without debt, at least 0. */
    public long spendable() {
        return Math.max(0, Math.subtractExact(Math.addExact(paidCoins(), promoCoins), debtCoins));
    }

    /** The latest run of a gift in a live, while it is open. */
    Optional<Combo> openCombo(String liveId, String giftId, Instant at, Duration window) {
        return combos.stream()
                .filter(combo -> combo.isOf(liveId, giftId) && combo.isOpen(at, window))
                .findFirst();
    }

    /** Sends that count against the limit at this time, oldest first. */
    List<Instant> sendsWithinSpan(Instant at) {
        return recentSends.stream().filter(sent -> isWithinSpan(sent, at)).sorted().toList();
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
        return switch (event) {
            case CoinsPurchased purchased -> withLot(purchased);
            case CoinsGranted granted ->
                    withCoins(Math.addExact(promoCoins, granted.coins()), lots);
            case GiftSent sent -> withSent(sent, at);
            case GiftReversed reversed -> withReversed(reversed);
            case WalletBlocked _ -> withBlocked(true);
            case WalletUnblocked _ -> withBlocked(false);
            case LiveEvent live ->
                    throw new IllegalStateException(
                            "event " + live + " in a wallet: expected one of coins or gifts");
        };
    }

    private WalletState withCoins(long newPromoCoins, List<Lot> newLots) {
        return new WalletState(
                newPromoCoins,
                newLots,
                frozenCoins,
                debtCoins,
                blocked,
                combos,
                recentSends,
                reversedGifts);
    }

    private WalletState withBlocked(boolean nowBlocked) {
        return new WalletState(
                promoCoins,
                lots,
                frozenCoins,
                debtCoins,
                nowBlocked,
                combos,
                recentSends,
                reversedGifts);
    }

    private WalletState withLot(CoinsPurchased purchased) {
        List<Lot> more = new ArrayList<>(lots);
        more.add(new Lot(purchased.lotId(), purchased.lotCoins()));
        return withCoins(promoCoins, more);
    }

    private WalletState withSent(GiftSent sent, Instant at) {
        if (sent.promoCoins() > promoCoins) {
            throw new IllegalStateException(
                    "gift "
                            + sent.giftSendId()
                            + " took "
                            + sent.promoCoins()
                            + " promo coins: expected at most "
                            + promoCoins);
        }
        return new WalletState(
                promoCoins - sent.promoCoins(),
                without(sent.lots()),
                frozenCoins,
                debtCoins,
                blocked,
                combosAfter(sent, at),
                Stream.concat(
                                recentSends.stream().filter(earlier -> isWithinSpan(earlier, at)),
                                Stream.of(at))
                        .toList(),
                reversedGifts);
    }

    private List<Combo> combosAfter(GiftSent sent, Instant at) {
        List<Combo> after = new ArrayList<>();
        after.add(new Combo(sent.comboId(), sent.liveId(), sent.giftId(), sent.comboCount(), at));
        for (Combo combo : combos) {
            if (!combo.isOf(sent.liveId(), sent.giftId())
                    && combo.isOpen(at, SpendingRules.LONGEST_COMBO_WINDOW)
                    && after.size() < SpendingRules.MOST_COMBOS) {
                after.add(combo);
            }
        }
        return after;
    }

    private List<Lot> without(List<LotShare> shares) {
        List<Lot> left = new ArrayList<>(lots);
        for (LotShare share : shares) {
            int index = indexOf(left, share.lotId());
            if (index < 0 || left.get(index).coins() < share.coins()) {
                throw new IllegalStateException(
                        "lot "
                                + share.lotId()
                                + ": expected at least "
                                + share.coins()
                                + " coins, found "
                                + (index < 0 ? "no such lot" : left.get(index).coins()));
            }
            long coins = left.get(index).coins() - share.coins();
            if (coins == 0) {
                left.remove(index);
            } else {
                left.set(index, new Lot(share.lotId(), coins));
            }
        }
        return left;
    }

    /**
     * Coins go back to their lots. A lot that was emptied is older than all that never were, so it
     * comes back in front of them.
     */
    private WalletState withReversed(GiftReversed reversed) {
        List<Lot> refilled = new ArrayList<>(lots);
        List<Lot> revived = new ArrayList<>();
        for (LotShare share : reversed.lots()) {
            int index = indexOf(refilled, share.lotId());
            if (index < 0) {
                revived.add(new Lot(share.lotId(), share.coins()));
            } else {
                long coins = Math.addExact(refilled.get(index).coins(), share.coins());
                refilled.set(index, new Lot(share.lotId(), coins));
            }
        }
        revived.addAll(refilled);
        Set<UUID> names = new HashSet<>(reversedGifts);
        names.add(reversed.giftSendId());
        return new WalletState(
                Math.addExact(promoCoins, reversed.promoCoins()),
                revived,
                frozenCoins,
                debtCoins,
                blocked,
                combos,
                recentSends,
                names);
    }

    private static int indexOf(List<Lot> lots, UUID lotId) {
        for (int i = 0; i < lots.size(); i++) {
            if (lots.get(i).lotId().equals(lotId)) {
                return i;
            }
        }
        return -1;
    }
}
