package dev.confetti.ledger.posting;

import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.PayoutRejected;
import dev.confetti.events.CreatorEvent.PayoutRequested;
import dev.confetti.events.Diamonds;
import java.util.List;

/** What creators are paid. */
final class PayoutPostings {
    private PayoutPostings() {}

    static EntryDraft requested(PayoutRequested event) {
        requireAmounts(event, event.diamonds(), event.amountMinor());
        Asset currency = Asset.fiat(event.currency());
        LegList legs = new LegList();
        legs.add(
                Accounts.creatorAvailable(event.creatorId()),
                Accounts.creatorReserved(event.creatorId()),
                event.diamonds().tenThousandths());
        legs.add(
                Accounts.CREATOR_PAYABLE_AVAILABLE,
                Accounts.PAYOUT_REQUESTED,
                currency,
                currency.ofMinor(event.amountMinor()));
        return new EntryDraft(event.payoutId(), legs.legs(), List.of(), null);
    }

    static EntryDraft approved(PayoutApproved event) {
        requireAmounts(event, event.diamonds(), event.amountMinor());
        if (event.withholdingMinor() < 0 || event.feeMinor() < 0 || event.netMinor() <= 0) {
            throw new UnpostableEventException(
                    event + ": expected a withholding and a fee of 0 or more that leave something");
        }
        Asset currency = Asset.fiat(event.currency());
        LegList legs = new LegList();
        legs.add(
                Accounts.PAYOUT_REQUESTED,
                Accounts.PAYOUT_APPROVED,
                currency,
                currency.ofMinor(event.netMinor()));
        legs.add(
                Accounts.PAYOUT_REQUESTED,
                Accounts.WITHHOLDING_TAX,
                currency,
                currency.ofMinor(event.withholdingMinor()));
        legs.add(
                Accounts.PAYOUT_REQUESTED,
                Accounts.PAYOUT_FEE,
                currency,
                currency.ofMinor(event.feeMinor()));
        return new EntryDraft(event.payoutId(), legs.legs(), List.of(), null);
    }

    /** The mirror of the request. */
    static EntryDraft rejected(PayoutRejected event) {
        requireAmounts(event, event.diamonds(), event.amountMinor());
        Asset currency = Asset.fiat(event.currency());
        LegList legs = new LegList();
        legs.add(
                Accounts.creatorReserved(event.creatorId()),
                Accounts.creatorAvailable(event.creatorId()),
                event.diamonds().tenThousandths());
        legs.add(
                Accounts.PAYOUT_REQUESTED,
                Accounts.CREATOR_PAYABLE_AVAILABLE,
                currency,
                currency.ofMinor(event.amountMinor()));
        return new EntryDraft(event.payoutId(), legs.legs(), List.of(), null);
    }

    private static void requireAmounts(Object event, Diamonds diamonds, long amountMinor) {
        if (diamonds.tenThousandths() <= 0 || amountMinor <= 0) {
            throw new UnpostableEventException(event + ": expected diamonds and an amount above 0");
        }
    }
}
