package dev.confetti.events;

import java.time.Instant;
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
            String providerReference)
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
