package dev.confetti.gift.earning;

import dev.confetti.events.CreatorEvent.PayoutOutcome;
import dev.confetti.events.Diamonds;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a creator's account can be told to do. */
public sealed interface CreatorCommand {

    String creatorId();

    /** The id of the event that the command leads to. */
    UUID eventId();

    /** When it happens. */
    Instant at();

    /** Releases earnings whose hold is over. */
    record ReleaseEarnings(UUID eventId, Instant at, Due due) implements CreatorCommand {
        @Override
        public String creatorId() {
            return due.creatorId();
        }
    }

    /**
     * Gives what is not paid a new rate.
     *
     * @param valuation what it was worth until now
     * @param rateMicros in 0.000001 of {@code currency} for 0.0001 diamond
     */
    record RevalueEarnings(
            UUID eventId,
            Instant at,
            UUID revaluationId,
            Valuation valuation,
            String currency,
            long rateMicros,
            String requestedBy,
            String approvedBy)
            implements CreatorCommand {
        @Override
        public String creatorId() {
            return valuation.creatorId();
        }
    }

    /**
     * Sets diamonds aside for a payout.
     *
     * @param diamonds whole ones
     * @param available what the book has as available
     * @param worthMicros what those are worth, in 0.000001 of the payout currency
     * @param payoutEventsSeen how many payout events of the creator the book had counted
     */
    record RequestPayout(
            UUID eventId,
            Instant at,
            String creatorId,
            Diamonds diamonds,
            Diamonds available,
            long worthMicros,
            long payoutEventsSeen)
            implements CreatorCommand {}

    /**
     * Lets a payout go on.
     *
     * @param by who says so
     */
    record ApprovePayout(UUID eventId, Instant at, String creatorId, UUID payoutId, String by)
            implements CreatorCommand {}

    /**
     * Stops a payout.
     *
     * @param by who says so
     */
    record RejectPayout(UUID eventId, Instant at, String creatorId, UUID payoutId, String by)
            implements CreatorCommand {}

    /**
     * Takes an approval back.
     *
     * @param by who says so
     */
    record WithdrawPayout(UUID eventId, Instant at, String creatorId, UUID payoutId, String by)
            implements CreatorCommand {}

    /** Puts an approved payout into a file for the bank. */
    record SendPayout(UUID eventId, Instant at, String creatorId, UUID payoutId, UUID batchId)
            implements CreatorCommand {}

    /**
     * Records that the bank took the money.
     *
     * @param takenMinor how much, in minor units of {@code currency}
     * @param chargesMinor what the bank says that it took for itself of that
     */
    record SettlePayout(
            UUID eventId,
            Instant at,
            String creatorId,
            UUID payoutId,
            long takenMinor,
            long chargesMinor,
            String currency,
            UUID bankMessageId)
            implements CreatorCommand {}

    /**
     * Records that the bank does not pay.
     *
     * @param bankReason the bank's code; null when it gave none
     */
    record FailPayout(
            UUID eventId,
            Instant at,
            String creatorId,
            UUID payoutId,
            UUID bankMessageId,
            @Nullable String bankReason)
            implements CreatorCommand {}

    /**
     * Records that the money came back.
     *
     * @param returnedMinor how much of it, in minor units of {@code currency}
     * @param chargesMinor what the bank says that it kept of it
     * @param isReturn whether the bank says that it is a return, not just money that came
     * @param bankReason the bank's code; null when it gave none
     */
    record ReturnPayout(
            UUID eventId,
            Instant at,
            String creatorId,
            UUID payoutId,
            long returnedMinor,
            long chargesMinor,
            boolean isReturn,
            String currency,
            UUID bankMessageId,
            @Nullable String bankReason)
            implements CreatorCommand {}

    /**
     * Says what became of a payout at the bank.
     *
     * @param chargesMinor what the bank took for itself, in minor units of the payout's currency
     * @param by who says so
     */
    record RequestResolution(
            UUID eventId,
            Instant at,
            String creatorId,
            UUID payoutId,
            PayoutOutcome outcome,
            long chargesMinor,
            String by)
            implements CreatorCommand {}

    /**
     * Agrees with it.
     *
     * @param eventId of {@link AtBank}
     * @param by another person
     */
    record ApproveResolution(
            UUID eventId, Instant at, String creatorId, UUID payoutId, UUID resolutionId, String by)
            implements CreatorCommand {}

    /**
     * Pays nothing to the creator for now.
     *
     * @param by who says so
     */
    record HoldPayouts(UUID eventId, Instant at, String creatorId, String by)
            implements CreatorCommand {}

    /**
     * Pays the creator again.
     *
     * @param by who says so
     */
    record ResumePayouts(UUID eventId, Instant at, String creatorId, String by)
            implements CreatorCommand {}
}
