package dev.confetti.gift.purchase;

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
import dev.confetti.gift.purchase.PaymentProvider.Payment;
import dev.confetti.gift.wallet.Refusals;
import dev.confetti.gift.wallet.Wallet;
import dev.confetti.gift.wallet.WalletCommand.AddPurchase;
import dev.confetti.gift.wallet.WalletRefusal;
import dev.confetti.gift.wallet.Wallets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Sells coins: takes the money, then has the wallet record the purchase. */
public final class Purchases {
    private static final String OPERATION = "buy-coins";
    private static final String PACKAGE_ID = "packageId";

    private final CoinPackages packages;
    private final List<PaymentProvider> providers;
    private final Wallets wallets;
    private final OnceOnly onceOnly;
    private final EventLog log;
    private final EventTexts texts;
    private final InstantSource clock;

    public Purchases(
            CoinPackages packages,
            List<PaymentProvider> providers,
            Wallets wallets,
            OnceOnly onceOnly,
            EventLog log,
            EventTexts texts,
            InstantSource clock) {
        this.packages = packages;
        this.providers = List.copyOf(providers);
        this.wallets = wallets;
        this.onceOnly = onceOnly;
        this.log = log;
        this.texts = texts;
        this.clock = clock;
    }

    /** What a purchase is answered with. */
    public record Bought(UUID purchaseId, String status) {}

    /** Buys a package. */
    public Answer<Bought> buy(String viewerId, IdempotencyKey key, BuyCoinsRequest request) {
        return onceOnly.answer(
                new Buying(viewerId, EventIds.of(viewerId, OPERATION, key.value()), request));
    }

    private final class Buying implements OnceOnly.Request<Bought> {
        private final String viewerId;
        private final UUID purchaseId;
        private final BuyCoinsRequest request;

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
        public Map<String, String> texts() {
            return Map.of(PACKAGE_ID, request.packageId());
        }

        @Override
        public Bought perform() {
            CoinPackage bought = requirePackage(request.packageId());
            PaymentProvider provider = requireProvider(request.provider());
            Payment payment = provider.pay(purchaseId, bought.price());
            Wallets.Done done =
                    wallets.perform(
                            new AddPurchase(
                                    purchaseId,
                                    clock.instant().truncatedTo(ChronoUnit.MICROS),
                                    viewerId,
                                    bought.coins(),
                                    bought.bonusCoins(),
                                    bought.price().amountMinor(),
                                    payment.taxMinor(),
                                    payment.commissionMinor(),
                                    bought.price().currency(),
                                    provider.name(),
                                    payment.reference()));
            if (done.decision() instanceof WalletRefusal refusal) {
                throw Refusals.of(refusal);
            }
            return new Bought(purchaseId, Purchase.COMPLETED);
        }

        @Override
        public boolean isSameAs(LogRecord recorded, Map<String, String> recordedTexts) {
            return recorded.event() instanceof CoinsPurchased event
                    && event.provider().equals(request.provider())
                    && request.packageId().equals(recordedTexts.get(PACKAGE_ID));
        }

        @Override
        public Bought answerAgain(LogRecord recorded) {
            return new Bought(recorded.eventId(), Purchase.COMPLETED);
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

    private PaymentProvider requireProvider(String name) {
        return providers.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        ProblemType.UNKNOWN_PROVIDER,
                                        "provider \""
                                                + name
                                                + "\": expected one of "
                                                + providers.stream()
                                                        .map(PaymentProvider::name)
                                                        .toList()));
    }

    /** A purchase of anybody. */
    public Optional<Purchase> find(UUID purchaseId) {
        return wallets.event(purchaseId)
                .filter(row -> row.type().equals(EventType.COINS_PURCHASED.typeName()))
                .map(row -> purchase(row, texts.of(row.eventId())));
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
        return Page.of(rows, page, LogRecord::sequence)
                .map(row -> purchase(row, allTexts.getOrDefault(row.eventId(), Map.of())));
    }

    private static Purchase purchase(LogRecord row, Map<String, String> rowTexts) {
        if (!(row.event() instanceof CoinsPurchased event)) {
            throw new IllegalStateException(
                    "position "
                            + row.position()
                            + " holds "
                            + row.type()
                            + ": expected a purchase");
        }
        return Purchase.of(row, event, rowTexts.get(PACKAGE_ID));
    }
}
