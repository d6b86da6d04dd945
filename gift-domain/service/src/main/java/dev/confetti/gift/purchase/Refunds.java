package dev.confetti.gift.purchase;

import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.CoinEvent.PurchaseRefunded;
import dev.confetti.events.EventIds;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.http.PathIds;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.sending.Reasons;
import dev.confetti.gift.wallet.PurchaseStanding;
import dev.confetti.gift.wallet.PurchaseStandings;
import dev.confetti.gift.wallet.WalletCommand.RefundPurchase;
import dev.confetti.gift.wallet.WalletDecision.Accepted;
import dev.confetti.gift.wallet.Wallets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Gives money back for purchases: first the provider does, then the wallet records it. */
public final class Refunds {
    static final String OPERATION = "refund-purchase";

    private final PaymentProviders providers;
    private final Wallets wallets;
    private final PurchaseStandings standings;
    private final OnceOnly onceOnly;
    private final InstantSource clock;

    public Refunds(
            PaymentProviders providers,
            Wallets wallets,
            PurchaseStandings standings,
            OnceOnly onceOnly,
            InstantSource clock) {
        this.providers = providers;
        this.wallets = wallets;
        this.standings = standings;
        this.onceOnly = onceOnly;
        this.clock = clock;
    }

    /**
     * What a refund is answered with.
     *
     * @param coinsTaken unspent coins of the purchase, which are gone
     * @param coinsOwed spent ones, which the viewer owes: other paid coins pay them at once, those
     *     that come later pay the rest
     * @param amount what the buyer gets back, tax included
     * @param position of the refund in the log
     */
    public record Refunded(
            UUID refundId,
            UUID purchaseId,
            String status,
            long coinsTaken,
            long coinsOwed,
            Money amount,
            long position) {
        static Refunded of(PurchaseRefunded event, long position) {
            return new Refunded(
                    event.refundId(),
                    event.purchaseId(),
                    Purchase.REFUNDED,
                    event.coinsTaken(),
                    event.coinsOwed(),
                    new Money(event.amountMinor(), event.currency()),
                    position);
        }
    }

    /** Refunds a purchase, whole. */
    public Answer<Refunded> refund(
            String staffId, IdempotencyKey key, String purchaseId, String reason) {
        return onceOnly.answer(
                new Refunding(EventIds.of(staffId, OPERATION, key.value()), purchaseId, reason));
    }

    /** What a refund that the provider made is to the wallet. */
    static RefundPurchase command(
            UUID refundId,
            Instant at,
            CoinsPurchased purchase,
            PurchaseStanding standing,
            PaymentProvider.Refund refund,
            long correctionsSeen) {
        return new RefundPurchase(
                refundId,
                at,
                purchase,
                standing.frozenCoins(),
                amountMinor(purchase),
                refund.commissionReturnedMinor(),
                refund.reference(),
                correctionsSeen);
    }

    /** What the buyer paid. */
    static long amountMinor(CoinsPurchased purchase) {
        return Math.addExact(purchase.priceMinor(), purchase.taxMinor());
    }

    static Refunded recorded(Wallets.Done done) {
        if (done.decision() instanceof Accepted(PurchaseRefunded refunded, _)) {
            return Refunded.of(refunded, done.position().orElseThrow());
        }
        throw new IllegalStateException("a refund gave " + done.decision());
    }

    private final class Refunding implements OnceOnly.Request<Refunded> {
        private final UUID refundId;
        private final String purchaseId;
        private final String reason;

        private Refunding(UUID refundId, String purchaseId, String reason) {
            this.refundId = refundId;
            this.purchaseId = purchaseId;
            this.reason = reason;
        }

        @Override
        public UUID eventId() {
            return refundId;
        }

        @Override
        public boolean reachesOutside() {
            return true;
        }

        @Override
        public Map<String, String> texts() {
            return Map.of(Reasons.FIELD, reason);
        }

        @Override
        public Refunded perform() {
            CoinsPurchased purchase = requirePurchase();
            try {
                return recorded(
                        wallets.correct(purchase.viewerId(), seen -> paidBack(purchase, seen)));
            } catch (RefusedException e) {
                return toldBefore(purchase).orElseThrow(() -> e);
            }
        }

        /** The provider's notice of this very refund may be faster than we are. */
        private Optional<Refunded> toldBefore(CoinsPurchased purchase) {
            return standings
                    .of(purchase.purchaseId())
                    .refundId()
                    .filter(refundId::equals)
                    .flatMap(wallets::event)
                    .map(this::answerAgain);
        }

        /** The provider pays once, however often this is asked for the same purchase. */
        private RefundPurchase paidBack(CoinsPurchased purchase, long correctionsSeen) {
            PurchaseStanding standing = standings.of(purchase.purchaseId());
            requireRefundable(standing);
            PaymentProvider.Refund refund =
                    providers.require(purchase.provider()).refund(purchase, refundId);
            return command(refundId, clock.instant(), purchase, standing, refund, correctionsSeen);
        }

        private void requireRefundable(PurchaseStanding standing) {
            if (standing.isRefunded()) {
                throw new RefusedException(
                        ProblemType.ALREADY_REFUNDED,
                        "purchase "
                                + purchaseId
                                + " was refunded before; expected one that was not");
            }
            if (standing.isChargedBack()) {
                throw new RefusedException(
                        ProblemType.ALREADY_CHARGED_BACK,
                        "purchase "
                                + purchaseId
                                + " was charged back: its buyer has the money; expected one that"
                                + " was not");
            }
            if (standing.openChargeback().isPresent()) {
                throw new RefusedException(
                        ProblemType.CHARGEBACK_OPEN,
                        "purchase "
                                + purchaseId
                                + " is disputed: its buyer's bank has the money; expected the"
                                + " chargeback to be over");
            }
        }

        private CoinsPurchased requirePurchase() {
            return PathIds.uuid(purchaseId)
                    .flatMap(wallets::purchase)
                    .orElseThrow(
                            () ->
                                    new RefusedException(
                                            ProblemType.UNKNOWN_PURCHASE,
                                            "purchase \""
                                                    + purchaseId
                                                    + "\": expected the id of a completed"
                                                    + " purchase"));
        }

        @Override
        public boolean isSameAs(LogRecord recorded, Map<String, String> recordedTexts) {
            return recorded.event() instanceof PurchaseRefunded refunded
                    && Optional.of(refunded.purchaseId()).equals(PathIds.uuid(purchaseId))
                    // What the provider's notice recorded has no reason.
                    && reason.equals(recordedTexts.getOrDefault(Reasons.FIELD, reason));
        }

        @Override
        public Refunded answerAgain(LogRecord recorded) {
            if (recorded.event() instanceof PurchaseRefunded refunded) {
                return Refunded.of(refunded, recorded.position());
            }
            throw new IllegalStateException("event " + refundId + " is no refund");
        }
    }
}
