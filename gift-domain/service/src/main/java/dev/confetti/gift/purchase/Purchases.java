package dev.confetti.gift.purchase;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.EventIds;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.purchase.PaymentNotice.Sold;
import dev.confetti.gift.purchase.PaymentNotices.Applied;
import dev.confetti.gift.purchase.PaymentProvider.Payment;
import dev.confetti.gift.purchase.PaymentProvider.Started;
import dev.confetti.gift.wallet.Refusals;
import dev.confetti.gift.wallet.WalletCommand.AddPurchase;
import dev.confetti.gift.wallet.WalletRefusal;
import dev.confetti.gift.wallet.Wallets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sells coins: takes the money, then has the wallet record the purchase. */
public final class Purchases {
    private static final String OPERATION = "buy-coins";
    static final String PACKAGE_ID = "packageId";

    private final CoinPackages packages;
    private final PaymentProviders providers;
    private final Wallets wallets;
    private final Checkouts checkouts;
    private final OnceOnly onceOnly;
    private final InstantSource clock;

    public Purchases(
            CoinPackages packages,
            PaymentProviders providers,
            Wallets wallets,
            Checkouts checkouts,
            OnceOnly onceOnly,
            InstantSource clock) {
        this.packages = packages;
        this.providers = providers;
        this.wallets = wallets;
        this.checkouts = checkouts;
        this.onceOnly = onceOnly;
        this.clock = clock;
    }

    /**
     * What a purchase is answered with.
     *
     * @param status {@code completed}, or {@code pending} until its buyer has paid
     * @param checkout how to pay; none when it is paid already
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Bought(UUID purchaseId, String status, @Nullable CheckoutLink checkout) {}

    /** Buys a package. */
    public Answer<Bought> buy(String viewerId, IdempotencyKey key, BuyCoinsRequest request) {
        UUID purchaseId = EventIds.of(viewerId, OPERATION, key.value());
        Buying buying = new Buying(viewerId, purchaseId, request);
        Answer<Bought> answer = onceOnly.answer(buying);
        return new Answer<>(answer.body(), answer.repeated() || buying.begunBefore);
    }

    private static Bought pendingAgain(Checkout begun, BuyCoinsRequest request) {
        if (!begun.bought().packageId().equals(request.packageId())
                || !begun.provider().equals(request.provider())) {
            throw new RefusedException(
                    ProblemType.IDEMPOTENCY_KEY_REUSED,
                    "Idempotency-Key: this key came before with other content; expected the same"
                            + " content, or a new key");
        }
        return pending(begun);
    }

    private static Bought pending(Checkout begun) {
        return new Bought(begun.purchaseId(), Purchase.PENDING, begun.link());
    }

    private final class Buying implements OnceOnly.Request<Bought> {
        private final String viewerId;
        private final UUID purchaseId;
        private final BuyCoinsRequest request;

        /** Whether its checkout was there already: the log knows of it only once it is paid. */
        private boolean begunBefore;

        private Buying(String viewerId, UUID purchaseId, BuyCoinsRequest request) {
            this.viewerId = viewerId;
            this.purchaseId = purchaseId;
            this.request = request;
        }

        @Override
        public UUID eventId() {
            return purchaseId;
        }

        @Override
        public boolean reachesOutside() {
            return true;
        }

        @Override
        public Map<String, String> texts() {
            return Map.of(PACKAGE_ID, request.packageId());
        }

        @Override
        public Bought perform() {
            Optional<Checkout> before = checkouts.find(purchaseId);
            if (before.isPresent()) {
                begunBefore = true;
                return pendingAgain(before.get(), request);
            }
            CoinPackage bought = requirePackage(request.packageId());
            PaymentProvider provider = providers.requireSelling(request.provider());
            requireRoom(bought);
            return switch (provider.start(purchaseId, bought)) {
                case Started.Paid(Payment payment) -> {
                    credit(purchaseId, viewerId, bought, provider.name(), payment);
                    yield new Bought(purchaseId, Purchase.COMPLETED, null);
                }
                case Started.Checkout(String reference, CheckoutLink link) -> {
                    Checkout begun =
                            new Checkout(
                                    purchaseId,
                                    viewerId,
                                    bought,
                                    provider.name(),
                                    reference,
                                    link,
                                    false,
                                    clock.instant());
                    checkouts.add(begun);
                    yield pending(begun);
                }
            };
        }

        /** Nobody is to pay for what the wallet cannot take. */
        private void requireRoom(CoinPackage bought) {
            AddPurchase free =
                    new AddPurchase(
                            purchaseId,
                            clock.instant(),
                            viewerId,
                            bought.coins(),
                            bought.bonusCoins(),
                            bought.price().amountMinor(),
                            0,
                            0,
                            bought.price().currency(),
                            request.provider(),
                            "",
                            null);
            if (wallets.preview(free) instanceof WalletRefusal refusal) {
                throw Refusals.of(refusal);
            }
        }

