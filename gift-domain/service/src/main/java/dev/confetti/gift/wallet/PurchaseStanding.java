package dev.confetti.gift.wallet;

import java.util.Optional;
import java.util.UUID;

/**
 * What became of a purchase after its coins were in the wallet.
 *
 * @param refundId the refund's event; empty without one
 * @param chargeback the last one
 * @param frozenCoins of its lot, while a chargeback is open
 */
public record PurchaseStanding(
        Optional<UUID> refundId, Optional<Chargeback> chargeback, long frozenCoins) {
    /** Nothing happened to it. */
    public static final PurchaseStanding SOUND =
            new PurchaseStanding(Optional.empty(), Optional.empty(), 0);

    /** How a dispute stands. */
    public enum ChargebackState {
        OPEN,
        WON,
        LOST
    }

    /**
     * A dispute of the buyer's bank.
     *
     * @param chargebackId the event that opened it
     */
    public record Chargeback(UUID chargebackId, ChargebackState state) {}

    public boolean isRefunded() {
        return refundId.isPresent();
    }

    public boolean isChargedBack() {
        return chargeback.filter(each -> each.state() == ChargebackState.LOST).isPresent();
    }

    /** The chargeback that is open. */
    public Optional<Chargeback> openChargeback() {
        return chargeback.filter(each -> each.state() == ChargebackState.OPEN);
    }
}
