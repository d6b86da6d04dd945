package dev.confetti.gift.purchase;

import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.http.Answers;
import dev.confetti.gift.http.Creates;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PathIds;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.problem.Refuses;
import dev.confetti.gift.purchase.Purchases.Bought;
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

/** Sells coins over HTTP. */
@RestController
public class PurchaseController {
    private final CoinPackages packages;
    private final Purchases purchases;
    private final PurchaseHistory history;
    private final PaymentNotices notices;
    private final Refunds refunds;

    public PurchaseController(
            CoinPackages packages,
            Purchases purchases,
            PurchaseHistory history,
            PaymentNotices notices,
            Refunds refunds) {
        this.packages = packages;
        this.purchases = purchases;
        this.history = history;
        this.notices = notices;
        this.refunds = refunds;
    }

    /** The packages on sale. */
    public record PackageList(List<CoinPackage> packages) {}

    /** Purchases, latest first. */
    public record PurchaseList(List<Purchase> purchases, @Nullable String nextCursor) {}

    @GetMapping("/v1/coin-packages")
    public PackageList packages() {
        return new PackageList(packages.all());
    }

    @PostMapping("/v1/coin-purchases")
    @Creates
    @Refuses({
        ProblemType.IDEMPOTENCY_KEY_MISSING,
        ProblemType.IDEMPOTENCY_KEY_REUSED,
        ProblemType.UNKNOWN_PACKAGE,
        ProblemType.UNKNOWN_PROVIDER,
        ProblemType.WALLET_FULL
    })
    public ResponseEntity<Bought> buy(
            Caller caller, @RequestBody BuyCoinsRequest request, IdempotencyKey key) {
        Answer<Bought> answer = purchases.buy(caller.id(), key, request);
        return Answers.created(answer);
    }

    /** The app hands in what its store gave it; the same receipt again has no other effect. */
    @PostMapping("/v1/coin-purchases/{id}/receipt")
    @Refuses({ProblemType.UNKNOWN_PURCHASE, ProblemType.RECEIPT_INVALID})
    public Purchase receipt(
            Caller caller, @PathVariable String id, @RequestBody ReceiptRequest request) {
        return notices.receive(caller.id(), id, request.receipt());
    }

    @PostMapping("/v1/coin-purchases/{id}/refund")
    @Refuses({
        ProblemType.IDEMPOTENCY_KEY_MISSING,
        ProblemType.IDEMPOTENCY_KEY_REUSED,
        ProblemType.UNKNOWN_PURCHASE,
        ProblemType.ALREADY_REFUNDED,
        ProblemType.ALREADY_CHARGED_BACK,
        ProblemType.CHARGEBACK_OPEN,
        ProblemType.REFUND_FAILED,
        ProblemType.REFUND_BY_STORE
    })
    public Refunds.Refunded refund(
            Caller caller,
            @PathVariable String id,
            @RequestBody ReasonRequest request,
            IdempotencyKey key) {
        return refunds.refund(caller.id(), key, id, request.reason()).body();
    }

    @GetMapping("/v1/coin-purchases/{id}")
    @Refuses(ProblemType.UNKNOWN_PURCHASE)
    public Purchase purchase(Caller caller, @PathVariable String id) {
        return PathIds.uuid(id)
                .flatMap(history::find)
                .filter(each -> each.viewerId().equals(caller.id()) || caller.isFinance())
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        ProblemType.UNKNOWN_PURCHASE,
                                        "purchase \"" + id + "\": expected one of yours"));
    }

    /**
     * One's own purchases, or those of a viewer; those that are not paid as well.
     *
     * @param viewerId whose purchases; of others for finance only
     */
    @GetMapping("/v1/coin-purchases")
    @Refuses(ProblemType.FORBIDDEN)
    public PurchaseList purchases(
            Caller caller,
            @RequestParam(required = false) @Nullable String viewerId,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        String whose = viewerId == null ? caller.id() : viewerId;
        if (!whose.equals(caller.id()) && !caller.isFinance()) {
            throw new RefusedException(
                    ProblemType.FORBIDDEN,
                    "viewerId \"" + whose + "\": expected your own id, or the role finance");
        }
        Page<Purchase> page = history.of(whose, limit, cursor);
        return new PurchaseList(page.items(), page.nextCursor());
    }
}
