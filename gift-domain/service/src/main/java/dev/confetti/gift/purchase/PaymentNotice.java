package dev.confetti.gift.purchase;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.confetti.gift.purchase.Chargebacks.Dispute;
import dev.confetti.gift.purchase.PaymentProvider.Payment;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a provider told us of a purchase, in our own words and without personal data. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PaymentNotice.Paid.class, name = "paid"),
    @JsonSubTypes.Type(value = PaymentNotice.Sold.class, name = "sold"),
    @JsonSubTypes.Type(value = PaymentNotice.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = PaymentNotice.PaidBack.class, name = "paid-back"),
    @JsonSubTypes.Type(value = PaymentNotice.Voided.class, name = "voided"),
    @JsonSubTypes.Type(value = PaymentNotice.PayBackFailed.class, name = "pay-back-failed"),
    @JsonSubTypes.Type(value = PaymentNotice.ConsumptionAsked.class, name = "consumption-asked"),
    @JsonSubTypes.Type(value = PaymentNotice.Disputed.class, name = "disputed"),
    @JsonSubTypes.Type(value = PaymentNotice.DisputeClosed.class, name = "dispute-closed")
})
public sealed interface PaymentNotice {

    /** The provider's name of the notice: the same for each repeat. */
    String noticeId();

    UUID purchaseId();

    /** The money is there. */
    record Paid(String noticeId, UUID purchaseId, Payment payment) implements PaymentNotice {
        public Paid {
            require(noticeId, purchaseId, payment, payment.reference(), payment.currency());
        }
    }

    /** A store sold what the purchase's checkout told the app to buy, and has the money. */
    record Sold(String noticeId, UUID purchaseId, StoreSale sale) implements PaymentNotice {
        public Sold {
            require(noticeId, purchaseId, sale, sale.reference(), sale.productId());
        }
    }

    /** The buyer did not pay, and cannot any more. */
    record Failed(String noticeId, UUID purchaseId) implements PaymentNotice {
        public Failed {
            require(noticeId, purchaseId);
        }
    }

    /**
     * Money went back to the buyer.
     *
     * @param refundId our name for the refund, when we asked for it
     * @param reference the refund's name at the provider
     * @param amountMinor in minor units, tax included
     * @param commissionReturnedMinor what the provider gave back of its commission
     */
    record PaidBack(
            String noticeId,
            UUID purchaseId,
            @Nullable UUID refundId,
            String reference,
            long amountMinor,
            long commissionReturnedMinor)
            implements PaymentNotice {
        public PaidBack {
            require(noticeId, purchaseId, reference);
        }
    }

    /**
     * A store gave the whole price back to the buyer, and its commission to us.
     *
     * @param reference the sale's name at the store
     * @param fault why it is not so; null when it is
     */
    record Voided(String noticeId, UUID purchaseId, String reference, @Nullable String fault)
            implements PaymentNotice {
        public Voided {
            require(noticeId, purchaseId, reference);
        }
    }

    /**
     * A store that is asked for a refund asks how much is spent.
     *
     * @param reference the sale's name at the store
     */
    record ConsumptionAsked(String noticeId, UUID purchaseId, String reference)
            implements PaymentNotice {
        public ConsumptionAsked {
            require(noticeId, purchaseId, reference);
        }
    }

    /** Money that was given back to the buyer did not arrive, or was taken from them again. */
    record PayBackFailed(String noticeId, UUID purchaseId, String reference)
            implements PaymentNotice {
        public PayBackFailed {
            require(noticeId, purchaseId, reference);
        }
    }

    /** The buyer's bank took the money back for now. */
    record Disputed(String noticeId, Dispute dispute) implements PaymentNotice {
        public Disputed {
            require(
                    noticeId,
                    dispute,
                    dispute.purchaseId(),
                    dispute.reference(),
                    dispute.currency());
        }

        @Override
        public UUID purchaseId() {
            return dispute.purchaseId();
        }
    }

    /** The dispute is over; won: in our favour. */
    record DisputeClosed(String noticeId, Dispute dispute, boolean won) implements PaymentNotice {
        public DisputeClosed {
            require(
                    noticeId,
                    dispute,
                    dispute.purchaseId(),
                    dispute.reference(),
                    dispute.currency());
        }

        @Override
        public UUID purchaseId() {
            return dispute.purchaseId();
        }
    }

    /** Jackson leaves what is missing null. */
    private static void require(@Nullable Object... components) {
        for (Object component : components) {
            if (component == null) {
                throw new IllegalArgumentException(
                        "expected all of a notice's properties, one is missing");
            }
        }
    }
}
