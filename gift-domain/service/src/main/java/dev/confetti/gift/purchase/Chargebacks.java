package dev.confetti.gift.purchase;

import dev.confetti.events.CoinEvent.ChargebackOpened;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.EventIds;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.DuplicateEventException;
import dev.confetti.gift.wallet.PurchaseStanding;
import dev.confetti.gift.wallet.PurchaseStandings;
import dev.confetti.gift.wallet.WalletCommand.CloseChargeback;
import dev.confetti.gift.wallet.WalletCommand.OpenChargeback;
import dev.confetti.gift.wallet.Wallets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * Records what banks do with purchases that their buyers dispute, as the payment's provider says.
 *
 * <p>A dispute is named by the provider. Its events' ids derive from that name, so that a repeated
 * notice has effect once. A notice of the end that comes before that of the begin opens the dispute
 * first; one of the begin that comes after the end changes nothing.
 */
public final class Chargebacks {
    private static final String OPEN = "open-chargeback";
    private static final String CLOSE = "close-chargeback";

    private final Wallets wallets;
    private final PurchaseStandings standings;
    private final InstantSource clock;

    public Chargebacks(Wallets wallets, PurchaseStandings standings, InstantSource clock) {
        this.wallets = wallets;
        this.standings = standings;
        this.clock = clock;
    }

    /**
     * A dispute, as its provider tells of it.
     *
     * @param purchaseId the purchase that is disputed
     * @param reference the dispute's name at the provider
     * @param amountMinor what is disputed, in minor units of {@code currency}
     * @param feeMinor what the provider charges for it
     * @param currency ISO 4217 code
     */
    public record Dispute(
            UUID purchaseId, String reference, long amountMinor, long feeMinor, String currency) {}

    /** What a notice led to. */
    public enum Effect {
        RECORDED,
        /** It had effect before. */
        REPEATED,
        /** There is no such purchase here. */
        UNKNOWN_PURCHASE,
        /**
         * The purchase has another chargeback that is open or lost, or this one ended otherwise; or
         * it is not of the purchase's provider, currency and whole price.
         */
        CONTRADICTED
    }

    /**
     * The bank disputes a purchase.
     *
     * @param provider who says so
     */
    public Effect open(String provider, Dispute dispute) {
        Optional<CoinsPurchased> purchase = wallets.purchase(dispute.purchaseId());
        return purchase.isEmpty()
                ? Effect.UNKNOWN_PURCHASE
                : open(purchase.get(), provider, dispute);
    }

    /** A part of the price says nothing about which of the coins it is for. */
    private static boolean fits(CoinsPurchased purchase, String provider, Dispute dispute) {
        return purchase.provider().equals(provider)
                && purchase.currency().equals(dispute.currency())
                && dispute.amountMinor() >= purchase.priceMinor()
                && dispute.amountMinor() > 0
                && Money.isSensible(dispute.amountMinor())
                && Money.isSensible(dispute.feeMinor());
    }

    private Effect open(CoinsPurchased purchase, String provider, Dispute dispute) {
        if (!fits(purchase, provider, dispute)) {
            return Effect.CONTRADICTED;
        }
        UUID chargebackId = eventId(purchase, OPEN, dispute);
        if (wallets.event(chargebackId).isPresent()) {
            return Effect.REPEATED;
        }
        try {
            wallets.correct(
                    purchase.viewerId(),
                    seen -> {
                        requireNoOther(purchase.purchaseId());
                        return new OpenChargeback(
                                chargebackId,
                                clock.instant(),
                                purchase,
                                dispute.amountMinor(),
                                dispute.feeMinor(),
                                dispute.reference(),
                                seen);
                    });
            return Effect.RECORDED;
        } catch (DuplicateEventException e) {
            return Effect.REPEATED;
        } catch (ContradictedException e) {
            return wallets.event(chargebackId).isPresent() ? Effect.REPEATED : Effect.CONTRADICTED;
        }
    }

    /**
     * The dispute is over.
     *
     * @param provider who says so
     * @param won whether in our favour
     */
    public Effect close(String provider, Dispute dispute, boolean won) {
        Optional<CoinsPurchased> found = wallets.purchase(dispute.purchaseId());
        if (found.isEmpty()) {
            return Effect.UNKNOWN_PURCHASE;
        }
        CoinsPurchased purchase = found.get();
        if (open(purchase, provider, dispute) == Effect.CONTRADICTED) {
            return Effect.CONTRADICTED;
        }
        UUID chargebackId = eventId(purchase, OPEN, dispute);
        UUID closeId = eventId(purchase, CLOSE + (won ? "-won" : "-lost"), dispute);
        ChargebackOpened opened =
                wallets.event(chargebackId)
                        .map(LogRecord::event)
                        .filter(ChargebackOpened.class::isInstance)
                        .map(ChargebackOpened.class::cast)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "chargeback " + chargebackId + " was not opened"));
        try {
            wallets.correct(
                    purchase.viewerId(),
                    seen -> {
                        PurchaseStanding standing = standings.of(purchase.purchaseId());
                        if (!isOpen(standing, chargebackId)) {
                            throw new ContradictedException();
                        }
                        return new CloseChargeback(
                                closeId,
                                clock.instant(),
                                purchase,
                                opened,
                                won,
                                standing.frozenCoins(),
                                standing.isRefunded(),
                                seen);
                    });
            return Effect.RECORDED;
        } catch (DuplicateEventException e) {
            return Effect.REPEATED;
        } catch (ContradictedException e) {
            return wallets.event(closeId).isPresent() ? Effect.REPEATED : Effect.CONTRADICTED;
        }
    }

    private static boolean isOpen(PurchaseStanding standing, UUID chargebackId) {
        return standing.openChargeback()
                .filter(open -> open.chargebackId().equals(chargebackId))
                .isPresent();
    }

    private void requireNoOther(UUID purchaseId) {
        PurchaseStanding standing = standings.of(purchaseId);
        if (standing.openChargeback().isPresent() || standing.isChargedBack()) {
            throw new ContradictedException();
        }
    }

    private static UUID eventId(CoinsPurchased purchase, String operation, Dispute dispute) {
        return EventIds.of("provider:" + purchase.provider(), operation, dispute.reference());
    }

    /** The notice does not fit what is recorded. */
    private static final class ContradictedException extends RuntimeException {
        private ContradictedException() {
            super("the notice does not fit what is recorded", null, false, false);
        }
    }
}
