package dev.confetti.events;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens to a creator's earnings; topic {@code confetti.creators}. */
public sealed interface CreatorEvent extends ConfettiEvent {

    String creatorId();

    @Override
    default String key() {
        return creatorId();
    }

    /**
     * The hold of some earnings is over: those of all gifts in a range of positions, but for gifts
     * that were reversed before this event.
     *
     * @param diamonds the earnings, more than 0
     * @param fromPosition of the first gift; all gifts before it were released earlier
     * @param throughPosition of the last gift
     * @param countedThrough reversals up to this position are taken off; there are none between it
     *     and this event
     * @param amounts what the diamonds are worth, by currency, each at its own gift's rate
     */
    record EarningsReleased(
            String creatorId,
            Diamonds diamonds,
            long fromPosition,
            long throughPosition,
            long countedThrough,
            List<Worth> amounts)
            implements CreatorEvent {
        public EarningsReleased {
            amounts = List.copyOf(amounts);
        }
    }

    /**
     * A creator wants to be paid; the diamonds are set aside.
     *
     * @param diamonds whole ones, more than 0
     * @param amountMinor what they are worth, before withholding and fee, in minor units of {@code
     *     currency}
     */
    record PayoutRequested(
            UUID payoutId, String creatorId, Diamonds diamonds, long amountMinor, String currency)
            implements CreatorEvent {}

    /**
     * Another person than the creator let the payout go on.
     *
     * @param amountMinor as it was requested, in minor units of {@code currency}
     * @param withholdingMinor tax that is kept back
     * @param feeMinor what the payout costs the creator
     * @param approvedBy who
     */
    record PayoutApproved(
            UUID payoutId,
            String creatorId,
            Diamonds diamonds,
            long amountMinor,
            long withholdingMinor,
            long feeMinor,
            String currency,
            String approvedBy)
            implements CreatorEvent {

        /** What goes to the creator's bank. */
        public long netMinor() {
            return amountMinor - withholdingMinor - feeMinor;
        }
    }

    /**
     * Another person than the creator stopped the payout; the diamonds are available again.
     *
     * @param rejectedBy who
     * @param reason free text, added by the relay
     */
    record PayoutRejected(
            UUID payoutId,
            String creatorId,
            Diamonds diamonds,
            long amountMinor,
            String currency,
            String rejectedBy,
            @Nullable String reason)
            implements CreatorEvent {}

    /**
     * An amount of money that diamonds are worth.
     *
     * @param currency ISO 4217 code
     * @param micros in units of 0.000001
     */
    record Worth(String currency, long micros) {}
}
