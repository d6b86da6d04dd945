package dev.confetti.ledger.posting;

import dev.confetti.events.CoinEvent.ChargebackLost;
import dev.confetti.events.CoinEvent.ChargebackOpened;
import dev.confetti.events.CoinEvent.ChargebackWon;
import dev.confetti.events.CoinEvent.CoinDebtRecovered;
import dev.confetti.events.CoinEvent.PurchaseRefunded;
import dev.confetti.events.LotShare;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Purchases that are taken back, by us or by the buyer's bank, and debt that is paid in coins. */
final class PurchasePostings {
    private PurchasePostings() {}

    /**
     * What was not spent is no longer owed to the viewer; what was spent is a loss, and the coins
     * are the viewer's debt.
     */
    static EntryDraft refunded(PurchaseRefunded event, Books books) {
        Lot lot = lotOf(event, event.lotId(), event.viewerId(), event.currency(), books);
        LotUse rest = lot.close();
        require(
                event.coinsTaken() == rest.coins()
                        && event.coinsOwed() == lot.used()
                        && event.frozenCoins() >= 0
                        && event.frozenCoins() <= event.coinsTaken(),
                event,
                "the unspent coins of the lot taken and the spent ones owed, of " + lot);
        Asset currency = lot.currency();
        long amount = currency.ofMinor(event.amountMinor());
        long returned = currency.ofMinor(event.commissionReturnedMinor());
        require(
                returned >= 0 && returned <= lot.commission() && amount >= lot.price(),
                event,
                "the price and any tax, and a commission of 0 to that of " + lot);

        LegList legs = new LegList();
        addCoins(
                legs,
                event.viewerId(),
                event.coinsTaken() - event.frozenCoins(),
                event.frozenCoins(),
                event.coinsOwed());
        Map<Account, Long> money = new LinkedHashMap<>();
        money.put(new Account(Accounts.CONTRACT_LIABILITY, currency), rest.revenue());
        money.put(new Account(Accounts.REFUNDS_CONTRA_REVENUE, currency), lot.recognised());
        money.put(new Account(Accounts.VAT_PAYABLE, currency), amount - lot.price());
        money.put(Accounts.receivable(event.provider(), currency), returned - amount);
        money.put(new Account(Accounts.DEFERRED_COMMISSION, currency), -rest.commission());
        money.put(new Account(Accounts.CHANNEL_COMMISSION, currency), rest.commission() - returned);
        legs.addBalanced(money);
        return new EntryDraft(event.purchaseId(), legs.legs(), uses(rest), null);
    }

    /** Coins that pay debt are used like those of a gift, but make good a loss. */
    static EntryDraft recovered(CoinDebtRecovered event, Books books) {
        long fromLots = event.lots().stream().mapToLong(LotShare::coins).sum();
        require(
                event.promoCoins() >= 0
                        && event.coins() > 0
                        && Math.addExact(fromLots, event.promoCoins()) == event.coins(),
                event,
                "coins above 0 = coins of its lots + promo coins");
        LegList legs = new LegList();
        Account debt = Accounts.viewerDebt(event.viewerId());
        legs.add(Accounts.viewerPaid(event.viewerId()), debt, fromLots);
        legs.add(Accounts.viewerPromo(event.viewerId()), debt, event.promoCoins());
        List<LotUse> uses = new ArrayList<>();
        for (LotShare share : event.lots()) {
            Lot lot = lotOf(event, share.lotId(), event.viewerId(), books);
            require(
                    uses.stream().noneMatch(use -> use.lotId().equals(share.lotId())),
                    event,
                    "lot " + share.lotId() + " once");
            LotUse use = lot.use(share.coins());
            uses.add(use);
            legs.addUsed(
                    Accounts.REFUNDS_CONTRA_REVENUE,
                    lot.currency(),
                    use.revenue(),
                    use.commission());
        }
        return new EntryDraft(event.recoveryId(), legs.legs(), uses, null);
    }

    /** The provider takes the money back for now; whether it comes again is not known. */
    static EntryDraft opened(ChargebackOpened event, Books books) {
        Lot lot = lotOf(event, event.lotId(), event.viewerId(), event.currency(), books);
        require(
                event.frozenCoins() >= 0
                        && event.frozenCoins() <= lot.coins() - lot.used()
                        && event.amountMinor() > 0
                        && event.feeMinor() >= 0,
                event,
                "an amount above 0, a fee of 0 or more, and unspent coins of " + lot);
        Asset currency = lot.currency();
        Account receivable = Accounts.receivable(event.provider(), currency);
        LegList legs = new LegList();
        legs.add(
                Accounts.viewerPaid(event.viewerId()),
                Accounts.viewerFrozen(event.viewerId()),
                event.frozenCoins());
        legs.add(
                new Account(Accounts.DISPUTES_RECEIVABLE, currency),
                receivable,
                currency.ofMinor(event.amountMinor()));
        legs.add(
                new Account(Accounts.CHARGEBACK_COST, currency),
                receivable,
                currency.ofMinor(event.feeMinor()));
        return new EntryDraft(event.purchaseId(), legs.legs(), List.of(), null);
    }

