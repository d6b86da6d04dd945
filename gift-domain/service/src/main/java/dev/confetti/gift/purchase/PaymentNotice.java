package dev.confetti.gift.purchase;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.confetti.gift.purchase.Chargebacks.Dispute;
import dev.confetti.gift.purchase.PaymentProvider.Payment;
import java.util.UUID;

/** What a provider told us of a purchase, in our own words and without personal data. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PaymentNotice.Paid.class, name = "paid"),
    @JsonSubTypes.Type(value = PaymentNotice.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = PaymentNotice.PaidBack.class, name = "paid-back"),
    @JsonSubTypes.Type(value = PaymentNotice.Disputed.class, name = "disputed"),
    @JsonSubTypes.Type(value = PaymentNotice.DisputeClosed.class, name = "dispute-closed")
})
public sealed interface PaymentNotice {

    /** The provider's name of the notice: the same for each repeat. */
    String noticeId();

    UUID purchaseId();

    /** The money is there. */
    record Paid(String noticeId, UUID purchaseId, Payment payment) implements PaymentNotice {}

    /** The buyer did not pay, and cannot any more. */
    record Failed(String noticeId, UUID purchaseId) implements PaymentNotice {}

    /**
     * Money went back to the buyer.
     *
     * @param reference the refund's name at the provider
     * @param amountMinor in minor units, tax included
     * @param commissionReturnedMinor what the provider gave back of its commission
     */
    record PaidBack(
            String noticeId,
            UUID purchaseId,
            String reference,
            long amountMinor,
            long commissionReturnedMinor)
            implements PaymentNotice {}

    /** The buyer's bank took the money back for now. */
    record Disputed(String noticeId, Dispute dispute) implements PaymentNotice {
        @Override
        public UUID purchaseId() {
            return dispute.purchaseId();
        }
    }

    /** The dispute is over; won: in our favour. */
    record DisputeClosed(String noticeId, Dispute dispute, boolean won) implements PaymentNotice {
        @Override
        public UUID purchaseId() {
            return dispute.purchaseId();
        }
    }
}
