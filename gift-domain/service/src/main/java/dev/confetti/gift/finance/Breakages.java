package dev.confetti.gift.finance;

import dev.confetti.events.EventIds;
import dev.confetti.events.FinanceEvent.BreakageRecognised;
import dev.confetti.gift.command.DecidedOnce;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.http.PathIds;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.NewEvent;
import dev.confetti.gift.log.OutdatedAppendException;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.sending.Reasons;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Breakage: one person of finance brings an estimate, another has it recognised. Thread-safe. */
public final class Breakages {
    private static final String STREAM_TYPE = "breakage";

    private final BreakageTable table;
    private final PeriodTable periods;
    private final EventLog log;
    private final OnceOnly onceOnly;
    private final InstantSource clock;

    public Breakages(
            BreakageTable table,
            PeriodTable periods,
            EventLog log,
            OnceOnly onceOnly,
            InstantSource clock) {
        this.table = table;
        this.periods = periods;
        this.log = log;
        this.onceOnly = onceOnly;
        this.clock = clock;
    }

    /** What a request is answered with. */
    public record Requested(UUID breakageId, String status) {}

    /** Keeps an estimate until another person decides. */
    public Answer<Requested> request(
            String staffId, IdempotencyKey key, RequestBreakageRequest request) {
        UUID breakageId = EventIds.of(staffId, "request-breakage", key.value());
        Optional<ShownBreakage> before = table.find(breakageId);
        boolean added = false;
        if (before.isEmpty()) {
            requireOpen(request.period());
            requireNotBelowZero(request.currency(), request.amountMicros());
            added = table.add(breakageId, request, staffId, clock.instant());
            before = table.find(breakageId);
        }
        if (before.filter(each -> isOf(each, request)).isEmpty()) {
            throw new RefusedException(
                    ProblemType.IDEMPOTENCY_KEY_REUSED,
                    "Idempotency-Key: this key came before with other content; expected the same"
                            + " content, or a new key");
        }
        return new Answer<>(new Requested(breakageId, "requested"), !added);
    }

    private static boolean isOf(ShownBreakage recorded, RequestBreakageRequest request) {
        return recorded.period().equals(request.period())
                && recorded.currency().equals(request.currency())
                && recorded.amount().equals(new BookAmount(request.amountMicros()).decimal())
                && (recorded.reason() == null || recorded.reason().equals(request.reason()));
    }

    private void requireOpen(String period) {
        YearMonth month = Months.parse("period", period);
        if (month.isAfter(Months.of(clock.instant()))) {
            throw new RefusedException(
                    ProblemType.PERIOD_OUT_OF_RANGE,
                    "period " + period + ": expected a month that has begun");
        }
        if (periods.find(month).isPresent()) {
            throw new RefusedException(
                    ProblemType.PERIOD_CLOSED,
                    "period "
                            + period
                            + " is closed: expected an open one, where later corrections go");
        }
    }

    private void requireNotBelowZero(String currency, long amountMicros) {
        long total = table.total(currency);
        if (Math.addExact(total, amountMicros) < 0) {
            String recognised = new BookAmount(total).decimal();
            throw new RefusedException(
                    ProblemType.BREAKAGE_BELOW_ZERO,
                    "amount "
                            + new BookAmount(amountMicros).decimal()
                            + ": expected no more to be taken back than was recognised, "
                            + recognised
                            + " "
                            + currency,
                    Map.of("recognised", recognised));
        }
    }

    /** Makes an estimate revenue; again by the same person has no effect. */
    public ShownBreakage approve(String staffId, String id) {
        ShownBreakage waiting = require(id);
        UUID breakageId = waiting.breakageId();
        String reason = waiting.reason();
        // It is recognised once: the event is named after it.
        onceOnly.answer(
                new DecidedOnce(
                        breakageId,
                        reason == null ? Map.of() : Map.of(Reasons.FIELD, reason),
                        () -> recognise(breakageId, staffId),
                        recorded ->
                                recorded.event() instanceof BreakageRecognised recognised
                                        && recognised.recognisedBy().equals(staffId),
                        () -> decided(breakageId)));
        return require(id);
    }

    private void recognise(UUID breakageId, String staffId) {
        ShownBreakage now = require(breakageId.toString());
        requireUndecided(now, staffId);
        requireOpen(now.period());
        long amountMicros = BookAmount.ofDecimal(now.amount()).micros();
        requireNotBelowZero(now.currency(), amountMicros);
        BreakageRecognised event =
                new BreakageRecognised(
                        now.breakageId(),
                        now.period(),
                        now.currency(),
                        amountMicros,
                        now.requestedBy(),
                        staffId,
                        null);
        try {
            log.append(
                    List.of(NewEvent.alone(now.breakageId(), STREAM_TYPE, event, clock.instant())));
        } catch (OutdatedAppendException e) {
            throw new RefusedException(
                    ProblemType.BREAKAGE_NOT_REQUESTED,
                    "breakage " + now.breakageId() + ": another decision came between; look again");
        }
    }

    /** Drops an estimate; again by the same person has no effect. */
    public ShownBreakage reject(String staffId, String id) {
        ShownBreakage estimate = require(id);
        if (estimate.status().equals("rejected") && staffId.equals(estimate.decidedBy())) {
            return estimate;
        }
        requireUndecided(estimate, staffId);
        if (!table.reject(estimate.breakageId(), staffId, clock.instant())) {
            throw decided(estimate.breakageId());
        }
        return require(id);
    }

    private static void requireUndecided(ShownBreakage estimate, String staffId) {
        if (!estimate.status().equals("requested")) {
            throw decided(estimate.breakageId());
        }
        if (staffId.equals(estimate.requestedBy())) {
            throw new RefusedException(
                    ProblemType.SAME_PERSON,
                    "expected another person to decide about breakage than who estimated it");
        }
    }

    private static RefusedException decided(UUID breakageId) {
        return new RefusedException(
                ProblemType.BREAKAGE_NOT_REQUESTED,
                "breakage "
                        + breakageId
                        + ": expected one that waits for a decision; it was decided");
    }

    /**
     * An estimate.
     *
     * @throws RefusedException {@code unknown-breakage}
     */
    public ShownBreakage require(String id) {
        return PathIds.uuid(id)
                .flatMap(table::find)
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        ProblemType.UNKNOWN_BREAKAGE,
                                        "breakage \"" + id + "\": expected the id of one"));
    }

    /** Estimates, latest first. */
    public Page<ShownBreakage> page(PageRequest page) {
        return Page.of(table.page(page.before(), page.limit() + 1), page, ShownBreakage::requested);
    }
}
