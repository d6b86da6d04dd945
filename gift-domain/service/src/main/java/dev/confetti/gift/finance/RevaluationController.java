package dev.confetti.gift.finance;

import dev.confetti.gift.finance.Revaluations.Requested;
import dev.confetti.gift.http.Answers;
import dev.confetti.gift.http.Creates;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.Refuses;
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

/** New rates for earnings over HTTP, for finance. */
@RestController
@RequestMapping("/v1/ledger/revaluations")
public class RevaluationController {
    private final Revaluations revaluations;

    public RevaluationController(Revaluations revaluations) {
        this.revaluations = revaluations;
    }

    /** Revaluations, latest first. */
    public record RevaluationList(
            List<ShownRevaluation> revaluations, @Nullable String nextCursor) {}

    @PostMapping
    @Creates
    @Refuses({
        ProblemType.IDEMPOTENCY_KEY_MISSING,
        ProblemType.IDEMPOTENCY_KEY_REUSED,
        ProblemType.SAME_PERSON,
        ProblemType.REVALUATION_OUT_OF_RANGE
    })
    public ResponseEntity<Requested> request(
            Caller caller, @RequestBody RequestRevaluationRequest request, IdempotencyKey key) {
        return Answers.created(revaluations.request(caller.id(), key, request));
    }

    @GetMapping
    @Refuses(ProblemType.MALFORMED_REQUEST)
    public RevaluationList revaluations(
            Caller caller,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<ShownRevaluation> page = revaluations.page(PageRequest.of(limit, cursor));
        return new RevaluationList(page.items(), page.nextCursor());
    }

    @GetMapping("/{id}")
    @Refuses(ProblemType.UNKNOWN_REVALUATION)
    public ShownRevaluation revaluation(Caller caller, @PathVariable String id) {
        return revaluations.require(id);
    }

    @PostMapping("/{id}/approve")
    @Refuses({
        ProblemType.UNKNOWN_REVALUATION,
        ProblemType.SAME_PERSON,
        ProblemType.REVALUATION_NOT_REQUESTED
    })
    public ShownRevaluation approve(Caller caller, @PathVariable String id) {
        return revaluations.approve(caller.id(), id);
    }

    @PostMapping("/{id}/reject")
    @Refuses({
        ProblemType.UNKNOWN_REVALUATION,
        ProblemType.SAME_PERSON,
        ProblemType.REVALUATION_NOT_REQUESTED
    })
    public ShownRevaluation reject(Caller caller, @PathVariable String id) {
        return revaluations.reject(caller.id(), id);
    }
}
