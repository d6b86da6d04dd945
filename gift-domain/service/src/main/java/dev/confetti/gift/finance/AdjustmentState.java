package dev.confetti.gift.finance;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.FinanceEvent.AdjustmentApproved;
import dev.confetti.events.FinanceEvent.AdjustmentRejected;
import dev.confetti.events.FinanceEvent.AdjustmentRequested;

/** How an adjustment stands. */
sealed interface AdjustmentState {

    /** There is none. */
    record None() implements AdjustmentState {}

    /** It waits for the second person. */
    record Waiting(AdjustmentRequested request) implements AdjustmentState {}

    /** It was booked or dropped. */
    record Decided() implements AdjustmentState {}

    /**
     * The state after one of the adjustment's events.
     *
     * @throws IllegalStateException when the event cannot follow
     */
    default AdjustmentState evolve(ConfettiEvent event) {
        if (this instanceof None && event instanceof AdjustmentRequested requested) {
            return new Waiting(requested);
        }
        if (this instanceof Waiting
                && (event instanceof AdjustmentApproved || event instanceof AdjustmentRejected)) {
            return new Decided();
        }
        throw new IllegalStateException(event + " cannot follow on " + this);
    }
}
