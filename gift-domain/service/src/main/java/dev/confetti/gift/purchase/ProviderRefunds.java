package dev.confetti.gift.purchase;

import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.CoinEvent.PurchaseRefunded;
import dev.confetti.events.EventIds;
import dev.confetti.gift.log.DuplicateEventException;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.purchase.PaymentNotice.PaidBack;
import dev.confetti.gift.purchase.PaymentNotice.PayBackFailed;
import dev.confetti.gift.purchase.PaymentNotice.Voided;
import dev.confetti.gift.purchase.PaymentNotices.Applied;
import dev.confetti.gift.wallet.PurchaseStanding;
import dev.confetti.gift.wallet.PurchaseStandings;
import dev.confetti.gift.wallet.Wallets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** Records the refunds that providers and stores tell of, whoever asked for them. */
public final class ProviderRefunds {
    private final Wallets wallets;
    private final PurchaseStandings standings;
    private final InstantSource clock;

    public ProviderRefunds(Wallets wallets, PurchaseStandings standings, InstantSource clock) {
        this.wallets = wallets;
        this.standings = standings;
        this.clock = clock;
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
                || notice.amountMinor() != Refunds.amountMinor(purchase)
                || notice.commissionReturnedMinor() < 0
                || notice.commissionReturnedMinor() > purchase.commissionMinor()) {
            return new Applied.Contradicted(
                    "paid back "
                            + notice.amountMinor()
                            + " by "
                            + provider
                            + ": expected the whole "
                            + Refunds.amountMinor(purchase)
                            + " by "
                            + purchase.provider());
        }
        UUID asked = notice.refundId();
        UUID refundId =
                asked != null
                        ? asked
                        : EventIds.of(
                                "provider:" + provider, Refunds.OPERATION, notice.reference());
        try {
            Refunds.recorded(
                    wallets.correct(
                            purchase.viewerId(),
                            seen -> {
                                PurchaseStanding standing = standings.of(purchase.purchaseId());
                                if (standing.isRefunded() || standing.isChargedBack()) {
                                    throw new RefusedException(
                                            ProblemType.ALREADY_REFUNDED, "not again");
                                }
                                return Refunds.command(
                                        refundId,
                                        clock.instant(),
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
                        Refunds.amountMinor(purchase),
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
}
