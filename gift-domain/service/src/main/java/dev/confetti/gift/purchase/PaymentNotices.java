package dev.confetti.gift.purchase;

import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.purchase.NoticeTable.Kept;
import dev.confetti.gift.purchase.PaymentNotice.ConsumptionAsked;
import dev.confetti.gift.purchase.PaymentNotice.DisputeClosed;
import dev.confetti.gift.purchase.PaymentNotice.Disputed;
import dev.confetti.gift.purchase.PaymentNotice.Failed;
import dev.confetti.gift.purchase.PaymentNotice.Paid;
import dev.confetti.gift.purchase.PaymentNotice.PaidBack;
import dev.confetti.gift.purchase.PaymentNotice.PayBackFailed;
import dev.confetti.gift.purchase.PaymentNotice.Sold;
import dev.confetti.gift.purchase.PaymentNotice.Voided;
import dev.confetti.gift.purchase.PaymentProvider.NoticeRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Takes what payment providers tell us: keeps it, then lets it have its effect, once. What comes
 * before that on which it follows, such as a dispute before the payment, waits for it.
 */
public final class PaymentNotices {
    private static final Logger log = LoggerFactory.getLogger(PaymentNotices.class);

    private static final UUID LEAST_ID = new UUID(0, 0);

    private final PaymentProviders providers;
    private final NoticeTable table;
    private final Checkouts checkouts;
    private final Purchases purchases;
    private final ProviderRefunds refunds;
    private final Chargebacks chargebacks;
    private final Consumption consumption;
    private final PurchaseHistory history;

    public PaymentNotices(
            PaymentProviders providers,
            NoticeTable table,
            Checkouts checkouts,
            Purchases purchases,
            ProviderRefunds refunds,
            Chargebacks chargebacks,
            Consumption consumption,
            PurchaseHistory history) {
        this.providers = providers;
        this.table = table;
        this.checkouts = checkouts;
        this.purchases = purchases;
        this.refunds = refunds;
        this.chargebacks = chargebacks;
        this.consumption = consumption;
        this.history = history;
    }

    /**
     * Takes a provider's request.
     *
     * @return how many notices of ours were in it, repeated ones as well
     * @throws dev.confetti.gift.problem.RefusedException {@code unknown-provider}, {@code
     *     signature-invalid} or {@code malformed-request}
     */
    public int receive(String providerName, NoticeRequest request) {
        PaymentProvider provider = providers.require(providerName);
        List<PaymentNotice> notices = provider.read(request);
        take(provider, notices);
        return notices.size();
    }

    /**
     * Takes what a store gave the buyer's app, which counts like the store's own notice.
     *
     * @return the purchase as it is then
     * @throws RefusedException {@code unknown-purchase}, {@code receipt-invalid} or {@code
     *     unavailable}
     */
    public Purchase receive(String viewerId, String purchaseId, String receipt) {
        Purchase purchase = history.requireOwn(viewerId, purchaseId);
        PaymentProvider provider = providers.require(purchase.provider());
        List<PaymentNotice> notices = provider.readReceipt(purchase.purchaseId(), receipt);
        take(provider, notices);
        for (PaymentNotice notice : notices) {
            Optional<String> contradiction = table.contradiction(provider.name(), notice);
            if (contradiction.isPresent()) {
                throw new RefusedException(
                        ProblemType.RECEIPT_INVALID,
                        "receipt: expected one of purchase "
                                + purchaseId
                                + ", got "
                                + contradiction.get());
            }
        }
        return history.requireOwn(viewerId, purchaseId);
    }

    private void take(PaymentProvider provider, List<PaymentNotice> notices) {
        Set<UUID> purchaseIds = new LinkedHashSet<>();
        for (PaymentNotice notice : notices) {
            table.add(provider.name(), notice);
            purchaseIds.add(notice.purchaseId());
        }
        purchaseIds.forEach(purchaseId -> applyWaiting(purchaseId, true));
    }

