package dev.confetti.gift.catalogue;

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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Schedules and shows prices over HTTP. */
@RestController
public class PriceController {
    private final Prices prices;

    public PriceController(Prices prices) {
        this.prices = prices;
    }

    /** A gift's price changes, past and coming, the last to take effect first. */
    public record PriceHistory(List<PriceChange> prices, @Nullable String nextCursor) {}

    @PostMapping("/v1/gifts/{giftId}/prices")
    @Creates
    @Refuses({
        ProblemType.IDEMPOTENCY_KEY_MISSING,
        ProblemType.IDEMPOTENCY_KEY_REUSED,
        ProblemType.UNKNOWN_GIFT,
        ProblemType.COINS_OUT_OF_RANGE,
        ProblemType.EFFECTIVE_AT_OUT_OF_RANGE
    })
    public ResponseEntity<PriceChange> schedule(
            Caller caller,
            @PathVariable String giftId,
            @RequestBody SchedulePriceRequest request,
            IdempotencyKey key) {
        return Answers.created(prices.schedule(caller.id(), key, giftId, request));
    }

    @GetMapping("/v1/gifts/{giftId}/prices")
    @Refuses({ProblemType.UNKNOWN_GIFT, ProblemType.MALFORMED_REQUEST})
    public PriceHistory prices(
            @PathVariable String giftId,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<PriceChange> page = prices.of(giftId, PageRequest.of(limit, cursor));
        return new PriceHistory(page.items(), page.nextCursor());
    }
}
