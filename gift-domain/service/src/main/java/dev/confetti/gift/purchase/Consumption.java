package dev.confetti.gift.purchase;

import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.purchase.PaymentNotice.ConsumptionAsked;
import dev.confetti.gift.purchase.PaymentNotices.Applied;
import dev.confetti.gift.wallet.Lot;
import dev.confetti.gift.wallet.PurchaseStanding;
import dev.confetti.gift.wallet.PurchaseStandings;
import dev.confetti.gift.wallet.Wallets;
import java.util.Optional;

/** Tells a store, which is asked for a refund, how much of a purchase is spent. */
public final class Consumption {
    private final PaymentProviders providers;
    private final Wallets wallets;
    private final PurchaseStandings standings;

    public Consumption(PaymentProviders providers, Wallets wallets, PurchaseStandings standings) {
        this.providers = providers;
        this.wallets = wallets;
        this.standings = standings;
    }

    Applied answer(String provider, ConsumptionAsked asked) {
        Optional<CoinsPurchased> found = wallets.purchase(asked.purchaseId());
        if (found.isEmpty()) {
            return new Applied.Waits("the purchase is not paid yet");
        }
        CoinsPurchased purchase = found.get();
        if (!purchase.provider().equals(provider)
                || !purchase.providerReference().equals(asked.reference())) {
            return new Applied.Contradicted(
                    "asked about payment "
                            + asked.reference()
                            + " by "
                            + provider
                            + ": expected "
                            + purchase.providerReference()
                            + " by "
                            + purchase.provider());
        }
        PurchaseStanding standing = standings.of(asked.purchaseId());
        if (standing.isRefunded()) {
            return new Applied.Done();
        }
        try {
            return providers
                    .require(provider)
                    .tellSpent(asked, spent(purchase, standing))
                    .<Applied>map(Applied.Contradicted::new)
                    .orElseGet(Applied.Done::new);
        } catch (RefusedException e) {
            if (e.problemType() == ProblemType.UNAVAILABLE) {
                return new Applied.Waits(String.valueOf(e.getMessage()), true);
            }
            throw e;
        }
    }

    /** What is neither in the lot nor held back by a dispute was spent, if only to pay a debt. */
    private SpentShare spent(CoinsPurchased purchase, PurchaseStanding standing) {
        long unspent =
                wallets.current(purchase.viewerId()).lots().stream()
                        .filter(lot -> lot.lotId().equals(purchase.lotId()))
                        .mapToLong(Lot::coins)
                        .sum();
        long coins = purchase.lotCoins();
        return new SpentShare(coins - unspent - standing.frozenCoins(), coins);
    }
}
