package dev.confetti.gift.payout;

import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.http.Answers;
import dev.confetti.gift.http.Creates;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.http.PathIds;
import dev.confetti.gift.payout.PayoutDecisions.HoldState;
import dev.confetti.gift.payout.Payouts.Requested;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Payouts over HTTP. */
@RestController
public class PayoutController {
    private static final List<String> STATUSES =
            List.of(
                    "requested",
                    "approved",
                    "rejected",
                    "withdrawn",
                    "sent",
                    "settled",
                    "failed",
                    "returned");

    private final Payouts payouts;
    private final PayoutDecisions decisions;
    private final PayoutResolutions resolutions;

    public PayoutController(
            Payouts payouts, PayoutDecisions decisions, PayoutResolutions resolutions) {
        this.payouts = payouts;
        this.decisions = decisions;
        this.resolutions = resolutions;
    }

    /** Payouts, latest first. */
    public record PayoutList(List<Payout> payouts, @Nullable String nextCursor) {}

    @PostMapping("/v1/payouts")
    @Creates
    @Refuses({
        ProblemType.IDEMPOTENCY_KEY_MISSING,
        ProblemType.IDEMPOTENCY_KEY_REUSED,
        ProblemType.INSUFFICIENT_DIAMONDS,
        ProblemType.BELOW_MINIMUM,
        ProblemType.PAYOUTS_HELD,
        ProblemType.CURRENCIES_MIXED
    })
    public ResponseEntity<Requested> request(
            Caller caller, @RequestBody RequestPayoutRequest request, IdempotencyKey key) {
        Answer<Requested> answer = payouts.request(caller.id(), key, request);
        return Answers.created(answer);
    }

    /**
     * One's own payouts, or for finance those of all or of one creator.
     *
     * @param status only such
     */
    @GetMapping("/v1/payouts")
    @Refuses({ProblemType.FORBIDDEN, ProblemType.MALFORMED_REQUEST})
    public PayoutList payouts(
            Caller caller,
            @RequestParam(required = false) @Nullable String creatorId,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        if (creatorId != null && !creatorId.equals(caller.id()) && !caller.isFinance()) {
            throw new RefusedException(
                    ProblemType.FORBIDDEN,
                    "creatorId \"" + creatorId + "\": expected your own id, or the role finance");
        }
        if (status != null && !STATUSES.contains(status)) {
            throw new RefusedException(
                    ProblemType.MALFORMED_REQUEST,
                    "status \"" + status + "\": expected one of " + STATUSES);
        }
        String whose = creatorId == null && !caller.isFinance() ? caller.id() : creatorId;
        Page<Payout> page = payouts.page(whose, status, PageRequest.of(limit, cursor));
        return new PayoutList(
                page.items().stream().map(payout -> seenBy(caller, payout)).toList(),
                page.nextCursor());
    }

    @GetMapping("/v1/payouts/{id}")
    @Refuses(ProblemType.UNKNOWN_PAYOUT)
    public Payout payout(Caller caller, @PathVariable String id) {
        return payouts.find(id)
                .filter(each -> each.creatorId().equals(caller.id()) || caller.isFinance())
                .map(each -> seenBy(caller, each))
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        ProblemType.UNKNOWN_PAYOUT,
                                        "payout \"" + id + "\": expected one of yours"));
    }

    private static Payout seenBy(Caller caller, Payout payout) {
        boolean seesLocked = caller.isFinance() && !payout.creatorId().equals(caller.id());
        return seesLocked ? payout : payout.withoutLocked();
    }

    @PostMapping("/v1/payouts/{id}/approve")
    @Refuses({
        ProblemType.UNKNOWN_PAYOUT,
        ProblemType.SAME_PERSON,
        ProblemType.PAYOUT_NOT_REQUESTED,
        ProblemType.PAYOUTS_HELD,
        ProblemType.BELOW_MINIMUM
    })
    public Payout approve(Caller caller, @PathVariable String id) {
        return decisions.approve(caller.id(), id);
    }

    /** Takes an approval back before the payout is in a batch; the diamonds are available again. */
    @PostMapping("/v1/payouts/{id}/withdraw")
    @Refuses({ProblemType.UNKNOWN_PAYOUT, ProblemType.SAME_PERSON, ProblemType.PAYOUT_NOT_APPROVED})
    public Payout withdraw(
            Caller caller, @PathVariable String id, @RequestBody ReasonRequest request) {
        return decisions.withdraw(caller.id(), id, request.reason());
    }

    /**
     * Says what became of a payout at the bank, where its messages do not; it counts when another
     * person agrees.
     */
    @PostMapping("/v1/payouts/{id}/resolutions")
    @Creates
    @Refuses({
        ProblemType.IDEMPOTENCY_KEY_MISSING,
        ProblemType.IDEMPOTENCY_KEY_REUSED,
        ProblemType.UNKNOWN_PAYOUT,
        ProblemType.SAME_PERSON,
        ProblemType.PAYOUT_NOT_AT_BANK
    })
    public ResponseEntity<PayoutResolutions.Requested> resolve(
            Caller caller,
            @PathVariable String id,
            @RequestBody RequestResolutionRequest request,
            IdempotencyKey key) {
        return Answers.created(resolutions.request(caller.id(), key, id, request));
    }

    @PostMapping("/v1/payouts/{id}/resolutions/{resolutionId}/approve")
    @Refuses({
        ProblemType.UNKNOWN_PAYOUT,
        ProblemType.UNKNOWN_RESOLUTION,
        ProblemType.SAME_PERSON,
        ProblemType.RESOLUTION_NOT_REQUESTED
    })
    public Payout agree(Caller caller, @PathVariable String id, @PathVariable String resolutionId) {
        return resolutions.approve(caller.id(), id, resolutionId);
    }

    /** Pays nothing to a creator until further notice; again has no effect. */
    @PostMapping("/v1/creators/{creatorId}/payouts/hold")
    @Refuses(ProblemType.MALFORMED_REQUEST)
    public HoldState hold(
            Caller caller, @PathVariable String creatorId, @RequestBody ReasonRequest request) {
        return decisions.hold(
                caller.id(), PathIds.person("creatorId", creatorId), request.reason());
    }

    /** Pays a creator again; again has no effect. */
    @PostMapping("/v1/creators/{creatorId}/payouts/resume")
    @Refuses({ProblemType.MALFORMED_REQUEST, ProblemType.SAME_PERSON})
    public HoldState resume(
            Caller caller, @PathVariable String creatorId, @RequestBody ReasonRequest request) {
        return decisions.resume(
                caller.id(), PathIds.person("creatorId", creatorId), request.reason());
    }

    @PostMapping("/v1/payouts/{id}/reject")
    @Refuses({
        ProblemType.UNKNOWN_PAYOUT,
        ProblemType.SAME_PERSON,
        ProblemType.PAYOUT_NOT_REQUESTED
    })
    public Payout reject(
            Caller caller, @PathVariable String id, @RequestBody ReasonRequest request) {
        return decisions.reject(caller.id(), id, request.reason());
    }
}