        @Override
        public boolean isSameAs(LogRecord recorded, Map<String, String> recordedTexts) {
            return recorded.event() instanceof CoinsPurchased event
                    && event.provider().equals(request.provider())
                    && request.packageId().equals(recordedTexts.get(PACKAGE_ID));
        }

        @Override
        public Bought answerAgain(LogRecord recorded) {
            return checkouts
                    .find(recorded.eventId())
                    .map(Purchases::pending)
                    .orElseGet(() -> new Bought(recorded.eventId(), Purchase.COMPLETED, null));
        }
    }

    private void credit(
            UUID purchaseId,
            String viewerId,
            CoinPackage bought,
            String provider,
            Payment payment) {
        Wallets.Done done =
                wallets.perform(
                        new AddPurchase(
                                purchaseId,
                                clock.instant(),
                                viewerId,
                                bought.coins(),
                                bought.bonusCoins(),
                                payment.priceMinor(),
                                payment.taxMinor(),
                                payment.commissionMinor(),
                                payment.currency(),
                                provider,
                                payment.reference(),
                                TaxCountry.of(provider, payment)));
        if (done.decision() instanceof WalletRefusal refusal) {
            throw Refusals.of(refusal);
        }
    }

    /** The provider has the money of a purchase that began as a checkout. */
    Applied paid(String provider, UUID purchaseId, Payment payment) {
        Optional<Checkout> found = checkouts.find(purchaseId);
        if (found.isEmpty()) {
            return new Applied.Waits("the purchase is not there");
        }
        Checkout checkout = found.get();
        Money price = checkout.bought().price();
        if (!checkout.provider().equals(provider)
                || price.amountMinor() != payment.priceMinor()
                || !price.currency().equals(payment.currency())
                || !Money.isSensible(payment.taxMinor())
                || !Money.isSensible(payment.commissionMinor())) {
            return new Applied.Contradicted(
                    "paid "
                            + payment
                            + " to "
                            + provider
                            + ": expected "
                            + price
                            + " to "
                            + checkout.provider());
        }
        try {
            onceOnly.answer(new Crediting(checkout, payment));
            return new Applied.Done();
        } catch (RefusedException e) {
            return switch (e.problemType()) {
                case IDEMPOTENCY_KEY_REUSED ->
                        new Applied.Contradicted("paid a second time: " + payment + "; refund it");
                case WALLET_FULL ->
                        new Applied.Waits("paid, but the wallet is full: " + e.getMessage(), true);
                default -> throw e;
            };
        }
    }

    /** A store has the money of a purchase that began as a checkout. */
    Applied sold(String provider, Sold notice) {
        Optional<Checkout> found = checkouts.find(notice.purchaseId());
        if (found.isEmpty()) {
            return new Applied.Waits(
                    "sold " + notice.sale().productId() + ", but the purchase is not there", true);
        }
        Checkout checkout = found.get();
        StoreSale sale = notice.sale();
        String fault = sale.faultFor(checkout);
        if (fault != null) {
            return new Applied.Contradicted(fault);
        }
        Money price = checkout.bought().price();
        return paid(
                provider,
                notice.purchaseId(),
                new Payment(
                        sale.reference(),
                        price.amountMinor(),
                        price.currency(),
                        0,
                        sale.commissionMinor(price.amountMinor()),
                        sale.storefront()));
    }

    private final class Crediting implements OnceOnly.Request<UUID> {
        private final Checkout checkout;
        private final Payment payment;

        private Crediting(Checkout checkout, Payment payment) {
            this.checkout = checkout;
            this.payment = payment;
        }

        @Override
        public UUID eventId() {
            return checkout.purchaseId();
        }

        @Override
        public Map<String, String> texts() {
            return Map.of(PACKAGE_ID, checkout.bought().packageId());
        }

        @Override
        public UUID perform() {
            credit(
                    checkout.purchaseId(),
                    checkout.viewerId(),
                    checkout.bought(),
                    checkout.provider(),
                    payment);
            return checkout.purchaseId();
        }

        @Override
        public boolean isSameAs(LogRecord recorded, Map<String, String> recordedTexts) {
            return recorded.event() instanceof CoinsPurchased event
                    && event.provider().equals(checkout.provider())
                    && event.providerReference().equals(payment.reference());
        }

        @Override
        public UUID answerAgain(LogRecord recorded) {
            return recorded.eventId();
        }
    }

    private CoinPackage requirePackage(String packageId) {
        return packages.named(packageId)
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        ProblemType.UNKNOWN_PACKAGE,
                                        "packageId \""
                                                + packageId
                                                + "\": expected one of GET /v1/coin-packages"));
    }
}
