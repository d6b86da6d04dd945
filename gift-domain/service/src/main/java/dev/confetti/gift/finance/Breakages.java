package dev.confetti.gift.finance;

import dev.confetti.events.EventIds;
import dev.confetti.events.FinanceEvent.BreakageRecognised;
import dev.confetti.gift.command.DecidedOnce;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.finance.ProposalTable.Asked;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.NewEvent;
import dev.confetti.gift.log.OutdatedAppendException;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.sending.Reasons;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Breakage: one person of finance brings an estimate, another has it recognised. Thread-safe. */
public final class Breakages {
    private static final String STREAM_TYPE = "breakage";
    private static final Proposals.Kind KIND =
            new Proposals.Kind(
                    "breakage",
                    ProblemType.UNKNOWN_BREAKAGE,
                    ProblemType.BREAKAGE_NOT_REQUESTED,
                    "expected another person to decide about breakage than who estimated it");

    private final BreakageTable table;
    private final Proposals<ShownBreakage> proposals;
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
        this.proposals = new Proposals<>(table.proposals(), KIND, clock);
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
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put("period", request.period());
        columns.put("currency", request.currency());
        columns.put("amount_micros", request.amountMicros());
        Answer<UUID> answer =
                proposals.request(
                        staffId,
                        new Asked(
                                EventIds.of(staffId, "request-breakage", key.value()),
                                request.reason(),
                                columns),
                        () -> {
                            requireOpen(request.period());
                            requireNotBelowZero(request.currency(), request.amountMicros());
                        },
                        recorded -> isOf(recorded, request));
        return new Answer<>(new Requested(answer.body(), "requested"), answer.repeated());
    }

    private static boolean isOf(ShownBreakage recorded, RequestBreakageRequest request) {
        return recorded.period().equals(request.period())
                && recorded.currency().equals(request.currency())
                && recorded.amount().equals(new BookAmount(request.amountMicros()).decimal());
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
                        () -> proposals.decided(breakageId)));
        return require(id);
    }

    private void recognise(UUID breakageId, String staffId) {
        ShownBreakage now = require(breakageId.toString());
        proposals.requireWaiting(now, staffId, _ -> {});
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
        return proposals.reject(staffId, id, _ -> {});
    }

    /**
     * An estimate.
     *
     * @throws RefusedException {@code unknown-breakage}
     */
    public ShownBreakage require(String id) {
        return proposals.require(id);
    }

    /** Estimates, latest first. */
    public Page<ShownBreakage> page(PageRequest page) {
        return proposals.page(page);
    }
}
