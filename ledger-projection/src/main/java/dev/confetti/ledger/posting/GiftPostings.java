package dev.confetti.ledger.posting;

import dev.confetti.events.Diamonds;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LotShare;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Gifts sent and taken back. */
final class GiftPostings {
    private GiftPostings() {}

    static EntryDraft sent(GiftSent event, Books books) {
        long paidCoins = coins(event.lots());
        check(event, paidCoins);
        List<LotUse> uses = new ArrayList<>();
        Map<Asset, Recognised> recognised = new LinkedHashMap<>();
        for (LotShare share : event.lots()) {
            Lot lot = lotOf(event, share.lotId(), books);
            LotUse use = lot.use(share.coins());
            uses.add(use);
            recognised.merge(
                    lot.currency(),
                    new Recognised(use.revenue(), use.commission()),
                    Recognised::plus);
        }
        Asset payout = Asset.fiat(event.payoutCurrency());
        long paidShare = share(event, paidCoins);
        long promoShare = share(event, event.promoCoins());

        LegList legs = new LegList();
        legs.add(Accounts.viewerPaid(event.viewerId()), Accounts.COIN_CONSUMED_PAID, paidCoins);
        legs.add(
                Accounts.viewerPromo(event.viewerId()),
                Accounts.COIN_CONSUMED_PROMO,
                event.promoCoins());
        legs.add(
                Accounts.DIAMOND_ISSUED,
                Accounts.creatorPending(event.creatorId()),
                event.diamonds().tenThousandths());
        recognised.forEach(
                (currency, sum) ->
                        legs.addUsed(Accounts.GIFT_REVENUE, currency, sum.revenue, sum.commission));
        legs.add(Accounts.CREATOR_SHARE, Accounts.CREATOR_PAYABLE_PENDING, payout, paidShare);
        legs.add(Accounts.PROMOTION_COST, Accounts.CREATOR_PAYABLE_PENDING, payout, promoShare);
        return new EntryDraft(event.giftSendId(), legs.legs(), uses, null);
    }

    static EntryDraft reversed(GiftReversed event, Books books) {
        BookedGift gift = books.gift(event.giftSendId());
        if (gift == null) {
            throw new UnpostableEventException(
                    event + ": expected a gift that was sent before, found none");
        }
        if (gift.reversed()) {
            throw new UnpostableEventException(
                    event + ": expected a gift that still counts; it was reversed before");
        }
        if (sum(gift, Asset.COIN) != event.coins()
                || sum(gift, Asset.DIAMOND) != event.diamonds().tenThousandths()
                || !sameLots(gift.lotUses(), event.lots())) {
            throw new UnpostableEventException(
                    event
                            + ": expected the coins, diamonds and lots that the gift was booked"
                            + " with, "
                            + gift);
        }
        LegList legs = new LegList();
        CreatorPayable payable = new CreatorPayable(event.creatorId(), books, legs);
        for (Leg leg : gift.legs()) {
            mirror(leg.mirrored(), event, payable, legs);
        }
        RevaluationPostings.takeBack(event, payable, legs);
        List<LotUse> givenBack = new ArrayList<>();
        for (LotUse use : gift.lotUses()) {
            if (isClosed(event, use.lotId())) {
                closed(use, books, legs);
            } else {
                givenBack.add(use.mirrored());
            }
        }
        closedCoins(event, legs);
        return new EntryDraft(event.giftSendId(), legs.legs(), givenBack, null, payable.changes());
    }

    /** What was released comes off what is available, or is to be clawed back. */
    private static void mirror(
            Leg mirrored, GiftReversed event, CreatorPayable payable, LegList legs) {
        if (event.earningsReleased()
                && mirrored.debit().equals(Accounts.creatorPending(event.creatorId()))) {
            legs.add(
                    Accounts.creatorAvailable(event.creatorId()),
                    mirrored.credit(),
                    mirrored.amount());
        } else if (event.revalued() != null
                && mirrored.debit().code().equals(Accounts.CREATOR_PAYABLE_PENDING)) {
            RevaluationPostings.mirror(mirrored, legs);
        } else if (event.earningsReleased()
                && mirrored.debit().code().equals(Accounts.CREATOR_PAYABLE_PENDING)) {
            payable.lower(mirrored.credit().code(), mirrored.debit().asset(), mirrored.amount());
        } else {
            legs.add(mirrored);
        }
    }

