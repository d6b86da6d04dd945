package dev.confetti.gift.apple;

import com.apple.itunes.storekit.model.JWSTransactionDecodedPayload;
import com.apple.itunes.storekit.model.NotificationTypeV2;
import com.apple.itunes.storekit.model.ResponseBodyV2DecodedPayload;
import com.apple.itunes.storekit.model.RevocationType;
import com.apple.itunes.storekit.verification.SignedDataVerifier;
import com.apple.itunes.storekit.verification.VerificationException;
import com.apple.itunes.storekit.verification.VerificationStatus;
import dev.confetti.events.EventIds;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.purchase.Money;
import dev.confetti.gift.purchase.PaymentNotice;
import dev.confetti.gift.purchase.StoreSale;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the App Store signed, as our notices: <a
 * href="https://developer.apple.com/documentation/appstoreservernotifications">server notifications
 * version 2</a>, and transactions that an app hands in. All of it is verified by its chain of
 * certificates. Kinds that move no money of ours are passed over.
 */
final class AppleEvents {
    private static final String SIGNED_PAYLOAD = "signedPayload";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long MILLI = 1_000;

    private final SignedDataVerifier verifier;
    private final int commissionBps;
    private final boolean answersConsumption;

    /**
     * @param answersConsumption whether questions how much is spent are answered
     */
    AppleEvents(SignedDataVerifier verifier, int commissionBps, boolean answersConsumption) {
        this.verifier = verifier;
        this.commissionBps = commissionBps;
        this.answersConsumption = answersConsumption;
    }

    /** Reads a notification's body. */
    List<PaymentNotice> notification(byte[] body) {
        String signed = signedPayload(body);
        try {
            ResponseBodyV2DecodedPayload notification =
                    verifier.verifyAndDecodeNotification(signed);
            NotificationTypeV2 type = notification.getNotificationType();
            return switch (type) {
                case ONE_TIME_CHARGE -> told(transaction(notification));
                case REFUND -> refunded(transaction(notification));
                case REFUND_REVERSED -> reversed(notification, transaction(notification));
                case CONSUMPTION_REQUEST ->
                        answersConsumption
                                ? asked(notification, transaction(notification))
                                : List.of();
                case null, default -> List.of();
            };
        } catch (VerificationException e) {
            throw refused(ProblemType.SIGNATURE_INVALID, SIGNED_PAYLOAD, e);
        }
    }

    /** Reads a signed transaction that is said to be of a purchase. */
    List<PaymentNotice> receipt(UUID purchaseId, String signed) {
        try {
            JWSTransactionDecodedPayload transaction = verifier.verifyAndDecodeTransaction(signed);
            return List.of(
                    transaction.getRevocationDate() == null
                            ? sold(purchaseId, transaction)
                            : voided(purchaseId, transaction));
        } catch (VerificationException e) {
            throw refused(ProblemType.RECEIPT_INVALID, "receipt", e);
        }
    }

    private static String signedPayload(byte[] body) {
        try {
            JsonNode signed = JSON.readTree(body).get(SIGNED_PAYLOAD);
            if (signed != null && signed.isString()) {
                return signed.stringValue();
            }
        } catch (JacksonException e) {
            // falls through to the refusal
        }
        throw new RefusedException(
                ProblemType.MALFORMED_REQUEST,
                "body: expected a notification of version 2, an object with " + SIGNED_PAYLOAD);
    }

    private static RefusedException refused(
            ProblemType type, String what, VerificationException e) {
        VerificationStatus status = e.getStatus();
        if (status == VerificationStatus.RETRYABLE_VERIFICATION_FAILURE) {
            return new RefusedException(
                    ProblemType.UNAVAILABLE,
                    what + ": Apple does not say just now whether its certificate is revoked");
        }
        return new RefusedException(
                type,
                what
                        + ": expected what the App Store signed for this app, in this environment,"
                        + " by a chain that is valid, got "
                        + status);
    }

