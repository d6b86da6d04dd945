package dev.confetti.gift.purchase;

import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.CoinEvent.PurchaseRefunded;
import dev.confetti.events.EventIds;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.http.PathIds;
import dev.confetti.gift.log.DuplicateEventException;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.purchase.PaymentNotice.PaidBack;
import dev.confetti.gift.purchase.PaymentNotice.PayBackFailed;
import dev.confetti.gift.purchase.PaymentNotice.Voided;
import dev.confetti.gift.purchase.PaymentNotices.Applied;
import dev.confetti.gift.sending.Reasons;
import dev.confetti.gift.wallet.PurchaseStanding;
import dev.confetti.gift.wallet.PurchaseStandings;
import dev.confetti.gift.wallet.WalletCommand.RefundPurchase;
import dev.confetti.gift.wallet.WalletDecision.Accepted;
import dev.confetti.gift.wallet.Wallets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Gives money back for purchases: first the provider does, then the wallet records it. */
public final class Refunds {
    private static final String OPERATION = "refund-purchase";

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

    private RefundPurchase command(
            UUID refundId,
            CoinsPurchased purchase,
            PurchaseStanding standing,
            PaymentProvider.Refund refund,
            long correctionsSeen) {
        return new RefundPurchase(
                refundId,
                clock.instant(),
                purchase,
                standing.frozenCoins(),
                amountMinor(purchase),
                refund.commissionReturnedMinor(),
                refund.reference(),
                correctionsSeen);
    }

    /** What the buyer paid. */
    private static long amountMinor(CoinsPurchased purchase) {
        return Math.addExact(purchase.priceMinor(), purchase.taxMinor());
    }

    private static Refunded recorded(Wallets.Done done) {
        if (done.decision() instanceof Accepted(PurchaseRefunded refunded, _)) {
            return Refunded.of(refunded, done.position().orElseThrow());
        }
        throw new IllegalStateException("a refund gave " + done.decision());
    }

    /**
     * The provider gave the money back, because we asked it to or by itself; it counts also while a
     * dispute is open.
     */
    Applied byProvider(String provider, PaidBack notice) {
        Optional<CoinsPurchased> found = wallets.purchase(notice.purchaseId());
        if (found.isEmpty()) {
            return new Applied.Waits("the purchase is not paid yet");
        }
        CoinsPurchased purchase = found.get();
        if (!purchase.provider().equals(provider)
                || notice.amountMinor() != amountMinor(purchase)
                || notice.commissionReturnedMinor() < 0
                || notice.commissionReturnedMinor() > purchase.commissionMinor()) {
            return new Applied.Contradicted(
                    "paid back "
                            + notice.amountMinor()
                            + " by "
                            + provider
                            + ": expected the whole "
                            + amountMinor(purchase)
                            + " by "
                            + purchase.provider());
        }
        UUID asked = notice.refundId();
        UUID refundId =
                asked != null
                        ? asked
                        : EventIds.of("provider:" + provider, OPERATION, notice.reference());
        try {
            recorded(
                    wallets.correct(
                            purchase.viewerId(),
                            seen -> {
                                PurchaseStanding standing = standings.of(purchase.purchaseId());
                                if (standing.isRefunded() || standing.isChargedBack()) {
                                    throw new RefusedException(
                                            ProblemType.ALREADY_REFUNDED, "not again");
                                }
                                return command(
                                        refundId,
                                        purchase,
                                        standing,
                                        new PaymentProvider.Refund(
                                                notice.reference(),
                                                notice.commissionReturnedMinor()),
                                        seen);
                            }));
            return new Applied.Done();
        } catch (DuplicateEventException e) {
            return new Applied.Done();
        } catch (RefusedException e) {
            return standings.of(purchase.purchaseId()).isRefunded()
                    ? new Applied.Done()
                    : new Applied.Contradicted("paid back after the chargeback was lost");
        }
    }

    /** The store gave the whole price back, and its commission to us. */
    Applied byStore(String provider, Voided notice) {
        Optional<CoinsPurchased> found = wallets.purchase(notice.purchaseId());
        if (found.isEmpty()) {
            return new Applied.Waits("the purchase is not paid yet");
        }
        CoinsPurchased purchase = found.get();
        String fault = notice.fault();
        if (fault != null) {
            return new Applied.Contradicted(fault);
        }
        // A second payment of the same purchase bought nothing, so nothing is taken for it.
        if (!purchase.providerReference().equals(notice.reference())) {
            return new Applied.Contradicted(
                    "payment "
                            + notice.reference()
                            + " was given back: expected "
                            + purchase.providerReference());
        }
        return byProvider(
                provider,
                new PaidBack(
                        notice.noticeId(),
                        notice.purchaseId(),
                        null,
                        notice.reference(),
                        amountMinor(purchase),
                        purchase.commissionMinor()));
    }

    /** Money that we took for paid back is not with the buyer: somebody must look. */
    Applied failed(PayBackFailed notice) {
        boolean recorded =
                standings
                        .of(notice.purchaseId())
                        .refundId()
                        .flatMap(wallets::event)
                        .filter(
                                row ->
                                        row.event() instanceof PurchaseRefunded refunded
                                                && refunded.providerReference()
                                                        .equals(notice.reference()))
                        .isPresent();
        return recorded
                ? new Applied.Contradicted(
                        "refund "
                                + notice.reference()
                                + " is recorded, but its money did not reach the buyer or was"
                                + " taken from them again; pay it, or give the coins, in another"
                                + " way")
                : new Applied.Waits("refund " + notice.reference() + " is not recorded");
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
            return new RefundPurchase(
                    refundId,
                    clock.instant(),
                    purchase,
                    standing.frozenCoins(),
                    Math.addExact(purchase.priceMinor(), purchase.taxMinor()),
                    refund.commissionReturnedMinor(),
                    refund.reference(),
                    correctionsSeen);
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