    private static boolean isClosed(GiftReversed event, UUID lotId) {
        return event.closedLots().stream().anyMatch(share -> share.lotId().equals(lotId));
    }

    /** Coins that would come back to a lot that is closed are gone like the rest of it. */
    private static void closedCoins(GiftReversed event, LegList legs) {
        long coins = event.closedCoins();
        if (!event.lots().containsAll(event.closedLots())
                || event.debtLowered() < 0
                || event.debtLowered() > coins) {
            throw new UnpostableEventException(
                    event
                            + ": expected closed lots that are among its lots, and debt lowered by"
                            + " 0 to "
                            + coins
                            + " coins");
        }
        Account paid = Accounts.viewerPaid(event.viewerId());
        legs.add(paid, Accounts.viewerDebt(event.viewerId()), event.debtLowered());
        legs.add(paid, Accounts.COIN_REFUNDED, coins - event.debtLowered());
    }

    /** What the gift had made of the lot's price was refunded: there is nothing to owe again. */
    private static void closed(LotUse use, Books books, LegList legs) {
        Lot lot = books.lot(use.lotId());
        if (lot == null) {
            throw new UnpostableEventException(use + ": expected its lot in the books, found none");
        }
        legs.addUsed(
                Accounts.REFUNDS_CONTRA_REVENUE, lot.currency(), use.revenue(), use.commission());
    }

    private static void check(GiftSent event, long paidCoins) {
        if (event.promoCoins() < 0
                || event.coins() < 1
                || event.shareBps() < 0
                || event.shareBps() > 10_000
                || event.rateMicros() < 0
                || Math.addExact(paidCoins, event.promoCoins()) != event.coins()
                || !Diamonds.shareOf(event.coins(), event.shareBps()).equals(event.diamonds())) {
            throw new UnpostableEventException(
                    event
                            + ": expected coins above 0 = coins of its lots + promo coins, a share"
                            + " of 0 to 10000 bps, diamonds = coins × share, and a rate of 0 or"
                            + " more");
        }
    }

    /** A gift that names a lot twice could spend it beyond its end unseen, so that is refused. */
    private static Lot lotOf(GiftSent event, UUID lotId, Books books) {
        Lot lot = books.lot(lotId);
        int named = 0;
        for (LotShare share : event.lots()) {
            if (share.lotId().equals(lotId)) {
                named++;
            }
        }
        if (lot == null || named != 1 || !lot.viewerId().equals(event.viewerId())) {
            throw new UnpostableEventException(
                    event
                            + ": expected lot "
                            + lotId
                            + " once, and to be the viewer's own, found "
                            + lot);
        }
        return lot;
    }

    /** The creator's share of some of the coins, in micro-units of the payout currency. */
    private static long share(GiftSent event, long coins) {
        return Math.multiplyExact(
                Diamonds.shareOf(coins, event.shareBps()).tenThousandths(), event.rateMicros());
    }

    private static long coins(List<LotShare> lots) {
        long sum = 0;
        for (LotShare share : lots) {
            sum = Math.addExact(sum, share.coins());
        }
        return sum;
    }

    private static long sum(BookedGift gift, Asset asset) {
        return gift.legs().stream()
                .filter(leg -> leg.debit().asset().equals(asset))
                .mapToLong(Leg::amount)
                .sum();
    }

    private static boolean sameLots(List<LotUse> uses, List<LotShare> lots) {
        Comparator<LotShare> order = Comparator.comparing(LotShare::lotId);
        return uses.stream()
                .map(use -> new LotShare(use.lotId(), use.coins()))
                .sorted(order)
                .toList()
                .equals(lots.stream().sorted(order).toList());
    }

    private record Recognised(long revenue, long commission) {
        Recognised plus(Recognised other) {
            return new Recognised(
                    Math.addExact(revenue, other.revenue),
                    Math.addExact(commission, other.commission));
        }
    }
}
