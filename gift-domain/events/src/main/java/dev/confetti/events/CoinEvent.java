package dev.confetti.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a viewer's coins, and to the right to spend them, other than by gifts; topic
 * {@code confetti.coins}.
 */
public sealed interface CoinEvent extends ConfettiEvent {

    String viewerId();

    @Override
    default String key() {
        return viewerId();
    }

    /**
     * A purchase was paid and its coins are in the wallet as one lot of {@code coins + bonusCoins}.
     *
     * @param priceMinor price before tax, in minor units of {@code currency}
     * @param taxMinor tax on top of the price, in minor units
     * @param commissionMinor what the channel keeps, in minor units
     * @param currency ISO 4217 code
     * @param provider such as {@code sandbox}, {@code stripe}, {@code apple}
     * @param providerReference the payment's name at the provider
     * @param taxCountry where the buyer was taxed, as the provider says: ISO 3166-1 alpha-2; null
     *     when it does not say, and in events from before it was added
     */
    record CoinsPurchased(
            UUID purchaseId,
            UUID lotId,
            String viewerId,
            long coins,
            long bonusCoins,
            long priceMinor,
            long taxMinor,
            long commissionMinor,
            String currency,
            String provider,
            String providerReference,
            @Nullable String taxCountry)
            implements CoinEvent {

        /** Coins of the lot, bonus included. */
        public long lotCoins() {
            return Math.addExact(coins, bonusCoins);
        }
    }

    /**
     * Promo coins were given without payment.
     *
     * @param reason free text, added by the relay
     */
    record CoinsGranted(UUID grantId, String viewerId, long coins, @Nullable String reason)
            implements CoinEvent {}

    /**
     * A purchase was paid back: the unspent coins of its lot are gone, the spent ones are owed.
     *
     * @param coinsTaken unspent coins of the lot, the frozen ones included
     * @param frozenCoins those of {@code coinsTaken} that an open chargeback had frozen
     * @param coinsOwed coins of the lot that were spent: the viewer's debt grows by them
     * @param amountMinor what the buyer got back, tax included, in minor units of {@code currency}
     * @param commissionReturnedMinor what the channel gave back of its commission, in minor units
     * @param providerReference the refund's name at the provider
     * @param reason free text, added by the relay
     */
    record PurchaseRefunded(
            UUID refundId,
            UUID purchaseId,
            UUID lotId,
            String viewerId,
            long coinsTaken,
            long frozenCoins,
            long coinsOwed,
            long amountMinor,
            long commissionReturnedMinor,
            String currency,
            String provider,
            String providerReference,
            @Nullable String reason)
            implements CoinEvent {}

    /**
     * Coins went to pay what the viewer owed.
     *
     * @param coins of all lots and {@code promoCoins}
     * @param lots paid lots that paid, in the order of use
     * @param promoCoins coins that nobody paid for
     */
    record CoinDebtRecovered(
            UUID recoveryId, String viewerId, long coins, List<LotShare> lots, long promoCoins)
            implements CoinEvent {
        public CoinDebtRecovered {
            lots = List.copyOf(lots);
        }
    }

    /**
     * The buyer's bank disputes a purchase: the unspent coins of its lot are frozen, and the
     * provider has taken the money back for the time being.
     *
     * @param frozenCoins unspent coins of the lot
     * @param amountMinor what is disputed, in minor units of {@code currency}
     * @param feeMinor what the provider charges for the dispute, however it ends
     * @param providerReference the dispute's name at the provider
     */
    record ChargebackOpened(
            UUID chargebackId,
            UUID purchaseId,
            UUID lotId,
            String viewerId,
            long frozenCoins,
            long amountMinor,
            long feeMinor,
            String currency,
            String provider,
            String providerReference)
            implements CoinEvent {}

    /**
     * The dispute ended in our favour: frozen coins are back in their lot, the money comes back.
     *
     * @param coins what was still frozen
     * @param amountMinor what was disputed, in minor units of {@code currency}
     */
    record ChargebackWon(
            UUID chargebackId,
            UUID purchaseId,
            UUID lotId,
            String viewerId,
            long coins,
            long amountMinor,
            String currency,
            String provider)
            implements CoinEvent {}

    /**
     * The dispute ended against us: the coins of the lot are gone, the spent ones are owed. All
     * three are 0 for a purchase that had been refunded before.
     *
     * @param frozenCoins what was frozen, and is gone
     * @param coinsTaken unspent coins that came back to the lot during the dispute, and are gone
     * @param coinsOwed coins of the lot that were spent: the viewer's debt grows by them
     * @param amountMinor what was disputed, in minor units of {@code currency}
     * @param taxMinor the part of {@code amountMinor} that was tax of the sale
     */
    record ChargebackLost(
            UUID chargebackId,
            UUID purchaseId,
            UUID lotId,
            String viewerId,
            long frozenCoins,
            long coinsTaken,
            long coinsOwed,
            long amountMinor,
            long taxMinor,
            String currency,
            String provider)
            implements CoinEvent {}

    /**
     * The wallet may not spend.
     *
     * @param reason free text, added by the relay
     */
    record WalletBlocked(String viewerId, @Nullable String reason) implements CoinEvent {}

    /**
     * The wallet may spend again.
     *
     * @param reason free text, added by the relay
     */
    record WalletUnblocked(String viewerId, @Nullable String reason) implements CoinEvent {}

    /**
     * A viewer chose how many coins to spend on gifts in a day at most.
     *
     * @param coinsPerDay per UTC day; 0: none at all; null: no limit of the viewer's own
     * @param effectiveAt the first instant at which it counts; until then the choice before it does
     */
    record SpendingLimitSet(String viewerId, @Nullable Long coinsPerDay, Instant effectiveAt)
            implements CoinEvent {}
}
