package dev.confetti.gift.wallet;

import dev.confetti.events.CoinEvent.ChargebackOpened;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.GiftEvent.GiftSent;
import java.time.Instant;
import java.util.Set;
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
     * @param taxCountry ISO 3166-1 alpha-2; null when it is not known
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
            String providerReference,
            @Nullable String taxCountry)
            implements WalletCommand {}

    /** Gives promo coins. */
    record GrantCoins(UUID eventId, Instant at, String viewerId, long coins)
            implements WalletCommand {}

    /**
     * A command that changes what is past, of which the wallet itself keeps no more than a count:
     * the sender looks up the rest, in tables beside the log.
     */
    sealed interface Correction extends WalletCommand {
        /**
         * How many corrections the wallet had when it was seen, before the tables were: what they
         * lack is then not among these, and the wallet takes the command only while it counts no
         * more.
         */
        long correctionsSeen();
    }

    /**
     * Takes a sent gift back, whole; it was not reversed before.
     *
     * @param closedLots those of the gift's lots that were refunded or charged back
     * @param sentPosition of the gift in the log
     * @param earningsReleased whether the creator's earnings of it were released
     * @param revalued what its diamonds are worth since the creator's last revaluation; null while
     *     they are worth what the gift says
     */
    record ReverseGift(
            UUID eventId,
            Instant at,
            GiftSent gift,
            Instant sentAt,
            long sentPosition,
            Set<UUID> closedLots,
            boolean earningsReleased,
            @Nullable Worth revalued,
            long correctionsSeen)
            implements Correction {
        public ReverseGift {
            closedLots = Set.copyOf(closedLots);
        }

        /** Of a gift whose creator's earnings were not revalued. */
        public ReverseGift(
                UUID eventId,
                Instant at,
                GiftSent gift,
                Instant sentAt,
                long sentPosition,
                Set<UUID> closedLots,
                boolean earningsReleased,
                long correctionsSeen) {
            this(
                    eventId,
                    at,
                    gift,
                    sentAt,
                    sentPosition,
                    closedLots,
                    earningsReleased,
                    null,
                    correctionsSeen);
        }

        @Override
        public String viewerId() {
            return gift.viewerId();
        }
    }

    /**
     * Takes the coins of a purchase whose money went back; its lot is not closed.
     *
     * @param frozenCoins of its lot, by a chargeback that is open
     * @param amountMinor what the buyer got back, tax included
     * @param commissionReturnedMinor what the channel gave back of its commission
     * @param providerReference the refund's name at the provider
     */
    record RefundPurchase(
            UUID eventId,
            Instant at,
            CoinsPurchased purchase,
            long frozenCoins,
            long amountMinor,
            long commissionReturnedMinor,
            String providerReference,
            long correctionsSeen)
            implements Correction {
        @Override
        public String viewerId() {
            return purchase.viewerId();
        }
    }

    /**
     * Freezes what is left of a disputed purchase; no other chargeback of it is open.
     *
     * @param amountMinor what is disputed
     * @param feeMinor what the provider charges for it
     * @param providerReference the dispute's name at the provider
     */
    record OpenChargeback(
            UUID eventId,
            Instant at,
            CoinsPurchased purchase,
            long amountMinor,
            long feeMinor,
            String providerReference,
            long correctionsSeen)
            implements Correction {
        @Override
        public String viewerId() {
            return purchase.viewerId();
        }
    }

    /**
     * Ends a chargeback that is open.
     *
     * @param won whether in our favour
     * @param frozenCoins what is still frozen by it
     * @param refunded whether the purchase was refunded, so that its coins are gone already
     */
    record CloseChargeback(
            UUID eventId,
            Instant at,
            CoinsPurchased purchase,
            ChargebackOpened opened,
            boolean won,
            long frozenCoins,
            boolean refunded,
            long correctionsSeen)
            implements Correction {
        @Override
        public String viewerId() {
            return purchase.viewerId();
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
