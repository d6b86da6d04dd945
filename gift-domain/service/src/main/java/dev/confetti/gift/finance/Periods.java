package dev.confetti.gift.finance;

import dev.confetti.events.EventIds;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.aggregate.Aggregates;
import dev.confetti.gift.aggregate.UpToDate;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.finance.CloseDecision.Accepted;
import dev.confetti.gift.finance.PeriodTable.Closed;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogMetadata;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.Map;
import java.util.UUID;

/** Closes months, one after the other. Thread-safe. */
public final class Periods {
    private static final long MOST_CACHED = 1;

    private final GiftDatabase database;
    private final Aggregates aggregates;
    private final UpToDate periods;
    private final PeriodTable table;
    private final OnceOnly onceOnly;
    private final InstantSource clock;

    public Periods(
            GiftDatabase database,
            Aggregates aggregates,
            EventLog log,
            PeriodTable table,
            OnceOnly onceOnly,
            InstantSource clock) {
        this.database = database;
        this.aggregates = aggregates;
        this.periods =
                new UpToDate(
                        log,
                        ClosedPeriods.STREAM_TYPE,
                        aggregates.add(
                                ClosedPeriods.class,
                                ClosedPeriods::new,
                                command ->
                                        ClosedPeriods.STREAM_TYPE + ":" + ClosedPeriods.STREAM_ID,
                                MOST_CACHED));
        this.table = table;
        this.onceOnly = onceOnly;
        this.clock = clock;
    }

    /**
     * Closes a month; again, by anybody, has no effect and the same answer.
     *
     * @param period {@code YYYY-MM}
     */
    public Closed close(String staffId, String period) {
        YearMonth month = Months.parse("period", period);
        onceOnly.answer(new Closing(month, staffId));
        return table.find(month)
                .orElseThrow(() -> new IllegalStateException(month + " is closed, and is not"));
    }

    private final class Closing implements OnceOnly.Request<YearMonth> {
        private final YearMonth month;
        private final String staffId;

        private Closing(YearMonth month, String staffId) {
            this.month = month;
            this.staffId = staffId;
        }

        /** A month is closed once: its close is named after it. */
        @Override
        public UUID eventId() {
            return EventIds.of("confetti", "close-period", month.toString());
        }

        @Override
        public Map<String, String> texts() {
            return Map.of();
        }

        @Override
        public YearMonth perform() {
            Instant now = clock.instant();
            CloseDecision decision =
                    decision(
                            new ClosePeriod(
                                    eventId(),
                                    now,
                                    month,
                                    MonthInLog.find(database, month, now),
                                    staffId));
            if (decision instanceof Accepted) {
                return month;
            }
            throw refused(month, decision);
        }

        @Override
        public boolean isSameAs(LogRecord recorded, Map<String, String> recordedTexts) {
            return true;
        }

        @Override
        public YearMonth answerAgain(LogRecord recorded) {
            return month;
        }
    }

    private CloseDecision decision(ClosePeriod close) {
        return periods.decide(
                        ClosedPeriods.STREAM_ID,
                        () ->
                                aggregates.send(
                                        close,
                                        LogMetadata.of(close.eventId(), close.at()),
                                        ClosedPeriods.Outcome.class))
                .value()
                .decision();
    }

    private static RefusedException refused(YearMonth month, CloseDecision decision) {
        return switch (decision) {
            case CloseDecision.NotOver(Instant end) ->
                    new RefusedException(
                            ProblemType.PERIOD_NOT_OVER,
                            "period "
                                    + month
                                    + ": expected a month that is over; this one ends at "
                                    + end,
                            Map.of("end", end.toString()));
            case CloseDecision.EarlierOpen(YearMonth earliest) ->
                    new RefusedException(
                            ProblemType.EARLIER_PERIOD_OPEN,
                            "period "
                                    + month
                                    + ": expected the months before it to be closed first, "
                                    + earliest
                                    + " is open",
                            Map.of("earliestOpen", earliest.toString()));
            case CloseDecision.ClosedBefore _ ->
                    new RefusedException(
                            ProblemType.PERIOD_CLOSED,
                            "period "
                                    + month
                                    + " was left out when a later one was closed, as nothing had"
                                    + " been recorded by its end; expected a later one");
            case Accepted _ -> throw new IllegalStateException(decision + " is no refusal");
        };
    }

    /** Closed months, latest first. */
    public Page<Closed> page(PageRequest page) {
        return Page.of(table.page(page.before(), page.limit() + 1), page, Closed::position);
    }
}
