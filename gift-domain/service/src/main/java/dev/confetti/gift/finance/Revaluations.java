package dev.confetti.gift.finance;

import dev.confetti.events.EventIds;
import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.earning.Valuations;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.http.PathIds;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A new rate for what is earned and not paid: one person of finance asks, another agrees. Nobody
 * decides about earnings of their own, where they are one creator's. Thread-safe.
 */
public final class Revaluations {
    /** 100,000 million: a hundred of them leave the books most of their room. */
    private static final BigDecimal MOST_MICROS = BigDecimal.TEN.pow(17);

    /** So many creators are revalued before the approval is answered; a clerk does the rest. */
    private static final int PAGES_AT_ONCE = 5;

    private final RevaluationTable table;
    private final Valuations valuations;
    private final RevaluationWork work;
    private final EventLog log;
    private final InstantSource clock;

    public Revaluations(
            RevaluationTable table,
            Valuations valuations,
            RevaluationWork work,
            EventLog log,
            InstantSource clock) {
        this.table = table;
        this.valuations = valuations;
        this.work = work;
        this.log = log;
        this.clock = clock;
    }

    /** What a request is answered with. */
    public record Requested(UUID revaluationId, String status) {}

    /** Keeps a new rate until another person decides. */
    public Answer<Requested> request(
            String staffId, IdempotencyKey key, RequestRevaluationRequest request) {
        UUID revaluationId = EventIds.of(staffId, "request-revaluation", key.value());
        Optional<ShownRevaluation> before = table.find(revaluationId);
        boolean added = false;
        if (before.isEmpty()) {
            requireOthers(staffId, request.creatorId());
            requireRoom(request);
            added = table.add(revaluationId, request, staffId, clock.instant());
            before = table.find(revaluationId);
        }
        if (before.filter(each -> isOf(each, request)).isEmpty()) {
            throw new RefusedException(
                    ProblemType.IDEMPOTENCY_KEY_REUSED,
                    "Idempotency-Key: this key came before with other content; expected the same"
                            + " content, or a new key");
        }
        return new Answer<>(new Requested(revaluationId, "requested"), !added);
    }

    private static boolean isOf(ShownRevaluation recorded, RequestRevaluationRequest request) {
        return recorded.currency().equals(request.currency())
                && recorded.rateMicros() == request.rateMicros()
                && Objects.equals(recorded.creatorId(), request.creatorId())
                && (recorded.reason() == null || recorded.reason().equals(request.reason()));
    }

    private static void requireOthers(String staffId, @Nullable String creatorId) {
        if (staffId.equals(creatorId)) {
            throw new RefusedException(
                    ProblemType.SAME_PERSON,
                    "expected another person to revalue earnings than who earned them");
        }
    }

    /** What does not fit into the books would keep the ledger from going on. */
    private void requireRoom(RequestRevaluationRequest request) {
        BigDecimal micros =
                valuations
                        .tenThousandths(request.creatorId())
                        .multiply(BigDecimal.valueOf(request.rateMicros()));
        if (micros.compareTo(MOST_MICROS) > 0) {
            throw new RefusedException(
                    ProblemType.REVALUATION_OUT_OF_RANGE,
                    "rateMicros "
                            + request.rateMicros()
                            + ": expected all earnings together to be worth at most "
                            + MOST_MICROS.movePointLeft(6).toPlainString()
                            + " "
                            + request.currency()
                            + ", they would be worth "
                            + micros.movePointLeft(6).toPlainString(),
                    Map.of("most", MOST_MICROS.movePointLeft(6).toPlainString()));
        }
    }

    /**
     * Agrees, and revalues; again by the same person has no effect, but goes on with what was
     * broken off.
     */
    public ShownRevaluation approve(String staffId, String id) {
        ShownRevaluation waiting = require(id);
        boolean isAgain =
                staffId.equals(waiting.decidedBy()) && !waiting.status().equals("rejected");
        if (!isAgain) {
            requireUndecided(waiting, staffId);
            if (!table.approve(waiting.revaluationId(), staffId, clock.instant(), log.head())) {
                throw decided(waiting.revaluationId());
            }
        }
        work.goOn(PAGES_AT_ONCE);
        return require(id);
    }

    /** Drops a request; again by the same person has no effect. */
    public ShownRevaluation reject(String staffId, String id) {
        ShownRevaluation waiting = require(id);
        if (waiting.status().equals("rejected") && staffId.equals(waiting.decidedBy())) {
            return waiting;
        }
        requireUndecided(waiting, staffId);
        if (!table.reject(waiting.revaluationId(), staffId, clock.instant())) {
            throw decided(waiting.revaluationId());
        }
        return require(id);
    }

    private static void requireUndecided(ShownRevaluation waiting, String staffId) {
        if (!waiting.status().equals("requested")) {
            throw decided(waiting.revaluationId());
        }
        requireOthers(staffId, waiting.creatorId());
        if (staffId.equals(waiting.requestedBy())) {
            throw new RefusedException(
                    ProblemType.SAME_PERSON,
                    "expected another person to decide about a revaluation than who asked for it");
        }
    }

    private static RefusedException decided(UUID revaluationId) {
        return new RefusedException(
                ProblemType.REVALUATION_NOT_REQUESTED,
                "revaluation "
                        + revaluationId
                        + ": expected one that waits for a decision; it was decided");
    }

    /**
     * A revaluation.
     *
     * @throws RefusedException {@code unknown-revaluation}
     */
    public ShownRevaluation require(String id) {
        return PathIds.uuid(id)
                .flatMap(table::find)
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        ProblemType.UNKNOWN_REVALUATION,
                                        "revaluation \"" + id + "\": expected the id of one"));
    }

    /** Revaluations, latest first. */
    public Page<ShownRevaluation> page(PageRequest page) {
        return Page.of(
                table.page(page.before(), page.limit() + 1), page, ShownRevaluation::requested);
    }
}
