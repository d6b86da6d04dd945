package dev.confetti.gift.purchase;

import java.util.UUID;

/** A port to who takes the money. */
public interface PaymentProvider {

    /** The name in {@code POST /v1/coin-purchases}, such as {@code sandbox}. */
    String name();

    /**
     * Takes the money, at once. The same purchase may come again and must not be charged again.
     *
     * @param purchaseId our name for the payment
     */
    Payment pay(UUID purchaseId, Money price);

    /**
     * Money that was taken.
     *
     * @param reference the payment's name at the provider
     * @param taxMinor tax on top of the price, in its currency's minor units
     * @param commissionMinor what the provider keeps of the price, in minor units
     */
    record Payment(String reference, long taxMinor, long commissionMinor) {}
}
