package dev.confetti.gift.wallet;

import dev.confetti.events.CoinEvent.CoinsGranted;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.CoinEvent.SpendingLimitSet;
import dev.confetti.events.CoinEvent.WalletBlocked;
import dev.confetti.events.CoinEvent.WalletUnblocked;
import dev.confetti.events.Diamonds;
import dev.confetti.events.EventIds;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LotIds;
import dev.confetti.gift.wallet.WalletCommand.AddPurchase;
import dev.confetti.gift.wallet.WalletCommand.BlockWallet;
import dev.confetti.gift.wallet.WalletCommand.GrantCoins;
import dev.confetti.gift.wallet.WalletCommand.ReverseGift;
import dev.confetti.gift.wallet.WalletCommand.SendGift;
import dev.confetti.gift.wallet.WalletCommand.SetSpendingLimit;
import dev.confetti.gift.wallet.WalletCommand.UnblockWallet;
import dev.confetti.gift.wallet.WalletDecision.Accepted;
import dev.confetti.gift.wallet.WalletDecision.ReversedMeanwhile;
import dev.confetti.gift.wallet.WalletDecision.Unchanged;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a wallet answers to each command: the named refusals, then the event. */
public final class WalletRules {
    private WalletRules() {}

    /** Decides; changes nothing. */
    public static WalletDecision decide(
            WalletState wallet, WalletCommand command, SpendingRules rules) {
        return switch (command) {
            case SendGift send -> send(wallet, send, rules);
            case AddPurchase add -> purchase(wallet, add);
            case GrantCoins grant -> grant(wallet, grant);
            case ReverseGift reverse -> reverse(wallet, reverse);
            case SetSpendingLimit set -> limit(wallet, set, rules);
            case BlockWallet block ->
                    wallet.blocked()
                            ? new Unchanged()
                            : new Accepted(new WalletBlocked(block.viewerId(), null));
            case UnblockWallet unblock ->
                    wallet.blocked()
                            ? new Accepted(new WalletUnblocked(unblock.viewerId(), null))
                            : new Unchanged();
        };
    }

    private static WalletDecision send(WalletState wallet, SendGift send, SpendingRules rules) {
        if (wallet.blocked()) {
            return new WalletRefusal.Blocked(send.viewerId());
        }
        List<Instant> sends = wallet.sendsWithinSpan(send.at());
        if (sends.size() >= rules.sendsPerSecond()) {
            return new WalletRefusal.SendingTooFast(
                    rules.sendsPerSecond(), untilAllowed(sends, send.at(), rules));
        }
        long coins = Math.multiplyExact(send.unitCoins(), (long) send.quantity());
        OptionalLong limit = wallet.coinsPerDay(send.at(), rules);
        long spentToday = wallet.coinsSentToday(send.at());
        if (limit.isPresent() && coins > limit.getAsLong() - spentToday) {
            Instant resetsAt = DaySpending.endOfDay(send.at());
            return new WalletRefusal.SpendingLimitReached(
                    limit.getAsLong(),
                    spentToday,
                    coins,
                    resetsAt,
                    Duration.between(send.at(), resetsAt));
        }
        if (coins > wallet.spendable()) {
            return new WalletRefusal.InsufficientCoins(wallet.spendable(), coins);
        }
        long promoCoins = Math.min(wallet.promoCoins(), coins);
        Optional<Combo> combo =
                wallet.openCombo(send.liveId(), send.giftId(), send.at())
                        .filter(open -> open.count() <= Integer.MAX_VALUE - send.quantity());
        return new Accepted(
                new GiftSent(
                        send.eventId(),
                        send.viewerId(),
                        null,
                        send.liveId(),
                        send.creatorId(),
                        send.giftId(),
                        send.giftName(),
                        send.tier(),
                        send.quantity(),
                        send.unitCoins(),
                        coins,
                        Lots.oldestFirst(wallet.lots(), coins - promoCoins),
                        promoCoins,
                        rules.creatorShareBps(),
                        Diamonds.shareOf(coins, rules.creatorShareBps()),
                        rules.rateMicros(),
                        rules.payoutCurrency(),
                        combo.map(Combo::comboId)
                                .orElseGet(() -> EventIds.derived(send.eventId(), "combo")),
                        combo.map(Combo::count).orElse(0) + send.quantity(),
                        send.catalogueVersion(),
                        rules.comboWindow().toMillis()));
    }

    private static Duration untilAllowed(List<Instant> sends, Instant at, SpendingRules rules) {
        Instant leavesNext = sends.get(sends.size() - rules.sendsPerSecond());
        return Duration.between(at, leavesNext.plus(WalletState.SENDING_SPAN));
    }

    private static WalletDecision purchase(WalletState wallet, AddPurchase add) {
        if (wallet.lots().size() >= SpendingRules.MOST_LOTS) {
            return new WalletRefusal.TooManyLots(wallet.lots().size(), SpendingRules.MOST_LOTS);
        }
        long coins = Math.addExact(add.coins(), add.bonusCoins());
        if (isFullWith(wallet, coins)) {
            return new WalletRefusal.WalletFull(coins, SpendingRules.MOST_COINS);
        }
        return new Accepted(
                new CoinsPurchased(
                        add.eventId(),
                        LotIds.of(wallet.lotsMade() + 1, add.eventId()),
                        add.viewerId(),
                        add.coins(),
                        add.bonusCoins(),
                        add.priceMinor(),
                        add.taxMinor(),
                        add.commissionMinor(),
                        add.currency(),
                        add.provider(),
                        add.providerReference()));
    }

    private static WalletDecision grant(WalletState wallet, GrantCoins grant) {
        if (isFullWith(wallet, grant.coins())) {
            return new WalletRefusal.WalletFull(grant.coins(), SpendingRules.MOST_COINS);
        }
        return new Accepted(
                new CoinsGranted(grant.eventId(), grant.viewerId(), grant.coins(), null));
    }

    private static boolean isFullWith(WalletState wallet, long moreCoins) {
        long heldCoins = Math.addExact(wallet.paidCoins(), wallet.promoCoins());
        return moreCoins > SpendingRules.MOST_COINS - heldCoins;
    }

    private static WalletDecision limit(
            WalletState wallet, SetSpendingLimit set, SpendingRules rules) {
        OwnLimit own = wallet.ownLimit();
        if (own.isChosen(set.coinsPerDay(), set.at())) {
            return new Unchanged();
        }
        Instant effectiveAt =
                own.isRaisedBy(set.coinsPerDay(), set.at())
                        ? set.at().plus(rules.limitRaiseDelay())
                        : set.at();
        return new Accepted(new SpendingLimitSet(set.viewerId(), set.coinsPerDay(), effectiveAt));
    }

    private static WalletDecision reverse(WalletState wallet, ReverseGift reverse) {
        GiftSent gift = reverse.gift();
        if (wallet.reversals() != reverse.reversalsSeen()) {
            return new ReversedMeanwhile(wallet.reversals());
        }
        return new Accepted(
                new GiftReversed(
                        gift.giftSendId(),
                        gift.viewerId(),
                        gift.liveId(),
                        gift.creatorId(),
                        gift.giftId(),
                        gift.coins(),
                        gift.lots(),
                        gift.promoCoins(),
                        gift.diamonds(),
                        reverse.sentAt(),
                        null));
    }
}
