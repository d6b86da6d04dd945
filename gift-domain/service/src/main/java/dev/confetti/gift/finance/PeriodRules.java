package dev.confetti.gift.finance;

import dev.confetti.events.FinanceEvent.PeriodClosed;
import dev.confetti.gift.finance.CloseDecision.Accepted;
import dev.confetti.gift.finance.CloseDecision.ClosedBefore;
import dev.confetti.gift.finance.CloseDecision.EarlierOpen;
import dev.confetti.gift.finance.CloseDecision.NotOver;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/** Which month is closed: one that is over, in order, once. */
final class PeriodRules {
    private PeriodRules() {}

    /**
     * Decides.
     *
     * @param lastClosed null before the first
     */
    static CloseDecision close(@Nullable YearMonth lastClosed, ClosePeriod close) {
        YearMonth month = close.month();
        if (lastClosed != null && !month.isAfter(lastClosed)) {
            return new ClosedBefore();
        }
        if (close.inLog().nothingBefore().isBefore(Months.end(month))) {
            return new NotOver(Months.end(month));
        }
        YearMonth open = earliestOpen(lastClosed, close.inLog().firstMonth());
        if (open != null && open.isBefore(month)) {
            return new EarlierOpen(open);
        }
        return new Accepted(
                new PeriodClosed(
                        month.toString(),
                        close.inLog().throughPosition(),
                        close.inLog().logHash(),
                        close.by()));
    }

    /** Months before the log's first event are nothing to close. */
    private static @Nullable YearMonth earliestOpen(
            @Nullable YearMonth lastClosed, @Nullable YearMonth firstMonth) {
        YearMonth next = lastClosed == null ? null : lastClosed.plusMonths(1);
        if (next == null || firstMonth == null || firstMonth.isAfter(next)) {
            return firstMonth;
        }
        return next;
    }
}
