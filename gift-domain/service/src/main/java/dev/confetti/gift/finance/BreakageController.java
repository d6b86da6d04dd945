package dev.confetti.gift.finance;

import dev.confetti.gift.finance.Breakages.Requested;
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

/** Breakage over HTTP, for finance. */
@RestController
@RequestMapping("/v1/ledger/breakage")
public class BreakageController {
    private final Breakages breakages;

    public BreakageController(Breakages breakages) {
        this.breakages = breakages;
    }

    /** Estimates, latest first. */
    public record BreakageList(List<ShownBreakage> breakage, @Nullable String nextCursor) {}

    @PostMapping
    @Creates
    @Refuses({
        ProblemType.IDEMPOTENCY_KEY_MISSING,
        ProblemType.IDEMPOTENCY_KEY_REUSED,
        ProblemType.PERIOD_OUT_OF_RANGE,
        ProblemType.PERIOD_CLOSED,
        ProblemType.BREAKAGE_BELOW_ZERO
    })
    public ResponseEntity<Requested> request(
            Caller caller, @RequestBody RequestBreakageRequest request, IdempotencyKey key) {
        return Answers.created(breakages.request(caller.id(), key, request));
    }

    @GetMapping
    @Refuses(ProblemType.MALFORMED_REQUEST)
    public BreakageList breakages(
            Caller caller,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<ShownBreakage> page = breakages.page(PageRequest.of(limit, cursor));
        return new BreakageList(page.items(), page.nextCursor());
    }

    @GetMapping("/{id}")
    @Refuses(ProblemType.UNKNOWN_BREAKAGE)
    public ShownBreakage breakage(Caller caller, @PathVariable String id) {
        return breakages.require(id);
    }

    @PostMapping("/{id}/approve")
    @Refuses({
        ProblemType.UNKNOWN_BREAKAGE,
        ProblemType.SAME_PERSON,
        ProblemType.BREAKAGE_NOT_REQUESTED,
        ProblemType.PERIOD_CLOSED,
        ProblemType.BREAKAGE_BELOW_ZERO
    })
    public ShownBreakage approve(Caller caller, @PathVariable String id) {
        return breakages.approve(caller.id(), id);
    }

    @PostMapping("/{id}/reject")
    @Refuses({
        ProblemType.UNKNOWN_BREAKAGE,
        ProblemType.SAME_PERSON,
        ProblemType.BREAKAGE_NOT_REQUESTED
    })
    public ShownBreakage reject(Caller caller, @PathVariable String id) {
        return breakages.reject(caller.id(), id);
    }
}
