package dev.confetti.gift.google;

import com.google.api.services.androidpublisher.model.Order;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.gift.google.DeveloperNotification.OneTimeProduct;
import dev.confetti.gift.google.DeveloperNotification.VoidedPurchase;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.purchase.CheckoutLink;
import dev.confetti.gift.purchase.CoinPackage;
import dev.confetti.gift.purchase.PaymentNotice;
import dev.confetti.gift.purchase.PaymentProvider;
import dev.confetti.gift.purchase.StoreSale;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Purchases in an app by Google Play: the app buys a product with our purchase's id as its
 * obfuscated account id. A developer notification, or the app's purchase token, only says where to
 * look: what counts is what the Android Publisher API shows. Thread-safe.
 *
 * <p>A payment's reference is the order's id. A purchase is consumed once its coins are credited;
 * what is not, Google pays back after three days.
 */
public final class GoogleProvider implements PaymentProvider {
    static final String NAME = "google";

    private static final Logger log = LoggerFactory.getLogger(GoogleProvider.class);
    private static final Set<String> PAID_BACK = Set.of("REFUNDED", "CANCELED");
    private static final String PARTLY_PAID_BACK = "PARTIALLY_REFUNDED";

    private final GoogleConfig config;
    private final PushTokens tokens;
    private final PlayApi api;

    /**
     * @throws IllegalArgumentException when the service account's key cannot be read
     */
    public GoogleProvider(GoogleConfig config, InstantSource clock) {
        this.config = config;
        this.tokens =
                new PushTokens(
                        config.keysUrl(), config.pushAudience(), config.pushAccount(), clock);
        this.api = new PlayApi(config);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Started start(UUID purchaseId, CoinPackage bought) {
        return new Started.Checkout(
                purchaseId.toString(),
                CheckoutLink.googlePlay(config.productPrefix() + bought.packageId(), purchaseId));
    }

    @Override
    public List<PaymentNotice> read(NoticeRequest request) {
        tokens.require(request.header("Authorization"));
        DeveloperNotification told = DeveloperNotification.of(request.body(), config.packageName());
        return switch (told) {
            case OneTimeProduct(String token) ->
                    known(token)
                            .map(bought -> notices(bought.purchaseId(), bought))
                            .orElse(List.of());
            case VoidedPurchase voided ->
                    known(voided.purchaseToken())
                            .map(bought -> List.of(paidBack(voided, bought)))
                            .orElse(List.of());
            case DeveloperNotification.Other _ -> List.of();
        };
    }

    @Override
    public List<PaymentNotice> readReceipt(UUID purchaseId, String receipt) {
        PlayPurchase bought =
                purchase(receipt)
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                ProblemType.RECEIPT_INVALID,
                                                "receipt: expected the token of a purchase in"
                                                        + " this app, Google knows no such"
                                                        + " purchase"));
        return notices(purchaseId, bought);
    }

    private Optional<PlayPurchase> known(String token) {
        Optional<PlayPurchase> bought = purchase(token);
        if (bought.isEmpty()) {
            log.warn("Google: told of a purchase that it does not know");
        }
        return bought;
    }

    private Optional<PlayPurchase> purchase(String token) {
        return api.purchase(token).map(shown -> PlayPurchase.of(token, shown));
    }

    private List<PaymentNotice> notices(UUID purchaseId, PlayPurchase bought) {
        return switch (bought.state()) {
            case PURCHASED -> List.of(sold(purchaseId, bought));
            case CANCELLED ->
                    // Somebody else's cancelled purchase does not end this one.
                    purchaseId.equals(bought.purchaseId())
                            ? List.of(new PaymentNotice.Failed("failed-" + purchaseId, purchaseId))
                            : List.of();
            case PENDING, UNKNOWN -> List.of();
        };
    }

    private PaymentNotice sold(UUID purchaseId, PlayPurchase bought) {
        return new PaymentNotice.Sold(
                "sold-" + bought.reference() + "-" + purchaseId,
                purchaseId,
                new StoreSale(
                        bought.reference(),
                        bought.productId(),
                        bought.quantity(),
                        null,
                        config.commissionBps(),
                        bought.regionCode(),
                        bought.token(),
                        bought.faultFor(purchaseId, config.testPurchases()).orElse(null)));
    }

    private PaymentNotice paidBack(VoidedPurchase voided, PlayPurchase bought) {
        String state = orderState(voided.orderId());
        boolean partly = !voided.wholly() || state.equals(PARTLY_PAID_BACK);
        if (!partly && !PAID_BACK.contains(state)) {
            throw new RefusedException(
                    ProblemType.UNAVAILABLE,
                    "Google: order "
                            + voided.orderId()
                            + " is "
                            + state
                            + ", not paid back; expected the notification again");
        }
        return new PaymentNotice.Voided(
                "voided-" + voided.orderId() + (partly ? "-partly" : ""),
                bought.purchaseId(),
                voided.orderId(),
                partly ? "paid back in part: expected the whole price" : null);
    }

    private String orderState(String orderId) {
        return api.order(orderId).map(Order::getState).orElse("unknown");
    }

    @Override
    public void confirm(PaymentNotice notice) {
        if (!(notice instanceof PaymentNotice.Sold sold) || sold.sale().token() == null) {
            return;
        }
        String token = sold.sale().token();
        if (!api.consume(sold.sale().productId(), token) && isWaiting(token)) {
            throw new RefusedException(
                    ProblemType.UNAVAILABLE,
                    "Google: the purchase " + sold.sale().reference() + " cannot be consumed yet");
        }
    }

    /** What was consumed before, or paid back meanwhile, needs nothing more. */
    private boolean isWaiting(String token) {
        return purchase(token)
                .filter(bought -> bought.state() == PlayPurchase.State.PURCHASED)
                .filter(bought -> !bought.consumed())
                .isPresent();
    }

    @Override
    public Refund refund(CoinsPurchased payment, UUID refundId) {
        String orderId = payment.providerReference();
        if (!api.refund(orderId) && !PAID_BACK.contains(orderState(orderId))) {
            throw new RefusedException(
                    ProblemType.REFUND_FAILED,
                    "purchase "
                            + payment.purchaseId()
                            + ": Google does not refund order "
                            + orderId
                            + "; expected one that is paid and not older than three years");
        }
        return new Refund(orderId, payment.commissionMinor());
    }
}
