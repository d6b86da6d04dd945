package dev.confetti.gift.finance;

import dev.confetti.gift.finance.Adjustments.Requested;
import dev.confetti.gift.http.Answers;
import dev.confetti.gift.http.Creates;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.problem.Refuses;
import dev.confetti.gift.sending.ReasonRequest;
import dev.confetti.gift.signin.Caller;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Adjustments over HTTP, for finance. */
@RestController
@RequestMapping("/v1/ledger/adjustments")
public class AdjustmentController {
    private static final List<String> STATUSES = List.of("requested", "approved", "rejected");

    private final Adjustments adjustments;

    public AdjustmentController(Adjustments adjustments) {
        this.adjustments = adjustments;
    }

    /** Adjustments, latest first. */
    public record AdjustmentList(List<ShownAdjustment> adjustments, @Nullable String nextCursor) {}

    @PostMapping
    @Creates
    @Refuses({
        ProblemType.IDEMPOTENCY_KEY_MISSING,
        ProblemType.IDEMPOTENCY_KEY_REUSED,
        ProblemType.ACCOUNT_NOT_ADJUSTABLE
    })
    public ResponseEntity<Requested> request(
            Caller caller, @RequestBody RequestAdjustmentRequest request, IdempotencyKey key) {
        return Answers.created(adjustments.request(caller.id(), key, request));
    }

    /**
     * Adjustments, latest first.
     *
     * @param status only such
     */
    @GetMapping
    @Refuses(ProblemType.MALFORMED_REQUEST)
    public AdjustmentList adjustments(
            Caller caller,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        if (status != null && !STATUSES.contains(status)) {
            throw new RefusedException(
                    ProblemType.MALFORMED_REQUEST,
                    "status \"" + status + "\": expected one of " + STATUSES);
        }
        Page<ShownAdjustment> page = adjustments.page(status, PageRequest.of(limit, cursor));
        return new AdjustmentList(page.items(), page.nextCursor());
    }

    @GetMapping("/{id}")
    @Refuses(ProblemType.UNKNOWN_ADJUSTMENT)
    public ShownAdjustment adjustment(Caller caller, @PathVariable String id) {
        return adjustments
                .find(id)
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        ProblemType.UNKNOWN_ADJUSTMENT,
                                        "adjustment \"" + id + "\": expected the id of one"));
    }

    @PostMapping("/{id}/approve")
    @Refuses({
        ProblemType.UNKNOWN_ADJUSTMENT,
        ProblemType.SAME_PERSON,
        ProblemType.ADJUSTMENT_NOT_REQUESTED
    })
    public ShownAdjustment approve(Caller caller, @PathVariable String id) {
        return adjustments.approve(caller.id(), id);
    }

    @PostMapping("/{id}/reject")
    @Refuses({
        ProblemType.UNKNOWN_ADJUSTMENT,
        ProblemType.SAME_PERSON,
        ProblemType.ADJUSTMENT_NOT_REQUESTED
    })
    public ShownAdjustment reject(
            Caller caller, @PathVariable String id, @RequestBody ReasonRequest request) {
        return adjustments.reject(caller.id(), id, request.reason());
    }
}
