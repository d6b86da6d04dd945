package dev.confetti.gift.finance;

import dev.confetti.events.FinanceEvent;

/** What an adjustment says to a command. */
sealed interface AdjustmentDecision {

    /** The command leads to this event. */
    record Accepted(FinanceEvent event) implements AdjustmentDecision {}

    /** The account is not one that is corrected by hand. */
    record NotAdjustable(String account) implements AdjustmentDecision {}

    /** It is the repeat of a request. */
    record RequestedBefore() implements AdjustmentDecision {}

    /** Who decides must not be who asked. */
    record SamePerson() implements AdjustmentDecision {}

    /** Nobody asked for it, or it was decided. */
    record NotRequested() implements AdjustmentDecision {}
}
