package dev.confetti.ledger;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.FinanceEvent.PeriodClosed;
import dev.confetti.ledger.journal.SourceEvent;

import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Events one each step of time, with each month closed by the first event after its end. */
public final class ClosedMonths {
    private ClosedMonths() {}

    public static List<SourceEvent> of(List<? extends ConfettiEvent> events, Duration step) {
        List<SourceEvent> closed = new ArrayList<>();
        YearMonth open = YearMonth.from(Samples.START.atOffset(ZoneOffset.UTC));
        for (ConfettiEvent event : events) {
            long through = closed.size();
            while (month(closed.size() + 1L, step).isAfter(open)) {
                closed.add(
                        Samples.source(
                                closed.size() + 1L, closing(open.toString(), through), step));
                open = open.plusMonths(1);
            }
            closed.add(Samples.source(closed.size() + 1L, event, step));
        }
        return closed;
    }

    public static PeriodClosed closing(String period, long throughPosition) {
        return new PeriodClosed(period, throughPosition, "ab".repeat(32), "fin-1");
    }

    private static YearMonth month(long position, Duration step) {
        return YearMonth.from(
                Samples.START.plus(step.multipliedBy(position)).atOffset(ZoneOffset.UTC));
    }
}
