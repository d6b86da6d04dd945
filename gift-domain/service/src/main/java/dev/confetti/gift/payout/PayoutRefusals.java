package dev.confetti.gift.payout;

import dev.confetti.events.CreatorEvent.PayoutOutcome;
import dev.confetti.gift.earning.CreatorDecision;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.util.Map;
import java.util.UUID;

/** Why a creator's account refuses, for whoever asked. */
final class PayoutRefusals {
    private PayoutRefusals() {}

    /** Refuses what was not accepted. */
    static void requireAccepted(CreatorDecision decision) {
        if (!(decision instanceof CreatorDecision.Accepted)) {
            throw of(decision);
        }
    }

    static RefusedException of(CreatorDecision decision) {
        return switch (decision) {
            case CreatorDecision.InsufficientDiamonds(var available, var needed) ->
                    new RefusedException(
                            ProblemType.INSUFFICIENT_DIAMONDS,
                            "the payout needs "
                                    + needed
                                    + " diamonds; expected as many to be available, there are "
                                    + available,
                            Map.of("available", available.toString(), "needed", needed.toString()));
            case CreatorDecision.BelowMinimum(long minimumDiamonds) ->
                    new RefusedException(
                            ProblemType.BELOW_MINIMUM,
                            "expected a payout of at least "
                                    + minimumDiamonds
                                    + " diamonds, of which fee and tax leave something",
                            Map.of("minimumDiamonds", minimumDiamonds));
            case CreatorDecision.SamePerson _ ->
                    new RefusedException(
                            ProblemType.SAME_PERSON,
                            "expected another person to decide about a payout than who is paid, and"
                                    + " than who said what became of it");
            case CreatorDecision.NotRequested(UUID payoutId) ->
                    new RefusedException(
                            ProblemType.PAYOUT_NOT_REQUESTED,
                            "payout "
                                    + payoutId
                                    + ": expected one that waits for a decision; it was decided");
            case CreatorDecision.NotApproved(UUID payoutId) ->
                    new RefusedException(
                            ProblemType.PAYOUT_NOT_APPROVED,
                            "payout "
                                    + payoutId
                                    + ": expected one that is approved and in no batch yet");
            case CreatorDecision.NotAtBank(UUID payoutId, PayoutOutcome outcome) ->
                    new RefusedException(
                            ProblemType.PAYOUT_NOT_AT_BANK,
                            "payout "
                                    + payoutId
                                    + ": expected one that is "
                                    + (outcome == PayoutOutcome.RETURNED ? "settled" : "sent"));
            case CreatorDecision.ChargesTooHigh(long chargesMinor, long netMinor) ->
                    new RefusedException(
                            ProblemType.MALFORMED_REQUEST,
                            "chargesMinor "
                                    + chargesMinor
                                    + ": expected no more than the payout's net, "
                                    + netMinor);
            case CreatorDecision.NotResolvable(UUID resolutionId) ->
                    new RefusedException(
                            ProblemType.RESOLUTION_NOT_REQUESTED,
                            "resolution "
                                    + resolutionId
                                    + ": expected the payout's latest, not decided yet");
            case CreatorDecision.Held _ ->
                    new RefusedException(
                            ProblemType.PAYOUTS_HELD,
                            "the creator's payouts are held: expected finance to resume them first");
            case CreatorDecision.Accepted _,
                    CreatorDecision.LookAgain _,
                    CreatorDecision.AsBefore _,
                    CreatorDecision.TooEarly _,
                    CreatorDecision.Contradicted _,
                    CreatorDecision.ReleasedBefore _ ->
                    throw new IllegalStateException(decision + " is no refusal");
        };
    }
}
