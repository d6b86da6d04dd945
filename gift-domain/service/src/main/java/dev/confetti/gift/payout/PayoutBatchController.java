package dev.confetti.gift.payout;

import dev.confetti.gift.http.Answers;
import dev.confetti.gift.http.Creates;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.Refuses;
import dev.confetti.gift.signin.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Payouts on their way to the bank, over HTTP. */
@RestController
public class PayoutBatchController {
    private final PayoutBatches batches;

    public PayoutBatchController(PayoutBatches batches) {
        this.batches = batches;
    }

    /** Batches, latest first. */
    public record BatchList(List<PayoutBatch> batches, @Nullable String nextCursor) {}

    /** Puts all payouts together that are approved and not held, up to 2,000, the oldest first. */
    @PostMapping("/v1/payout-batches")
    @Creates
    @Refuses({
        ProblemType.IDEMPOTENCY_KEY_MISSING,
        ProblemType.IDEMPOTENCY_KEY_REUSED,
        ProblemType.NOTHING_TO_PAY,
        ProblemType.BANK_ACCOUNT_MISSING
    })
    public ResponseEntity<PayoutBatch> create(Caller caller, IdempotencyKey key) {
        return Answers.created(batches.create(caller.id(), key));
    }

    @GetMapping("/v1/payout-batches")
    @Refuses(ProblemType.MALFORMED_REQUEST)
    public BatchList batches(
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<PayoutBatch> page = batches.page(PageRequest.of(limit, cursor));
        return new BatchList(page.items(), page.nextCursor());
    }

    @GetMapping("/v1/payout-batches/{id}")
    @Refuses(ProblemType.UNKNOWN_PAYOUT_BATCH)
    public PayoutBatch batch(@PathVariable String id) {
        return batches.require(id);
    }

    /** The batch for the bank: ISO 20022 pain.001.001.09, with names and accounts. */
    @GetMapping(value = "/v1/payout-batches/{id}/pain.001", produces = "application/xml")
    @Refuses({
        ProblemType.UNKNOWN_PAYOUT_BATCH,
        ProblemType.BANK_ACCOUNT_MISSING,
        ProblemType.PAYOUT_BATCH_INCOMPLETE
    })
    public ResponseEntity<byte[]> file(@PathVariable String id) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_XML)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"payouts-" + id + ".pain.001.xml\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(batches.file(id));
    }
}