    private JWSTransactionDecodedPayload transaction(ResponseBodyV2DecodedPayload notification)
            throws VerificationException {
        return verifier.verifyAndDecodeTransaction(
                notification.getData().getSignedTransactionInfo());
    }

    private List<PaymentNotice> told(JWSTransactionDecodedPayload transaction) {
        return List.of(sold(purchaseId(transaction), transaction));
    }

    private static List<PaymentNotice> refunded(JWSTransactionDecodedPayload transaction) {
        return List.of(voided(purchaseId(transaction), transaction));
    }

    private static List<PaymentNotice> reversed(
            ResponseBodyV2DecodedPayload notification, JWSTransactionDecodedPayload transaction) {
        return List.of(
                new PaymentNotice.PayBackFailed(
                        notification.getNotificationUUID(),
                        purchaseId(transaction),
                        transaction.getTransactionId()));
    }

    private static List<PaymentNotice> asked(
            ResponseBodyV2DecodedPayload notification, JWSTransactionDecodedPayload transaction) {
        return List.of(
                new PaymentNotice.ConsumptionAsked(
                        notification.getNotificationUUID(),
                        purchaseId(transaction),
                        transaction.getTransactionId()));
    }

    /** One that an app made without our token is kept under a name of its own, for finance. */
    private static UUID purchaseId(JWSTransactionDecodedPayload transaction) {
        return Optional.ofNullable(transaction.getAppAccountToken())
                .orElseGet(
                        () ->
                                EventIds.of(
                                        "provider:" + AppleProvider.NAME,
                                        "transaction",
                                        transaction.getTransactionId()));
    }

    private PaymentNotice sold(UUID purchaseId, JWSTransactionDecodedPayload transaction) {
        String id = transaction.getTransactionId();
        Integer quantity = transaction.getQuantity();
        return new PaymentNotice.Sold(
                "sold-" + id + "-" + purchaseId,
                purchaseId,
                new StoreSale(
                        id,
                        transaction.getProductId(),
                        quantity == null ? 1 : quantity,
                        shown(transaction),
                        commissionBps,
                        transaction.getStorefront(),
                        null,
                        foreign(purchaseId, transaction).orElse(null)));
    }

    /** A refund that Apple took back may come again, at another time. */
    private static PaymentNotice voided(UUID purchaseId, JWSTransactionDecodedPayload transaction) {
        String id = transaction.getTransactionId();
        return new PaymentNotice.Voided(
                "voided-" + id + "-" + transaction.getRevocationDate() + "-" + purchaseId,
                purchaseId,
                id,
                foreign(purchaseId, transaction).or(() -> partial(transaction)).orElse(null));
    }

    private static Optional<String> foreign(
            UUID purchaseId, JWSTransactionDecodedPayload transaction) {
        UUID token = transaction.getAppAccountToken();
        return purchaseId.equals(token) || purchaseId.equals(purchaseId(transaction))
                ? Optional.empty()
                : Optional.of("appAccountToken " + token + ": expected " + purchaseId);
    }

    private static Optional<String> partial(JWSTransactionDecodedPayload transaction) {
        return transaction.getRevocationType() == RevocationType.REFUND_PRORATED
                ? Optional.of(
                        "paid back "
                                + transaction.getRevocationPercentage()
                                + " of 100000: expected the whole price")
                : Optional.empty();
    }

    /** Apple's prices are in thousandths of the currency. */
    private static @Nullable Money shown(JWSTransactionDecodedPayload transaction) {
        Long priceMilli = transaction.getPrice();
        String code = transaction.getCurrency();
        if (priceMilli == null || code == null) {
            return null;
        }
        try {
            int digits = Math.max(0, Currency.getInstance(code).getDefaultFractionDigits());
            long minorPerUnit = Math.powExact(10L, digits);
            return new Money(
                    Math.floorDiv(Math.multiplyExact(priceMilli, minorPerUnit), MILLI), code);
        } catch (IllegalArgumentException unknownCurrency) {
            return null;
        }
    }
}
