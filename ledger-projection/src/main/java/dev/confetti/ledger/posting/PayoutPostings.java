package dev.confetti.ledger.posting;

import dev.confetti.events.CreatorEvent.ChargedPayoutMoved;
import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.PayoutFailed;
import dev.confetti.events.CreatorEvent.PayoutMoved;
import dev.confetti.events.CreatorEvent.PayoutRejected;
import dev.confetti.events.CreatorEvent.PayoutRequested;
import dev.confetti.events.CreatorEvent.PayoutReturned;
import dev.confetti.events.CreatorEvent.PayoutSent;
import dev.confetti.events.CreatorEvent.PayoutSettled;
import dev.confetti.events.CreatorEvent.PayoutWithdrawn;
import java.util.List;

/** What creators are paid, from the request to the bank, and back. */
final class PayoutPostings {
    private PayoutPostings() {}

    static EntryDraft requested(PayoutRequested event, Books books) {
        requireAmounts(event);
        Asset currency = Asset.fiat(event.currency());
        LegList legs = new LegList();
        legs.add(
                Accounts.creatorAvailable(event.creatorId()),
                Accounts.creatorReserved(event.creatorId()),
                event.diamonds().tenThousandths());
        CreatorPayable payable = new CreatorPayable(event.creatorId(), books, legs);
        payable.lower(Accounts.PAYOUT_REQUESTED, currency, currency.ofMinor(event.amountMinor()));
        return new EntryDraft(event.payoutId(), legs.legs(), List.of(), null, payable.changes());
    }

    static EntryDraft approved(PayoutApproved event) {
        requireNet(event);
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

    static EntryDraft rejected(PayoutRejected event, Books books) {
        requireAmounts(event);
        Asset currency = Asset.fiat(event.currency());
        LegList legs = availableAgain(event, Accounts.creatorReserved(event.creatorId()));
        CreatorPayable payable = new CreatorPayable(event.creatorId(), books, legs);
        payable.raise(Accounts.PAYOUT_REQUESTED, currency, currency.ofMinor(event.amountMinor()));
        return new EntryDraft(event.payoutId(), legs.legs(), List.of(), null, payable.changes());
    }

    /** The mirror of approval and request. */
    static EntryDraft withdrawn(PayoutWithdrawn event, Books books) {
        requireNet(event);
        Asset currency = Asset.fiat(event.currency());
        LegList legs = availableAgain(event, Accounts.creatorReserved(event.creatorId()));
        CreatorPayable payable = new CreatorPayable(event.creatorId(), books, legs);
        payable.raise(Accounts.PAYOUT_APPROVED, currency, currency.ofMinor(event.netMinor()));
        giveBack(payable, currency, event);
        return new EntryDraft(event.payoutId(), legs.legs(), List.of(), null, payable.changes());
    }

    static EntryDraft sent(PayoutSent event) {
        requireNet(event);
        Asset currency = Asset.fiat(event.currency());
        LegList legs = new LegList();
        legs.add(
                Accounts.creatorReserved(event.creatorId()),
                Accounts.DIAMOND_REDEEMED,
                event.diamonds().tenThousandths());
        legs.add(
                Accounts.PAYOUT_APPROVED,
                Accounts.PAYOUTS_IN_TRANSIT,
                currency,
                currency.ofMinor(event.netMinor()));
        return new EntryDraft(event.payoutId(), legs.legs(), List.of(), null);
    }

    /** What the bank takes for the transfer is the platform's cost. */
    static EntryDraft settled(PayoutSettled event) {
        if (event.netMinor() <= 0 || event.chargesMinor() < 0) {
            throw new UnpostableEventException(
                    event + ": expected an amount above 0 and charges of 0 or more");
        }
        Asset currency = Asset.fiat(event.currency());
        LegList legs = new LegList();
        legs.add(
                Accounts.PAYOUTS_IN_TRANSIT,
                Accounts.BANK,
                currency,
                currency.ofMinor(event.netMinor()));
        legs.add(
                Accounts.BANK_CHARGES,
                Accounts.BANK,
                currency,
                currency.ofMinor(event.chargesMinor()));
        return new EntryDraft(event.payoutId(), legs.legs(), List.of(), null);
    }

    /** Withholding and fee are given back: nothing was paid that they could be of. */
    static EntryDraft failed(PayoutFailed event, Books books) {
        requireNet(event);
        Asset currency = Asset.fiat(event.currency());
        LegList legs = availableAgain(event, Accounts.DIAMOND_REDEEMED);
        CreatorPayable payable = new CreatorPayable(event.creatorId(), books, legs);
        payable.raise(Accounts.PAYOUTS_IN_TRANSIT, currency, currency.ofMinor(event.netMinor()));
        giveBack(payable, currency, event);
        return new EntryDraft(event.payoutId(), legs.legs(), List.of(), null, payable.changes());
    }

    /** What the banks kept on the way back is the platform's cost, not the creator's. */
    static EntryDraft returned(PayoutReturned event, Books books) {
        requireNet(event);
        if (event.chargesMinor() < 0 || event.chargesMinor() > event.netMinor()) {
            throw new UnpostableEventException(
                    event + ": expected charges of 0 to what was paid, " + event.netMinor());
        }
        Asset currency = Asset.fiat(event.currency());
        LegList legs = availableAgain(event, Accounts.DIAMOND_REDEEMED);
        CreatorPayable payable = new CreatorPayable(event.creatorId(), books, legs);
        payable.raise(
                Accounts.BANK, currency, currency.ofMinor(event.netMinor() - event.chargesMinor()));
        payable.raise(Accounts.BANK_CHARGES, currency, currency.ofMinor(event.chargesMinor()));
        giveBack(payable, currency, event);
        return new EntryDraft(event.payoutId(), legs.legs(), List.of(), null, payable.changes());
    }

    /**
     * The diamonds can be paid out once more.
     *
     * @param from where they are by now
     */
    private static LegList availableAgain(PayoutMoved event, Account from) {
        LegList legs = new LegList();
        legs.add(
                from,
                Accounts.creatorAvailable(event.creatorId()),
                event.diamonds().tenThousandths());
        return legs;
    }

    private static void giveBack(CreatorPayable payable, Asset currency, ChargedPayoutMoved event) {
        payable.raise(
                Accounts.WITHHOLDING_TAX, currency, currency.ofMinor(event.withholdingMinor()));
        payable.raise(Accounts.PAYOUT_FEE, currency, currency.ofMinor(event.feeMinor()));
    }

    private static void requireAmounts(PayoutMoved event) {
        if (event.diamonds().tenThousandths() <= 0 || event.amountMinor() <= 0) {
            throw new UnpostableEventException(event + ": expected diamonds and an amount above 0");
        }
    }

    private static void requireNet(ChargedPayoutMoved event) {
        requireAmounts(event);
        if (event.withholdingMinor() < 0 || event.feeMinor() < 0 || event.netMinor() <= 0) {
            throw new UnpostableEventException(
                    event + ": expected a withholding and a fee of 0 or more that leave something");
        }
    }
}
