package dev.confetti.gift.sending;

import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.http.Answers;
import dev.confetti.gift.http.Creates;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.Refuses;
import dev.confetti.gift.sending.GiftSends.Sent;
import dev.confetti.gift.sending.GiftSends.SentGift;
import dev.confetti.gift.signin.Caller;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Sends and reverses gifts over HTTP. */
@RestController
public class GiftSendController {
    private final GiftSends giftSends;
    private final Reversals reversals;
    private final Counter sent;
    private final Counter repeated;

    public GiftSendController(GiftSends giftSends, Reversals reversals, MeterRegistry metrics) {
        this.giftSends = giftSends;
        this.reversals = reversals;
        this.sent = metrics.counter("confetti.gift.sends", "result", "sent");
        this.repeated = metrics.counter("confetti.gift.sends", "result", "repeated");
    }

    /** Sent gifts, latest first. */
    public record SendList(List<SentGift> sends, @Nullable String nextCursor) {}

    @PostMapping("/v1/gift-sends")
    @Creates
    @Refuses({
        ProblemType.IDEMPOTENCY_KEY_MISSING,
        ProblemType.IDEMPOTENCY_KEY_REUSED,
        ProblemType.UNKNOWN_GIFT,
        ProblemType.UNKNOWN_LIVE,
        ProblemType.QUANTITY_OUT_OF_RANGE,
        ProblemType.LIVE_NOT_ACTIVE,
        ProblemType.WALLET_BLOCKED,
        ProblemType.SENDING_TOO_FAST,
        ProblemType.SPENDING_LIMIT_REACHED,
        ProblemType.INSUFFICIENT_COINS
    })
    public ResponseEntity<Sent> send(
            Caller caller, @RequestBody SendGiftRequest request, IdempotencyKey key) {
        Answer<Sent> answer = giftSends.send(caller.id(), key, request);
        (answer.repeated() ? repeated : sent).increment();
        return Answers.created(answer);
    }

    @GetMapping("/v1/gift-sends")
    public SendList sends(
            Caller caller,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<SentGift> page = giftSends.of(caller.id(), PageRequest.of(limit, cursor));
        return new SendList(page.items(), page.nextCursor());
    }

    @PostMapping("/v1/gift-sends/{id}/reverse")
    @Refuses({
        ProblemType.IDEMPOTENCY_KEY_MISSING,
        ProblemType.IDEMPOTENCY_KEY_REUSED,
        ProblemType.UNKNOWN_GIFT_SEND,
        ProblemType.ALREADY_REVERSED
    })
    public Reversals.Reversed reverse(
            Caller caller,
            @PathVariable String id,
            @RequestBody ReasonRequest request,
            IdempotencyKey key) {
        return reversals.reverse(caller.id(), key, id, request.reason()).body();
    }
}
