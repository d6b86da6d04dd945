package dev.confetti.events;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens to a creator's earnings; topic {@code confetti.creators}. */
public sealed interface CreatorEvent extends ConfettiEvent {

    String creatorId();

    @Override
    default String key() {
        return creatorId();
    }

    /** What moves a payout's diamonds, and the money that they are worth. */
    sealed interface PayoutMoved extends CreatorEvent {
        UUID payoutId();

        Diamonds diamonds();

        /** As it was requested, before withholding and fee, in minor units of the currency. */
        long amountMinor();

        /** ISO 4217 code. */
        String currency();
    }

    /** The same once withholding and fee are known. */
    sealed interface ChargedPayoutMoved extends PayoutMoved {
        /** Tax that is kept back, in minor units of the currency. */
        long withholdingMinor();

        /** What the payout costs the creator, in minor units of the currency. */
        long feeMinor();

        /** What is for the creator's bank, in minor units of the currency. */
        default long netMinor() {
            return amountMinor() - withholdingMinor() - feeMinor();
        }
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
            implements PayoutMoved {}

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
            implements ChargedPayoutMoved {}

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
            implements PayoutMoved {}

    /**
     * An approval was taken back before the payout was put into a batch; the diamonds are available
     * again.
     *
     * @param amountMinor as it was requested, in minor units of {@code currency}
     * @param withholdingMinor tax that was to be kept back
     * @param feeMinor what the payout was to cost
     * @param withdrawnBy another person than the creator
     * @param reason free text, added by the relay
     */
    record PayoutWithdrawn(
            UUID payoutId,
            String creatorId,
            Diamonds diamonds,
            long amountMinor,
            long withholdingMinor,
            long feeMinor,
            String currency,
            String withdrawnBy,
            @Nullable String reason)
            implements ChargedPayoutMoved {}

    /**
     * The payout is in a file for the bank; the diamonds are redeemed.
     *
     * @param batchId the file's batch
     * @param amountMinor as it was requested, in minor units of {@code currency}
     * @param withholdingMinor tax that is kept back
     * @param feeMinor what the payout costs the creator
     */
    record PayoutSent(
            UUID payoutId,
            String creatorId,
            UUID batchId,
            Diamonds diamonds,
            long amountMinor,
            long withholdingMinor,
            long feeMinor,
            String currency)
            implements ChargedPayoutMoved {}

    /** What can become of a payout at the bank. */
    enum PayoutOutcome {
        /** The bank transferred the money. */
        SETTLED,
        /** It never will. */
        FAILED,
        /** The money came back. */
        RETURNED;

        /** As it is in the API and as a payout's status, such as {@code settled}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Somebody of finance says what became of a payout at the bank, since no message of the bank
     * does; it counts when another person agrees.
     *
     * @param chargesMinor what the bank took for itself, in minor units of {@code currency}
     * @param reason free text, added by the relay
     */
    record PayoutResolutionRequested(
            UUID resolutionId,
            UUID payoutId,
            String creatorId,
            PayoutOutcome outcome,
            long chargesMinor,
            String currency,
            String requestedBy,
            @Nullable String reason)
            implements CreatorEvent {}

    /**
     * The bank took the payout's money off our account.
     *
     * @param netMinor what it transferred, in minor units of {@code currency}
     * @param chargesMinor what it took for itself as well
     * @param bankMessageId the message that says so, or the resolution
     * @param resolvedBy the second person, where people say so; else null
     */
    record PayoutSettled(
            UUID payoutId,
            String creatorId,
            long netMinor,
            long chargesMinor,
            String currency,
            UUID bankMessageId,
            @Nullable String resolvedBy)
            implements CreatorEvent {}

    /**
     * The bank refused the payout before it was settled; the diamonds are available again.
     *
     * @param amountMinor as it was requested, in minor units of {@code currency}
     * @param withholdingMinor tax that was kept back, and is not any more
     * @param feeMinor what the payout was to cost
     * @param bankMessageId the message that says so, or the resolution
     * @param bankReason the bank's code, such as {@code AC04} of ISO 20022; null when it gave none
     * @param resolvedBy the second person, where people say so; else null
     */
    record PayoutFailed(
            UUID payoutId,
            String creatorId,
            Diamonds diamonds,
            long amountMinor,
            long withholdingMinor,
            long feeMinor,
            String currency,
            UUID bankMessageId,
            @Nullable String bankReason,
            @Nullable String resolvedBy)
            implements ChargedPayoutMoved {}

    /**
     * The money came back after it was settled; the diamonds are available again.
     *
     * @param amountMinor as it was requested, in minor units of {@code currency}
     * @param withholdingMinor tax that was kept back, and is not any more
     * @param feeMinor what the payout cost
     * @param chargesMinor what the banks kept of the money that came back
     * @param bankMessageId the message that says so, or the resolution
     * @param bankReason the bank's code, such as {@code AC04} of ISO 20022; null when it gave none
     * @param resolvedBy the second person, where people say so; else null
     */
    record PayoutReturned(
            UUID payoutId,
            String creatorId,
            Diamonds diamonds,
            long amountMinor,
            long withholdingMinor,
            long feeMinor,
            long chargesMinor,
            String currency,
            UUID bankMessageId,
            @Nullable String bankReason,
            @Nullable String resolvedBy)
            implements ChargedPayoutMoved {}

    /**
     * Nothing is paid to the creator until further notice.
     *
     * @param heldBy who says so
     * @param reason free text, added by the relay
     */
    record PayoutsHeld(String creatorId, String heldBy, @Nullable String reason)
            implements CreatorEvent {}

    /**
     * The creator is paid again.
     *
     * @param resumedBy who says so
     * @param reason free text, added by the relay
     */
    record PayoutsResumed(String creatorId, String resumedBy, @Nullable String reason)
            implements CreatorEvent {}

    /**
     * What a creator earned and was not paid has a new rate: each 0.0001 diamond of gifts up to a
     * position is worth {@code rateMicros} from now on, whatever it was worth before. Payouts that
     * are under way keep their amounts.
     *
     * @param revaluationId the same for all creators of one revaluation
     * @param throughPosition gifts up to this position, and all else that the creator's earnings
     *     are made of; gifts between it and this event keep their own rate
     * @param currency ISO 4217 code
     * @param rateMicros in 0.000001 of {@code currency} for 0.0001 diamond, more than 0
     * @param pending held earnings
     * @param pendingAmounts what they were worth until now
     * @param available released earnings; below 0 when gifts were reversed after they were paid
     * @param availableAmounts what they were worth until now; below 0 where more was paid than that
     * @param requestedBy who asked for it
     * @param approvedBy the second person
     */
    record EarningsRevalued(
            UUID revaluationId,
            String creatorId,
            long throughPosition,
            String currency,
            long rateMicros,
            Diamonds pending,
            List<Worth> pendingAmounts,
            Diamonds available,
            List<Worth> availableAmounts,
            String requestedBy,
            String approvedBy)
            implements CreatorEvent {
        public EarningsRevalued {
            pendingAmounts = List.copyOf(pendingAmounts);
            availableAmounts = List.copyOf(availableAmounts);
        }

        /** What diamonds are worth from now on. */
        public Worth worthOf(Diamonds diamonds) {
            return new Worth(currency, Math.multiplyExact(diamonds.tenThousandths(), rateMicros));
        }
    }

    /**
     * An amount of money that diamonds are worth.
     *
     * @param currency ISO 4217 code
     * @param micros in units of 0.000001
     */
    record Worth(String currency, long micros) {}
}
