package dev.confetti.gift.earning;

import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.PayoutRequested;
import dev.confetti.events.Diamonds;

/**
 * A payout that can go on; immutable.
 *
 * @param amountMinor before withholding and fee, in minor units of {@code currency}
 * @param withholdingMinor 0 until it is approved
 * @param feeMinor 0 until it is approved
 */
record OpenPayout(
        Stage stage,
        Diamonds diamonds,
        long amountMinor,
        long withholdingMinor,
        long feeMinor,
        String currency) {

    /** How far it came. */
    enum Stage {
        REQUESTED,
        APPROVED,
        SENT,
        SETTLED
    }

    static OpenPayout of(PayoutRequested requested) {
        return new OpenPayout(
                Stage.REQUESTED,
                requested.diamonds(),
                requested.amountMinor(),
                0,
                0,
                requested.currency());
    }

    OpenPayout approved(PayoutApproved approved) {
        return new OpenPayout(
                Stage.APPROVED,
                diamonds,
                amountMinor,
                approved.withholdingMinor(),
                approved.feeMinor(),
                currency);
    }

    OpenPayout at(Stage next) {
        return new OpenPayout(next, diamonds, amountMinor, withholdingMinor, feeMinor, currency);
    }

    /** What goes to the creator's bank. */
    long netMinor() {
        return amountMinor - withholdingMinor - feeMinor;
    }
}
