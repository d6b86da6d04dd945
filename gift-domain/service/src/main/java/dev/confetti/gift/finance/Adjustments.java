package dev.confetti.gift.finance;

import dev.confetti.events.EventIds;
import dev.confetti.events.FiatAccounts;
import dev.confetti.events.FinanceEvent.AdjustmentApproved;
import dev.confetti.events.FinanceEvent.AdjustmentRejected;
import dev.confetti.events.FinanceEvent.AdjustmentRequested;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.aggregate.Aggregates;
import dev.confetti.gift.aggregate.UpToDate;
import dev.confetti.gift.command.DecidedOnce;
import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.finance.AdjustmentCommand.ApproveAdjustment;
import dev.confetti.gift.finance.AdjustmentCommand.RejectAdjustment;
import dev.confetti.gift.finance.AdjustmentCommand.RequestAdjustment;
import dev.confetti.gift.finance.AdjustmentDecision.Accepted;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.http.PathIds;
import dev.confetti.gift.log.DuplicateEventException;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.LogMetadata;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.sending.Reasons;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Adjustments: one person of finance asks for one, another decides. Thread-safe. */
public final class Adjustments {
    private static final String OPERATION = "request-adjustment";
    private static final long MOST_CACHED = 1_000;

    private final Aggregates aggregates;
    private final UpToDate adjustments;
    private final AdjustmentTable table;
    private final OnceOnly onceOnly;
    private final EventTexts texts;
    private final InstantSource clock;

    public Adjustments(
            Aggregates aggregates,
            EventLog log,
            AdjustmentTable table,
            OnceOnly onceOnly,
            EventTexts texts,
            InstantSource clock) {
        this.aggregates = aggregates;
        this.adjustments =
                new UpToDate(
                        log,
                        Adjustment.STREAM_TYPE,
                        aggregates.add(
                                Adjustment.class,
                                Adjustment::new,
                                Adjustments::nameFor,
                                MOST_CACHED));
        this.table = table;
        this.onceOnly = onceOnly;
        this.texts = texts;
        this.clock = clock;
    }

    private static String nameFor(Object command) {
        if (command instanceof AdjustmentCommand forAdjustment) {
            return Adjustment.STREAM_TYPE + ":" + forAdjustment.adjustmentId();
        }
        throw new IllegalArgumentException(command + ": expected a command for an adjustment");
    }

    /** What a request is answered with. */
    public record Requested(UUID adjustmentId, String status) {
        private Requested(UUID adjustmentId) {
            this(adjustmentId, "requested");
        }
    }

    /** Asks for an adjustment. */
    public Answer<Requested> request(
            String staffId, IdempotencyKey key, RequestAdjustmentRequest request) {
        UUID adjustmentId = EventIds.of(staffId, OPERATION, key.value());
        RequestAdjustment command =
                new RequestAdjustment(
                        adjustmentId,
                        clock.instant(),
                        request.debit(),
                        request.credit(),
                        request.amountMicros(),
                        request.currency(),
                        staffId);
        Answer<UUID> answer =
                onceOnly.answer(
                        new Telling(
                                command,
                                Map.of(Reasons.FIELD, request.reason()),
                                recorded -> isOf(recorded, command)));
        return new Answer<>(new Requested(answer.body()), answer.repeated());
    }

    private static boolean isOf(LogRecord recorded, RequestAdjustment command) {
        return recorded.event() instanceof AdjustmentRequested requested
                && requested.debitAccount().equals(command.debitAccount())
                && requested.creditAccount().equals(command.creditAccount())
                && requested.amountMicros() == command.amountMicros()
                && requested.currency().equals(command.currency());
    }

    /** Has an adjustment booked; again by the same person has no effect. */
    public ShownAdjustment approve(String staffId, String id) {
        UUID adjustmentId = require(id).adjustmentId();
        return decide(
                new ApproveAdjustment(
                        adjustmentId, decisionOf(adjustmentId), clock.instant(), staffId),
                Map.of(),
                recorded ->
                        recorded.event() instanceof AdjustmentApproved approved
                                && approved.approvedBy().equals(staffId));
    }

    /** Drops an adjustment; again by the same person has no effect. */
    public ShownAdjustment reject(String staffId, String id, String reason) {
        UUID adjustmentId = require(id).adjustmentId();
        return decide(
                new RejectAdjustment(
                        adjustmentId, decisionOf(adjustmentId), clock.instant(), staffId),
                Map.of(Reasons.FIELD, reason),
                recorded ->
                        recorded.event() instanceof AdjustmentRejected rejected
                                && rejected.rejectedBy().equals(staffId));
    }

    /** An adjustment is decided once: the decision is named after it. */
    private static UUID decisionOf(UUID adjustmentId) {
        return EventIds.of("confetti", "decide-adjustment", adjustmentId.toString());
    }

