package dev.confetti.gift.earning;

import dev.confetti.events.CreatorEvent;
import dev.confetti.events.CreatorEvent.PayoutOutcome;
import dev.confetti.events.Diamonds;
import java.util.UUID;

/** What a creator's account says to a command. */
public sealed interface CreatorDecision {

    /** The command changes the account by this event. */
    record Accepted(CreatorEvent event) implements CreatorDecision {}

    /** The sender saw an older account: it is to look again and to repeat the command. */
    record LookAgain() implements CreatorDecision {}

    /** These earnings were released before. */
    record ReleasedBefore() implements CreatorDecision {}

    /** Fewer diamonds are available. */
    record InsufficientDiamonds(Diamonds available, Diamonds needed) implements CreatorDecision {}

    /** So few are not paid out, or fee and tax would leave nothing of them. */
    record BelowMinimum(long minimumDiamonds) implements CreatorDecision {}

    /** Who decides must not be who is paid. */
    record SamePerson() implements CreatorDecision {}

    /** The payout is not one that waits for a decision. */
    record NotRequested(UUID payoutId) implements CreatorDecision {}

    /** The payout is not approved, or on its way to the bank already. */
    record NotApproved(UUID payoutId) implements CreatorDecision {}

    /** The payout is not where it could come to such an end. */
    record NotAtBank(UUID payoutId, PayoutOutcome outcome) implements CreatorDecision {}

    /** The bank can have taken no more than the payout itself. */
    record ChargesTooHigh(long chargesMinor, long netMinor) implements CreatorDecision {}

    /** The resolution does not wait for a second person, or a later one took its place. */
    record NotResolvable(UUID resolutionId) implements CreatorDecision {}

    /** Nothing is paid to the creator for now. */
    record Held() implements CreatorDecision {}

    /** Held already, or not held: there is nothing to change. */
    record AsBefore() implements CreatorDecision {}

    /** What it follows on has not happened yet; it may still. */
    record TooEarly(String why) implements CreatorDecision {}

    /** It does not fit what is recorded, and never will. */
    record Contradicted(String why) implements CreatorDecision {}
}
