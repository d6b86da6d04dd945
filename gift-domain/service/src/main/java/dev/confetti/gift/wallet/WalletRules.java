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
import dev.confetti.events.Diamonds;
import dev.confetti.events.EventIds;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LotIds;
import dev.confetti.events.LotShare;
import dev.confetti.gift.wallet.WalletCommand.AddPurchase;
import dev.confetti.gift.wallet.WalletCommand.BlockWallet;
import dev.confetti.gift.wallet.WalletCommand.CloseChargeback;
import dev.confetti.gift.wallet.WalletCommand.Correction;
import dev.confetti.gift.wallet.WalletCommand.GrantCoins;
import dev.confetti.gift.wallet.WalletCommand.OpenChargeback;
import dev.confetti.gift.wallet.WalletCommand.RefundPurchase;
import dev.confetti.gift.wallet.WalletCommand.ReverseGift;
import dev.confetti.gift.wallet.WalletCommand.SendGift;
import dev.confetti.gift.wallet.WalletCommand.SetSpendingLimit;
import dev.confetti.gift.wallet.WalletCommand.UnblockWallet;
import dev.confetti.gift.wallet.WalletDecision.Accepted;
import dev.confetti.gift.wallet.WalletDecision.CorrectedMeanwhile;
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
        if (command instanceof Correction correction
                && wallet.corrections() != correction.correctionsSeen()) {
            return new CorrectedMeanwhile(wallet.corrections());
        }
        return switch (command) {
            case SendGift send -> send(wallet, send, rules);
            case AddPurchase add -> purchase(wallet, add);
            case GrantCoins grant -> grant(wallet, grant);
            case ReverseGift reverse -> recovering(wallet, command, reverse(wallet, reverse));
            case RefundPurchase refund -> recovering(wallet, command, refund(wallet, refund));
            case OpenChargeback open -> new Accepted(opened(wallet, open));
            case CloseChargeback close ->
                    recovering(wallet, command, close.won() ? won(close) : lost(wallet, close));
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
        return recovering(
                wallet,
                add,
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
                        add.providerReference(),
                        add.taxCountry()));
    }

    private static WalletDecision grant(WalletState wallet, GrantCoins grant) {
        if (isFullWith(wallet, grant.coins())) {
            return new WalletRefusal.WalletFull(grant.coins(), SpendingRules.MOST_COINS);
        }
        return recovering(
                wallet,
                grant,
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

    /** What comes back to a closed lot lowers debt first; the rest is gone with the lot. */
    private static GiftReversed reverse(WalletState wallet, ReverseGift reverse) {
        GiftSent gift = reverse.gift();
        List<LotShare> closed =
                gift.lots().stream()
                        .filter(share -> reverse.closedLots().contains(share.lotId()))
                        .toList();
        long closedCoins = closed.stream().mapToLong(LotShare::coins).sum();
        return new GiftReversed(
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
                closed,
                Math.min(wallet.debtCoins(), closedCoins),
                reverse.sentPosition(),
                reverse.earningsReleased(),
                reverse.revalued(),
                null);
    }

    private static PurchaseRefunded refund(WalletState wallet, RefundPurchase refund) {
        CoinsPurchased purchase = refund.purchase();
        long taken =
                Math.addExact(Lots.coinsOf(wallet.lots(), purchase.lotId()), refund.frozenCoins());
        return new PurchaseRefunded(
                refund.eventId(),
                purchase.purchaseId(),
                purchase.lotId(),
                purchase.viewerId(),
                taken,
                refund.frozenCoins(),
                Math.subtractExact(purchase.lotCoins(), taken),
                refund.amountMinor(),
                refund.commissionReturnedMinor(),
                purchase.currency(),
                purchase.provider(),
                refund.providerReference(),
                null);
    }

    private static ChargebackOpened opened(WalletState wallet, OpenChargeback open) {
        CoinsPurchased purchase = open.purchase();
        return new ChargebackOpened(
                open.eventId(),
                purchase.purchaseId(),
                purchase.lotId(),
                purchase.viewerId(),
                Lots.coinsOf(wallet.lots(), purchase.lotId()),
                open.amountMinor(),
                open.feeMinor(),
                purchase.currency(),
                purchase.provider(),
                open.providerReference());
    }

    private static ChargebackWon won(CloseChargeback close) {
        ChargebackOpened opened = close.opened();
        return new ChargebackWon(
                opened.chargebackId(),
                opened.purchaseId(),
                opened.lotId(),
                opened.viewerId(),
                close.frozenCoins(),
                opened.amountMinor(),
                opened.currency(),
                opened.provider());
    }

    private static ChargebackLost lost(WalletState wallet, CloseChargeback close) {
        ChargebackOpened opened = close.opened();
        long inLot = Lots.coinsOf(wallet.lots(), opened.lotId());
        long owed =
                close.refunded() ? 0 : close.purchase().lotCoins() - close.frozenCoins() - inLot;
        long aboveThePrice = Math.max(0, opened.amountMinor() - close.purchase().priceMinor());
        return new ChargebackLost(
                opened.chargebackId(),
                opened.purchaseId(),
                opened.lotId(),
                opened.viewerId(),
                close.frozenCoins(),
                inLot,
                owed,
                opened.amountMinor(),
                Math.min(close.purchase().taxMinor(), aboveThePrice),
                opened.currency(),
                opened.provider());
    }

    /**
     * The event, and the debt that is paid right after it: with paid coins, oldest lots first, and
     * with promo coins that were just granted. Earlier promo coins stay, but cannot be spent as far
     * as there is debt.
     */
    private static Accepted recovering(
            WalletState before, WalletCommand command, ConfettiEvent event) {
        WalletState after = before.evolve(event, command.at());
        long fromLots = Math.min(after.debtCoins(), after.paidCoins());
        long fromPromo =
                event instanceof CoinsGranted granted
                        ? Math.min(after.debtCoins() - fromLots, granted.coins())
                        : 0;
        if (fromLots + fromPromo == 0) {
            return new Accepted(event);
        }
        return new Accepted(
                event,
                Optional.of(
                        new CoinDebtRecovered(
                                EventIds.following(command.eventId(), 1),
                                command.viewerId(),
                                fromLots + fromPromo,
                                Lots.oldestFirst(after.lots(), fromLots),
                                fromPromo)));
    }
}
