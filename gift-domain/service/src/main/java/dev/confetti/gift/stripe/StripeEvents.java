package dev.confetti.gift.stripe;

import com.google.gson.JsonParseException;
import com.stripe.StripeClient;
import com.stripe.exception.EventDataObjectDeserializationException;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.exception.StripeException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.StripeObject;
import com.stripe.model.checkout.Session;
import com.stripe.net.ApiResource;
import com.stripe.net.Webhook;
import com.stripe.param.PaymentIntentRetrieveParams;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.purchase.Chargebacks;
import dev.confetti.gift.purchase.PaymentNotice;
import dev.confetti.gift.purchase.PaymentProvider.NoticeRequest;
import dev.confetti.gift.purchase.PaymentProvider.Payment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stripe's webhook events as our notices: <a
 * href="https://docs.stripe.com/webhooks#verify-events">signed</a>, not older than five minutes.
 * Events of payments that are not ours, and of kinds that move no money, are passed over.
 */
final class StripeEvents {
    private static final String SIGNATURE = "Stripe-Signature";
    private static final long TOLERANCE_SECONDS = 300;
    private static final String PAID = "paid";

    private final StripeClient stripe;
    private final String secret;
    private final InstantSource clock;

    StripeEvents(StripeClient stripe, String secret, InstantSource clock) {
        this.stripe = stripe;
        this.secret = secret;
        this.clock = clock;
    }

    List<PaymentNotice> read(NoticeRequest request) {
        Event event = verified(request);
        try {
            return notice(event).map(List::of).orElse(List.of());
        } catch (EventDataObjectDeserializationException e) {
            throw malformed("event " + event.getId() + " of type " + event.getType(), e);
        } catch (StripeException e) {
            throw StripeProvider.unavailable("event " + event.getId() + " cannot be looked up", e);
        }
    }

    private Event verified(NoticeRequest request) {
        String signature = request.header(SIGNATURE);
        String body = new String(request.body(), StandardCharsets.UTF_8);
        try {
            Webhook.Signature.verifyHeader(
                    body,
                    signature == null ? "" : signature,
                    secret,
                    TOLERANCE_SECONDS,
                    Clock.fixed(clock.instant(), ZoneOffset.UTC));
        } catch (SignatureVerificationException | RuntimeException e) {
            // The library falls over a header that is none.
            throw new RefusedException(
                    ProblemType.SIGNATURE_INVALID,
                    SIGNATURE
                            + ": expected Stripe's signature of this body, made within "
                            + TOLERANCE_SECONDS
                            + " seconds: "
                            + e.getMessage());
        }
        Event event;
        try {
            event = ApiResource.GSON.fromJson(body, Event.class);
        } catch (JsonParseException e) {
            throw malformed("body", e);
        }
        if (event == null || event.getId() == null || event.getType() == null) {
            throw malformed("body", null);
        }
        return event;
    }

    private static RefusedException malformed(String what, @Nullable Exception e) {
        return new RefusedException(
                ProblemType.MALFORMED_REQUEST,
                what + ": expected an event of Stripe" + (e == null ? "" : ": " + e.getMessage()));
    }

    private Optional<PaymentNotice> notice(Event event) throws StripeException {
        return switch (event.getType()) {
            case "checkout.session.completed", "checkout.session.async_payment_succeeded" ->
                    paid(event, object(event, Session.class));
            case "checkout.session.expired", "checkout.session.async_payment_failed" ->
                    ours(object(event, Session.class).getMetadata())
                            .map(purchaseId -> new PaymentNotice.Failed(event.getId(), purchaseId));
            case "refund.created", "refund.updated", "refund.failed" ->
                    paidBack(event, object(event, Refund.class));
            case "charge.dispute.funds_withdrawn" -> {
                Dispute dispute = object(event, Dispute.class);
                yield ours(dispute).map(ours -> new PaymentNotice.Disputed(event.getId(), ours));
            }
            case "charge.dispute.closed" -> closed(event, object(event, Dispute.class));
            default -> Optional.empty();
        };
    }

    private static <T extends StripeObject> T object(Event event, Class<T> type)
            throws EventDataObjectDeserializationException {
        // The account may be set to an older version of the API than this library's.
        StripeObject object = event.getDataObjectDeserializer().deserializeUnsafe();
        if (!type.isInstance(object)) {
            throw malformed("event " + event.getId() + " of type " + event.getType(), null);
        }
        return type.cast(object);
    }

    private static Optional<UUID> ours(@Nullable Map<String, String> metadata) {
        return ours(metadata, StripeProvider.PURCHASE_ID);
    }