    static EntryDraft won(ChargebackWon event, Books books) {
        Lot lot = lotOf(event, event.lotId(), event.viewerId(), event.currency(), books);
        require(
                event.coins() >= 0 && event.amountMinor() > 0,
                event,
                "coins of 0 or more and an amount above 0");
        Asset currency = lot.currency();
        LegList legs = new LegList();
        legs.add(
                Accounts.viewerFrozen(event.viewerId()),
                Accounts.viewerPaid(event.viewerId()),
                event.coins());
        legs.add(
                Accounts.receivable(event.provider(), currency),
                new Account(Accounts.DISPUTES_RECEIVABLE, currency),
                currency.ofMinor(event.amountMinor()));
        return new EntryDraft(event.purchaseId(), legs.legs(), List.of(), null);
    }

    /**
     * The money is gone for good. The channel keeps its commission. Where a bank took another
     * amount than the sale's, somebody must look at the difference: it is in suspense.
     */
    static EntryDraft lost(ChargebackLost event, Books books) {
        Lot lot = lotOf(event, event.lotId(), event.viewerId(), event.currency(), books);
        Asset currency = lot.currency();
        Account disputes = new Account(Accounts.DISPUTES_RECEIVABLE, currency);
        long amount = currency.ofMinor(event.amountMinor());
        LegList legs = new LegList();
        if (event.frozenCoins() + event.coinsTaken() + event.coinsOwed() == 0) {
            // Refunded before: the buyer has the money twice.
            legs.add(new Account(Accounts.CHARGEBACK_COST, currency), disputes, amount);
            return new EntryDraft(event.purchaseId(), legs.legs(), List.of(), null);
        }
        LotUse rest = lot.close();
        require(
                event.frozenCoins() >= 0
                        && event.coinsTaken() >= 0
                        && Math.addExact(event.frozenCoins(), event.coinsTaken()) == rest.coins()
                        && event.coinsOwed() == lot.used(),
                event,
                "the unspent coins of the lot taken and the spent ones owed, of " + lot);
        addCoins(
                legs, event.viewerId(), event.coinsTaken(), event.frozenCoins(), event.coinsOwed());
        Map<Account, Long> money = new LinkedHashMap<>();
        long tax = currency.ofMinor(event.taxMinor());
        money.put(new Account(Accounts.CONTRACT_LIABILITY, currency), rest.revenue());
        money.put(new Account(Accounts.REFUNDS_CONTRA_REVENUE, currency), lot.recognised());
        money.put(new Account(Accounts.VAT_PAYABLE, currency), tax);
        money.put(disputes, -amount);
        money.put(new Account(Accounts.SUSPENSE, currency), amount - lot.price() - tax);
        legs.addBalanced(money);
        legs.add(
                Accounts.CHARGEBACK_COST,
                Accounts.DEFERRED_COMMISSION,
                currency,
                rest.commission());
        return new EntryDraft(event.purchaseId(), legs.legs(), uses(rest), null);
    }

    /** The coins of a closed lot: those that were left are gone, those that were spent are owed. */
    private static void addCoins(LegList legs, String viewer, long paid, long frozen, long owed) {
        legs.add(Accounts.viewerPaid(viewer), Accounts.COIN_REFUNDED, paid);
        legs.add(Accounts.viewerFrozen(viewer), Accounts.COIN_REFUNDED, frozen);
        legs.add(Accounts.viewerDebt(viewer), Accounts.COIN_REFUNDED, owed);
    }

    private static List<LotUse> uses(LotUse rest) {
        return rest.isNothing() ? List.of() : List.of(rest);
    }

    private static Lot lotOf(
            Object event, UUID lotId, String viewerId, String currency, Books books) {
        Lot lot = lotOf(event, lotId, viewerId, books);
        require(
                lot.currency().code().equals(currency),
                event,
                "the currency of its lot, " + lot.currency().code());
        return lot;
    }

    private static Lot lotOf(Object event, UUID lotId, String viewerId, Books books) {
        Lot lot = books.lot(lotId);
        if (lot == null || !lot.viewerId().equals(viewerId)) {
            throw new UnpostableEventException(
                    event + ": expected lot " + lotId + " to be the viewer's own, found " + lot);
        }
        return lot;
    }

    private static void require(boolean holds, Object event, String expected) {
        if (!holds) {
            throw new UnpostableEventException(event + ": expected " + expected);
        }
    }
}
