package dev.confetti.gift.wallet;

import dev.confetti.events.GiftEvent.GiftSent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a wallet can be told to do; ids and time come with the command. Free texts do not: they are
 * kept beside the log.
 */
public sealed interface WalletCommand {

    String viewerId();

    /** The id of the event that the command leads to. */
    UUID eventId();

    /** When it happens. */
    Instant at();

    /**
     * Sends a gift.
     *
     * @param quantity 1 to 9,999
     * @param unitCoins price of one, at the catalogue's version
     */
    record SendGift(
            UUID eventId,
            Instant at,
            String viewerId,
            String liveId,
            String creatorId,
            String giftId,
            String giftName,
            int tier,
            int quantity,
            long unitCoins,
            int catalogueVersion)
            implements WalletCommand {}

    /**
     * Puts the coins of a paid purchase into the wallet.
     *
     * @param coins bought, without the bonus
     */
    record AddPurchase(
            UUID eventId,
            Instant at,
            String viewerId,
            long coins,
            long bonusCoins,
            long priceMinor,
            long taxMinor,
            long commissionMinor,
            String currency,
            String provider,
            String providerReference)
            implements WalletCommand {}

    /** Gives promo coins. */
    record GrantCoins(UUID eventId, Instant at, String viewerId, long coins)
            implements WalletCommand {}

    /**
     * Takes a sent gift back, whole.
     *
     * @param reversalsSeen how many reversals the wallet had when it was seen, before it was found
     *     that the gift is not among the reversed ones
     */
    record ReverseGift(UUID eventId, Instant at, GiftSent gift, Instant sentAt, long reversalsSeen)
            implements WalletCommand {
        @Override
        public String viewerId() {
            return gift.viewerId();
        }
    }

    /** Stops the wallet from spending. */
    record BlockWallet(UUID eventId, Instant at, String viewerId) implements WalletCommand {}

    /**
     * Sets the viewer's own limit.
     *
     * @param coinsPerDay 0 or more; null: none
     */
    record SetSpendingLimit(UUID eventId, Instant at, String viewerId, @Nullable Long coinsPerDay)
            implements WalletCommand {}

    /** Lets the wallet spend again. */
    record UnblockWallet(UUID eventId, Instant at, String viewerId) implements WalletCommand {}
}
