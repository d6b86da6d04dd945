package dev.confetti.gift.finance;

import dev.confetti.events.FinanceEvent.PeriodClosed;
import java.time.Instant;
import java.time.YearMonth;

/** What the closed months say to another one. */
sealed interface CloseDecision {

    /** The month is closed by this event. */
    record Accepted(PeriodClosed event) implements CloseDecision {}

    /** Something may still be recorded in the month, which ends at {@code end}. */
    record NotOver(Instant end) implements CloseDecision {}

    /** A month before it has entries and is open. */
    record EarlierOpen(YearMonth earliest) implements CloseDecision {}

    /** It is closed. */
    record ClosedBefore() implements CloseDecision {}
}
