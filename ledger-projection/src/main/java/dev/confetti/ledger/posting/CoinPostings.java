package dev.confetti.ledger.posting;

import dev.confetti.events.CoinEvent.CoinsGranted;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import java.util.List;

/** Coins that come into a wallet. */
final class CoinPostings {
    private CoinPostings() {}

    static EntryDraft purchased(long position, CoinsPurchased event, Books books) {
        require(
                event.coins() > 0
                        && event.bonusCoins() >= 0
                        && event.priceMinor() >= 0
                        && event.taxMinor() >= 0
                        && event.commissionMinor() >= 0,
                event,
                "coins above 0, and no negative amount");
        require(books.lot(event.lotId()) == null, event, "a lot that is not there yet");
        Asset currency = Asset.fiat(event.currency());
        long price = currency.ofMinor(event.priceMinor());
        long tax = currency.ofMinor(event.taxMinor());
        long commission = currency.ofMinor(event.commissionMinor());
        Account receivable = Accounts.receivable(event.provider(), currency);
        Account deferred = new Account(Accounts.DEFERRED_COMMISSION, currency);
        Account liability = new Account(Accounts.CONTRACT_LIABILITY, currency);

        LegList legs = new LegList();
        legs.add(
                Accounts.COIN_ISSUED_PAID, Accounts.viewerPaid(event.viewerId()), event.lotCoins());
        long commissionFromPrice = Math.min(commission, price);
        legs.add(receivable, liability, price - commissionFromPrice);
        legs.add(deferred, liability, commissionFromPrice);
        // A channel with a fixed fee can keep more than a small sale brings: we then owe it.
        legs.add(deferred, receivable, commission - commissionFromPrice);
        legs.add(receivable, new Account(Accounts.VAT_PAYABLE, currency), tax);
        return new EntryDraft(
                event.purchaseId(),
                legs.legs(),
                List.of(),
                Lot.opened(
                        position,
                        event.lotId(),
                        event.viewerId(),
                        currency,
                        event.lotCoins(),
                        price,
                        commission));
    }

    static EntryDraft granted(CoinsGranted event) {
        require(event.coins() > 0, event, "coins above 0");
        LegList legs = new LegList();
        legs.add(Accounts.COIN_ISSUED_PROMO, Accounts.viewerPromo(event.viewerId()), event.coins());
        return new EntryDraft(event.grantId(), legs.legs(), List.of(), null);
    }

    private static void require(boolean holds, Object event, String expected) {
        if (!holds) {
            throw new UnpostableEventException(event + ": expected " + expected);
        }
    }
}
