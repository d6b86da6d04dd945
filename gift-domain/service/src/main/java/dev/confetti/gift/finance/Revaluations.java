package dev.confetti.gift.finance;

import dev.confetti.events.EventIds;
import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.earning.Valuations;
import dev.confetti.gift.finance.ProposalTable.Asked;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
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

    private static final Proposals.Kind KIND =
            new Proposals.Kind(
                    "revaluation",
                    ProblemType.UNKNOWN_REVALUATION,
                    ProblemType.REVALUATION_NOT_REQUESTED,
                    "expected another person to decide about a revaluation than who asked for it");

    private final RevaluationTable table;
    private final Proposals<ShownRevaluation> proposals;
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
        this.proposals = new Proposals<>(table.proposals(), KIND, clock);
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
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put("creator_id", request.creatorId());
        columns.put("currency", request.currency());
        columns.put("rate_micros", request.rateMicros());
        Answer<UUID> answer =
                proposals.request(
                        staffId,
                        new Asked(
                                EventIds.of(staffId, "request-revaluation", key.value()),
                                request.reason(),
                                columns),
                        () -> {
                            requireOthers(staffId, request.creatorId());
                            requireRoom(request);
                        },
                        recorded -> isOf(recorded, request));
        return new Answer<>(new Requested(answer.body(), "requested"), answer.repeated());
    }

    private static boolean isOf(ShownRevaluation recorded, RequestRevaluationRequest request) {
        return recorded.currency().equals(request.currency())
                && recorded.rateMicros() == request.rateMicros()
                && Objects.equals(recorded.creatorId(), request.creatorId());
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
            proposals.requireWaiting(
                    waiting, staffId, each -> requireOthers(staffId, each.creatorId()));
            if (!table.approve(waiting.revaluationId(), staffId, clock.instant(), log.head())) {
                throw proposals.decided(waiting.revaluationId());
            }
        }
        work.goOn(PAGES_AT_ONCE);
        return require(id);
    }

    /** Drops a request; again by the same person has no effect. */
    public ShownRevaluation reject(String staffId, String id) {
        return proposals.reject(staffId, id, each -> requireOthers(staffId, each.creatorId()));
    }

    /**
     * A revaluation.
     *
     * @throws RefusedException {@code unknown-revaluation}
     */
    public ShownRevaluation require(String id) {
        return proposals.require(id);
    }

    /** Revaluations, latest first. */
    public Page<ShownRevaluation> page(PageRequest page) {
        return proposals.page(page);
    }
}
