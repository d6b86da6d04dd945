package dev.confetti.gift.purchase;

import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A port to who takes the money. */
public interface PaymentProvider {

    /** The name in {@code POST /v1/coin-purchases}, such as {@code sandbox}. */
    String name();

    /**
     * Begins a payment. The same purchase may come again and must be charged once.
     *
     * @param purchaseId our name for the payment
     * @throws RefusedException when the provider does not do it
     */
    Started start(UUID purchaseId, CoinPackage bought);

    /** How a payment goes on. */
    sealed interface Started {
        /** The money is there. */
        record Paid(Payment payment) implements Started {}

        /**
         * The buyer is to pay elsewhere; a notice tells how it ended.
         *
         * @param reference the payment's name at the provider
         * @param link how the buyer pays
         */
        record Checkout(String reference, CheckoutLink link) implements Started {}
    }

    /**
     * Gives the money back, tax included. The same purchase may come again and must be paid back
     * once.
     *
     * @param payment as it was recorded
     * @param refundId our name for the refund
     * @throws RefusedException when the provider does not do it
     */
    Refund refund(CoinsPurchased payment, UUID refundId);

    /**
     * What the provider tells by a request of its own.
     *
     * @return empty when it is nothing that concerns us
     * @throws RefusedException {@code signature-invalid}, {@code malformed-request}, or {@code
     *     unavailable} when it is to be sent again
     */
    List<PaymentNotice> read(NoticeRequest request);

    /**
     * What the provider gave the buyer's app for a purchase, which the app hands in.
     *
     * @param purchaseId the purchase that it is said to be of
     * @return empty when it says nothing yet, such as of a payment that is pending
     * @throws RefusedException {@code receipt-invalid}, or {@code unavailable} when it is to be
     *     handed in again
     */
    default List<PaymentNotice> readReceipt(UUID purchaseId, String receipt) {
        throw new RefusedException(
                ProblemType.RECEIPT_INVALID,
                "purchase " + purchaseId + ": expected no receipt, " + name() + " gives none");
    }

    /**
     * Tells the provider that its notice had its effect. The same notice may come again.
     *
     * @throws RefusedException {@code unavailable} when it is to be told again
     */
    default void confirm(PaymentNotice notice) {}

    /**
     * Tells the provider how much of a purchase is spent.
     *
     * @return why it does not take the answer; empty when it does
     * @throws RefusedException {@code unavailable} when it is to be told again
     */
    default Optional<String> tellSpent(PaymentNotice.ConsumptionAsked asked, SpentShare spent) {
        throw new IllegalStateException(name() + " asked how much is spent, and takes no answer");
    }

    /** A request of the provider. */
    interface NoticeRequest {
        /** A header's value; null without one. */
        @Nullable String header(String name);

        /** The body, as it was signed. */
        byte[] body();
    }

    /**
     * Money that was given back.
     *
     * @param reference the refund's name at the provider
     * @param commissionReturnedMinor what the provider gave back of its commission, in minor units
     */
    record Refund(String reference, long commissionReturnedMinor) {}

    /**
     * Money that was taken.
     *
     * @param reference the payment's name at the provider
     * @param priceMinor before tax, in minor units of {@code currency}
     * @param currency ISO 4217 code
     * @param taxMinor tax on top of the price, in minor units
     * @param commissionMinor what the provider keeps of the price, in minor units
     * @param taxCountry where the buyer was taxed, as the provider writes it; null when it does not
     *     say
     */
    record Payment(
            String reference,
            long priceMinor,
            String currency,
            long taxMinor,
            long commissionMinor,
            @Nullable String taxCountry) {}
}
