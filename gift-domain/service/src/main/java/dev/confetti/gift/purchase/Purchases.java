package dev.confetti.gift.purchase;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.EventIds;
import dev.confetti.events.EventType;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.purchase.PaymentNotices.Applied;
import dev.confetti.gift.purchase.PaymentProvider.Payment;
import dev.confetti.gift.purchase.PaymentProvider.Started;
import dev.confetti.gift.wallet.PurchaseStanding;
import dev.confetti.gift.wallet.PurchaseStandings;
import dev.confetti.gift.wallet.Refusals;
import dev.confetti.gift.wallet.Wallet;
import dev.confetti.gift.wallet.WalletCommand.AddPurchase;
import dev.confetti.gift.wallet.WalletRefusal;
import dev.confetti.gift.wallet.Wallets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sells coins: takes the money, then has the wallet record the purchase. */
public final class Purchases {
    private static final String OPERATION = "buy-coins";
    private static final String PACKAGE_ID = "packageId";

    private final CoinPackages packages;
    private final PaymentProviders providers;
    private final Wallets wallets;
    private final PurchaseStandings standings;
    private final Checkouts checkouts;
    private final OnceOnly onceOnly;
    private final EventLog log;
    private final EventTexts texts;
    private final InstantSource clock;

    public Purchases(
            CoinPackages packages,
            PaymentProviders providers,
            Wallets wallets,
            PurchaseStandings standings,
            Checkouts checkouts,
            OnceOnly onceOnly,
            EventLog log,
            EventTexts texts,
            InstantSource clock) {
        this.packages = packages;
        this.providers = providers;
        this.wallets = wallets;
        this.standings = standings;
        this.checkouts = checkouts;
        this.onceOnly = onceOnly;
        this.log = log;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * What a purchase is answered with.
     *
     * @param status {@code completed}, or {@code pending} until its buyer has paid
     * @param checkout where to pay; none when it is paid already
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Bought(UUID purchaseId, String status, @Nullable CheckoutLink checkout) {}

    /** Where a buyer pays. */
    public record CheckoutLink(String url) {}

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
        return new Bought(begun.purchaseId(), Purchase.PENDING, new CheckoutLink(begun.url()));
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
                case Started.Checkout(String reference, String url) -> {
                    Checkout begun =
                            new Checkout(
                                    purchaseId,
                                    viewerId,
                                    bought,
                                    provider.name(),
                                    reference,
                                    url,
                                    false,
                                    now());
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
                            now(),
                            viewerId,
                            bought.coins(),
                            bought.bonusCoins(),
                            bought.price().amountMinor(),
                            0,
                            0,
                            bought.price().currency(),
                            request.provider(),
                            "");
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
                                now(),
                                viewerId,
                                bought.coins(),
                                bought.bonusCoins(),
                                payment.priceMinor(),
                                payment.taxMinor(),
                                payment.commissionMinor(),
                                payment.currency(),
                                provider,
                                payment.reference()));
        if (done.decision() instanceof WalletRefusal refusal) {
            throw Refusals.of(refusal);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
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

    /** A purchase of anybody. */
    public Optional<Purchase> find(UUID purchaseId) {
        return wallets.event(purchaseId)
                .filter(row -> row.type().equals(EventType.COINS_PURCHASED.typeName()))
                .map(row -> purchase(row, standings.of(row.eventId()), texts.of(row.eventId())))
                .or(() -> checkouts.find(purchaseId).map(Purchase::of));
    }

    /** A viewer's purchases, latest first. */
    public Page<Purchase> of(String viewerId, PageRequest page) {
        List<LogRecord> rows =
                log.readStreamBackward(
                        Wallet.STREAM_TYPE,
                        viewerId,
                        page.before(),
                        Set.of(EventType.COINS_PURCHASED.typeName()),
                        page.limit() + 1);
        Map<UUID, Map<String, String>> allTexts =
                texts.of(rows.stream().map(LogRecord::eventId).toList());
        // A purchase is named after its event.
        Map<UUID, PurchaseStanding> allStandings =
                standings.of(rows.stream().map(LogRecord::eventId).toList());
        return Page.of(rows, page, LogRecord::sequence)
                .map(
                        row ->
                                purchase(
                                        row,
                                        allStandings.getOrDefault(
                                                row.eventId(), PurchaseStanding.SOUND),
                                        allTexts.getOrDefault(row.eventId(), Map.of())));
    }

    private static Purchase purchase(
            LogRecord row, PurchaseStanding standing, Map<String, String> rowTexts) {
        if (!(row.event() instanceof CoinsPurchased event)) {
            throw new IllegalStateException(
                    "position "
                            + row.position()
                            + " holds "
                            + row.type()
                            + ": expected a purchase");
        }
        return Purchase.of(row, event, standing, rowTexts.get(PACKAGE_ID));
    }
}