    /** Looks again at what waits, such as for a purchase that was begun a moment later. */
    public void lookAgain() {
        Optional<UUID> next = table.waitedForAfter(LEAST_ID);
        while (next.isPresent()) {
            UUID purchaseId = next.get();
            try {
                applyWaiting(purchaseId, false);
            } catch (LogUnavailableException e) {
                throw e;
            } catch (RuntimeException e) {
                // One that cannot be read must not hold up the others.
                log.debug("notices of purchase {} wait on", purchaseId, e);
            }
            next = table.waitedForAfter(purchaseId);
        }
    }

    /** Until none of those that wait has an effect any more. */
    private void applyWaiting(UUID purchaseId, boolean justCame) {
        boolean again = true;
        while (again) {
            again = false;
            for (Kept kept : table.waiting(purchaseId)) {
                again |= apply(kept, justCame);
            }
        }
    }

    private boolean apply(Kept kept, boolean justCame) {
        Applied applied = confirmed(kept, applied(kept));
        switch (applied) {
            case Applied.Done _ -> table.settle(kept, null);
            case Applied.Contradicted(String reason) -> {
                log.warn(
                        "{} notice {} has no effect, finance must look: {}",
                        kept.provider(),
                        kept.notice().noticeId(),
                        reason);
                table.settle(kept, reason);
            }
            case Applied.Waits(String why, boolean needsHelp) ->
                    log.atLevel(needsHelp && justCame ? Level.WARN : Level.DEBUG)
                            .log(
                                    "{} notice {} waits: {}",
                                    kept.provider(),
                                    kept.notice().noticeId(),
                                    why);
        }
        return !(applied instanceof Applied.Waits);
    }

    /** A store that is not told yet that it was delivered is told again later. */
    private Applied confirmed(Kept kept, Applied applied) {
        if (!(applied instanceof Applied.Done)) {
            return applied;
        }
        try {
            providers.require(kept.provider()).confirm(kept.notice());
            return applied;
        } catch (RefusedException e) {
            return new Applied.Waits(
                    "it had its effect, which "
                            + kept.provider()
                            + " does not know: "
                            + e.getMessage(),
                    true);
        }
    }

    /** What became of a notice. */
    sealed interface Applied {
        /** It had its effect, now or before. */
        record Done() implements Applied {}

        /**
         * What it follows on is not there yet.
         *
         * @param needsHelp whether it may wait until somebody does something
         */
        record Waits(String why, boolean needsHelp) implements Applied {
            Waits(String why) {
                this(why, false);
            }
        }

        /** It does not fit what is recorded. */
        record Contradicted(String reason) implements Applied {}
    }

    private Applied applied(Kept kept) {
        return switch (kept.notice()) {
            case Paid paid -> purchases.paid(kept.provider(), paid.purchaseId(), paid.payment());
            case Sold sold -> purchases.sold(kept.provider(), sold);
            case Failed failed ->
                    checkouts.fail(kept.provider(), failed.purchaseId())
                            ? new Applied.Done()
                            : new Applied.Waits("the purchase is not there");
            case PaidBack back -> refunds.byProvider(kept.provider(), back);
            case Voided voided -> refunds.byStore(kept.provider(), voided);
            case ConsumptionAsked asked -> consumption.answer(kept.provider(), asked);
            case PayBackFailed failed -> refunds.failed(failed);
            case Disputed disputed -> of(chargebacks.open(kept.provider(), disputed.dispute()));
            case DisputeClosed closed ->
                    of(chargebacks.close(kept.provider(), closed.dispute(), closed.won()));
        };
    }

    private static Applied of(Chargebacks.Effect effect) {
        return switch (effect) {
            case RECORDED, REPEATED -> new Applied.Done();
            case UNKNOWN_PURCHASE -> new Applied.Waits("the purchase is not paid yet");
            case CONTRADICTED ->
                    new Applied.Contradicted(
                            "the purchase is another provider's or has another chargeback, this"
                                    + " one ended otherwise, or it is not of the whole price");
        };
    }
}
