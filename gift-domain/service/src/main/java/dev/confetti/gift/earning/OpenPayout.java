package dev.confetti.gift.earning;

import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.PayoutRequested;
import dev.confetti.events.CreatorEvent.PayoutResolutionRequested;
import dev.confetti.events.Diamonds;
import org.jspecify.annotations.Nullable;

/**
 * A payout that can go on; immutable.
 *
 * @param amountMinor before withholding and fee, in minor units of {@code currency}
 * @param withholdingMinor 0 until it is approved
 * @param feeMinor 0 until it is approved
 * @param resolution what somebody says became of it, if another person agrees
 */
record OpenPayout(
        Stage stage,
        Diamonds diamonds,
        long amountMinor,
        long withholdingMinor,
        long feeMinor,
        String currency,
        @Nullable Resolution resolution) {

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
                requested.currency(),
                null);
    }

    OpenPayout approved(PayoutApproved approved) {
        return new OpenPayout(
                Stage.APPROVED,
                diamonds,
                amountMinor,
                approved.withholdingMinor(),
                approved.feeMinor(),
                currency,
                null);
    }

    OpenPayout at(Stage next) {
        return new OpenPayout(
                next, diamonds, amountMinor, withholdingMinor, feeMinor, currency, null);
    }

    OpenPayout resolvedBy(PayoutResolutionRequested request) {
        return new OpenPayout(
                stage,
                diamonds,
                amountMinor,
                withholdingMinor,
                feeMinor,
                currency,
                new Resolution(
                        request.resolutionId(),
                        request.outcome(),
                        request.chargesMinor(),
                        request.requestedBy()));
    }

    /** What goes to the creator's bank. */
    long netMinor() {
        return amountMinor - withholdingMinor - feeMinor;
    }
}
