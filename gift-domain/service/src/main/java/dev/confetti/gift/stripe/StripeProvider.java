package dev.confetti.gift.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData;
import com.stripe.param.checkout.SessionCreateParams.PaymentIntentData;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.purchase.CheckoutLink;
import dev.confetti.gift.purchase.CoinPackage;
import dev.confetti.gift.purchase.PaymentNotice;
import dev.confetti.gift.purchase.PaymentProvider;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Card payments by Stripe: the buyer pays on Stripe's checkout page, signed webhooks tell what came
 * of it. Thread-safe.
 *
 * <p>A payment intent carries our purchase's id in its metadata, so that whatever Stripe says about
 * it later leads back to the purchase. A payment's reference is the payment intent's id.
 */
public final class StripeProvider implements PaymentProvider {
    /** The metadata's key for our purchase. */
    static final String PURCHASE_ID = "confettiPurchaseId";

    /** The metadata's key for our refund. */
    static final String REFUND_ID = "confettiRefundId";

    private static final Logger log = LoggerFactory.getLogger(StripeProvider.class);
    private static final int TIMEOUT_MS = 15_000;
    private static final int RETRIES = 2;
    private static final String REFUNDED_BEFORE = "charge_already_refunded";
    private static final String DISPUTED = "charge_disputed";

    private final StripeConfig config;
    private final StripeClient stripe;
    private final StripeEvents events;

    public StripeProvider(StripeConfig config, InstantSource clock) {
        this.config = config;
        this.stripe =
                StripeClient.builder()
                        .setApiKey(config.apiKey())
                        .setApiBase(config.apiUrl().toString())
                        .setConnectTimeout(TIMEOUT_MS)
                        .setReadTimeout(TIMEOUT_MS)
                        .setMaxNetworkRetries(RETRIES)
                        .build();
        this.events = new StripeEvents(stripe, config.webhookSecret(), clock);
    }

    @Override
    public String name() {
        return "stripe";
    }

    @Override
    public Started start(UUID purchaseId, CoinPackage bought) {
        String back = config.returnUrl() + "?purchase=" + purchaseId;
        PriceData price =
                PriceData.builder()
                        .setCurrency(bought.price().currency().toLowerCase(Locale.ROOT))
                        .setUnitAmount(bought.price().amountMinor())
                        .setTaxBehavior(PriceData.TaxBehavior.EXCLUSIVE)
                        .setProductData(
                                PriceData.ProductData.builder()
                                        .setName(
                                                Math.addExact(bought.coins(), bought.bonusCoins())
                                                        + " coins")
                                        .build())
                        .build();
        SessionCreateParams session =
                SessionCreateParams.builder()
                        .setMode(SessionCreateParams.Mode.PAYMENT)
                        .setClientReferenceId(purchaseId.toString())
                        .putMetadata(PURCHASE_ID, purchaseId.toString())
                        .addLineItem(LineItem.builder().setQuantity(1L).setPriceData(price).build())
                        .setAutomaticTax(
                                SessionCreateParams.AutomaticTax.builder()
                                        .setEnabled(config.automaticTax())
                                        .build())
                        .setPaymentIntentData(
                                PaymentIntentData.builder()
                                        .putMetadata(PURCHASE_ID, purchaseId.toString())
                                        // Otherwise the fee is not known yet when the notice comes.
                                        .setCaptureMethod(PaymentIntentData.CaptureMethod.AUTOMATIC)
                                        .build())
                        .setSuccessUrl(back)
                        .setCancelUrl(back)
                        .build();
        try {
            Session begun =
                    stripe.v1()
                            .checkout()
                            .sessions()
                            .create(session, once("checkout-" + purchaseId));
            return new Started.Checkout(begun.getId(), CheckoutLink.page(begun.getUrl()));
        } catch (StripeException e) {
            throw unavailable("a checkout cannot be begun", e);
        }
    }

    @Override
    public Refund refund(CoinsPurchased payment, UUID refundId) {
        RefundCreateParams refund =
                RefundCreateParams.builder()
                        .setPaymentIntent(payment.providerReference())
                        .putMetadata(PURCHASE_ID, payment.purchaseId().toString())
                        .putMetadata(REFUND_ID, refundId.toString())
                        .build();
        try {
            com.stripe.model.Refund made =
                    stripe.v1().refunds().create(refund, once("refund-" + refundId));
            if (!isOnItsWay(made.getStatus())) {
                throw new RefusedException(
                        ProblemType.REFUND_FAILED,
                        "purchase "
                                + payment.purchaseId()
                                + ": Stripe says of the refund "
                                + made.getId()
                                + " that it is "
                                + made.getStatus()
                                + "; expected it to be made, try again with another key");
            }
            return refunded(made);
        } catch (StripeException e) {
            if (REFUNDED_BEFORE.equals(e.getCode())) {
                return refundedBefore(payment);
            }
            if (DISPUTED.equals(e.getCode())) {
                throw new RefusedException(
                        ProblemType.CHARGEBACK_OPEN,
                        "purchase "
                                + payment.purchaseId()
                                + ": Stripe says that the buyer's bank disputes it; expected one"
                                + " that nobody disputes");
            }
            throw unavailable("the money cannot be given back", e);
        }
    }

    /** Somebody gave the money back at Stripe's dashboard. */
    private Refund refundedBefore(CoinsPurchased payment) {
        try {
            for (com.stripe.model.Refund made :
                    stripe.v1()
                            .refunds()
                            .list(
                                    RefundListParams.builder()
                                            .setPaymentIntent(payment.providerReference())
                                            .build())
                            .getData()) {
                if (isOnItsWay(made.getStatus())) {
                    return refunded(made);
                }
            }
        } catch (StripeException e) {
            throw unavailable("refunds cannot be read", e);
        }
        throw new RefusedException(
                ProblemType.UNAVAILABLE,
                "purchase "
                        + payment.purchaseId()
                        + ": Stripe says that it was refunded before, and shows no refund");
    }

    /** {@code requires_action}, {@code failed} and {@code canceled} are not. */
    static boolean isOnItsWay(@Nullable String status) {
        return "succeeded".equals(status) || "pending".equals(status);
    }

    /** Stripe keeps its fees. */
    private static Refund refunded(com.stripe.model.Refund made) {
        return new Refund(made.getId(), 0);
    }

    @Override
    public List<PaymentNotice> read(NoticeRequest request) {
        return events.read(request);
    }

    /** Stripe lets a request have effect once under such a key. */
    private static RequestOptions once(String key) {
        return RequestOptions.builder().setIdempotencyKey("confetti-" + key).build();
    }

    static RefusedException unavailable(String what, StripeException e) {
        log.warn("Stripe: {}: {}", what, e.getMessage());
        return new RefusedException(
                ProblemType.UNAVAILABLE, "Stripe: " + what + " just now; repeat the request");
    }
}