    private static Optional<UUID> ours(@Nullable Map<String, String> metadata, String key) {
        String id = metadata == null ? null : metadata.get(key);
        try {
            return id == null ? Optional.empty() : Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<PaymentNotice> paid(Event event, Session session) throws StripeException {
        Optional<UUID> purchaseId = ours(session.getMetadata());
        // A payment by bank transfer is complete when its own event says so.
        if (purchaseId.isEmpty() || !PAID.equals(session.getPaymentStatus())) {
            return Optional.empty();
        }
        String currency = session.getCurrency().toUpperCase(Locale.ROOT);
        long subtotal = session.getAmountSubtotal();
        return Optional.of(
                new PaymentNotice.Paid(
                        event.getId(),
                        purchaseId.get(),
                        new Payment(
                                session.getPaymentIntent(),
                                subtotal,
                                currency,
                                session.getAmountTotal() - subtotal,
                                feeMinor(session.getPaymentIntent(), currency),
                                taxCountry(session))));
    }

    /**
     * Where the buyer said to be billed, which is what <a
     * href="https://docs.stripe.com/tax/customer-locations">Stripe taxes by</a> here, where nothing
     * is shipped.
     */
    private static @Nullable String taxCountry(Session session) {
        Session.CustomerDetails buyer = session.getCustomerDetails();
        return buyer == null || buyer.getAddress() == null ? null : buyer.getAddress().getCountry();
    }

    private long feeMinor(String paymentIntentId, String currency) throws StripeException {
        PaymentIntent intent =
                stripe.v1()
                        .paymentIntents()
                        .retrieve(
                                paymentIntentId,
                                PaymentIntentRetrieveParams.builder()
                                        .addExpand("latest_charge.balance_transaction")
                                        .build());
        Charge charge = intent.getLatestChargeObject();
        BalanceTransaction moved = charge == null ? null : charge.getBalanceTransactionObject();
        if (moved == null) {
            throw new RefusedException(
                    ProblemType.UNAVAILABLE,
                    "Stripe: the fee of "
                            + paymentIntentId
                            + " is not known yet; expected the event again");
        }
        return inCurrency(moved, moved.getFee(), currency);
    }

    /** Fees are in the account's own currency. */
    private static long inCurrency(BalanceTransaction moved, long amountMinor, String currency) {
        BigDecimal rate = moved.getExchangeRate();
        if (moved.getCurrency().toUpperCase(Locale.ROOT).equals(currency) || rate == null) {
            return amountMinor;
        }
        return BigDecimal.valueOf(amountMinor)
                .divide(rate, 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private Optional<PaymentNotice> paidBack(Event event, Refund refund) throws StripeException {
        Optional<UUID> purchaseId = ours(refund.getMetadata(), StripeProvider.PURCHASE_ID);
        if (purchaseId.isEmpty()) {
            purchaseId = ofPayment(refund.getPaymentIntent());
        }
        if (purchaseId.isEmpty()) {
            return Optional.empty();
        }
        if (!StripeProvider.isOnItsWay(refund.getStatus())) {
            return Optional.of(
                    new PaymentNotice.PayBackFailed(
                            event.getId(), purchaseId.get(), refund.getId()));
        }
        return Optional.of(
                new PaymentNotice.PaidBack(
                        event.getId(),
                        purchaseId.get(),
                        ours(refund.getMetadata(), StripeProvider.REFUND_ID).orElse(null),
                        refund.getId(),
                        refund.getAmount(),
                        0));
    }

    private Optional<PaymentNotice> closed(Event event, Dispute dispute) throws StripeException {
        boolean won = "won".equals(dispute.getStatus());
        // Others, such as a closed inquiry, never moved money.
        if (!won && !"lost".equals(dispute.getStatus())) {
            return Optional.empty();
        }
        return ours(dispute).map(ours -> new PaymentNotice.DisputeClosed(event.getId(), ours, won));
    }

    private Optional<Chargebacks.Dispute> ours(Dispute dispute) throws StripeException {
        String currency = dispute.getCurrency().toUpperCase(Locale.ROOT);
        long fee = 0;
        if (dispute.getBalanceTransactions() != null) {
            for (BalanceTransaction moved : dispute.getBalanceTransactions()) {
                fee += Math.max(0, inCurrency(moved, moved.getFee(), currency));
            }
        }
        long feeMinor = fee;
        return ofPayment(dispute.getPaymentIntent())
                .map(
                        purchaseId ->
                                new Chargebacks.Dispute(
                                        purchaseId,
                                        dispute.getId(),
                                        dispute.getAmount(),
                                        feeMinor,
                                        currency));
    }

    /** A payment intent has our purchase's id, which its refunds and disputes have not. */
    private Optional<UUID> ofPayment(@Nullable String paymentIntentId) throws StripeException {
        return paymentIntentId == null
                ? Optional.empty()
                : ours(stripe.v1().paymentIntents().retrieve(paymentIntentId).getMetadata());
    }
}