    private ShownAdjustment decide(
            AdjustmentCommand command, Map<String, String> words, Predicate<LogRecord> own) {
        onceOnly.answer(
                new DecidedOnce(
                        command.eventId(),
                        words,
                        () -> requireAccepted(command, decision(command)),
                        own,
                        () -> refused(command, new AdjustmentDecision.NotRequested())));
        return require(command.adjustmentId().toString());
    }

    private static void requireAccepted(AdjustmentCommand command, AdjustmentDecision decision) {
        if (!(decision instanceof Accepted)) {
            throw refused(command, decision);
        }
    }

    /** A command that is told once. */
    private final class Telling implements OnceOnly.Request<UUID> {
        private final AdjustmentCommand command;
        private final Map<String, String> words;
        private final Predicate<LogRecord> same;

        private Telling(
                AdjustmentCommand command, Map<String, String> words, Predicate<LogRecord> same) {
            this.command = command;
            this.words = words;
            this.same = same;
        }

        @Override
        public UUID eventId() {
            return command.eventId();
        }

        @Override
        public Map<String, String> texts() {
            return words;
        }

        @Override
        public UUID perform() {
            AdjustmentDecision decision = Adjustments.this.decision(command);
            if (decision instanceof AdjustmentDecision.RequestedBefore) {
                throw new DuplicateEventException(command.eventId());
            }
            requireAccepted(command, decision);
            return command.adjustmentId();
        }

        @Override
        public boolean isSameAs(LogRecord recorded, Map<String, String> wordsThen) {
            return same.test(recorded) && words.equals(wordsThen);
        }

        @Override
        public UUID answerAgain(LogRecord recorded) {
            return command.adjustmentId();
        }
    }

    private AdjustmentDecision decision(AdjustmentCommand command) {
        return adjustments
                .decide(
                        command.adjustmentId().toString(),
                        () ->
                                aggregates.send(
                                        command,
                                        LogMetadata.of(command.eventId(), command.at()),
                                        Adjustment.Outcome.class))
                .value()
                .decision();
    }

    private static RefusedException refused(
            AdjustmentCommand command, AdjustmentDecision decision) {
        return switch (decision) {
            case AdjustmentDecision.NotAdjustable(String account) ->
                    new RefusedException(
                            ProblemType.ACCOUNT_NOT_ADJUSTABLE, whyNot(account), Map.of());
            case AdjustmentDecision.SamePerson _ ->
                    new RefusedException(
                            ProblemType.SAME_PERSON,
                            "expected another person to decide about an adjustment than who asked"
                                    + " for it");
            case AdjustmentDecision.NotRequested _ ->
                    new RefusedException(
                            ProblemType.ADJUSTMENT_NOT_REQUESTED,
                            "adjustment "
                                    + command.adjustmentId()
                                    + ": expected one that waits for a decision; it was decided");
            case Accepted _, AdjustmentDecision.RequestedBefore _ ->
                    throw new IllegalStateException(decision + " is no refusal");
        };
    }

    private static String whyNot(String account) {
        String explanation = FiatAccounts.EXPLAINED.get(account);
        return "account \""
                + account
                + "\": "
                + (explanation == null
                        ? ""
                        : "its balance is explained by "
                                + explanation
                                + ", and changes with them alone; ")
                + "expected one of "
                + String.join(", ", FiatAccounts.ADJUSTABLE);
    }

    private ShownAdjustment require(String id) {
        return find(id).orElseThrow(
                        () ->
                                new RefusedException(
                                        ProblemType.UNKNOWN_ADJUSTMENT,
                                        "adjustment \"" + id + "\": expected the id of one"));
    }

    /** An adjustment, with its texts. */
    public Optional<ShownAdjustment> find(String id) {
        return PathIds.uuid(id).flatMap(table::find).map(each -> worded(List.of(each)).getFirst());
    }

    /**
     * Adjustments, latest first.
     *
     * @param status only such; null: any
     */
    public Page<ShownAdjustment> page(@Nullable String status, PageRequest page) {
        Page<ShownAdjustment> found =
                Page.of(
                        table.page(status, page.before(), page.limit() + 1),
                        page,
                        ShownAdjustment::position);
        return new Page<>(worded(found.items()), found.nextCursor());
    }

    private List<ShownAdjustment> worded(List<ShownAdjustment> found) {
        List<UUID> events = new ArrayList<>();
        for (ShownAdjustment each : found) {
            events.add(each.adjustmentId());
            events.add(decisionOf(each.adjustmentId()));
        }
        Map<UUID, Map<String, String>> words = texts.of(events);
        return found.stream()
                .map(
                        each ->
                                each.withWords(
                                        reason(words, each.adjustmentId()),
                                        reason(words, decisionOf(each.adjustmentId()))))
                .toList();
    }

    private static @Nullable String reason(Map<UUID, Map<String, String>> words, UUID eventId) {
        return words.getOrDefault(eventId, Map.of()).get(Reasons.FIELD);
    }
}
