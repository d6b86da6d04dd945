package dev.confetti.gift.sending;

import dev.confetti.gift.http.Answers;
import dev.confetti.gift.http.Creates;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.http.PathIds;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.Refuses;
import dev.confetti.gift.sending.WalletDesk.BlockState;
import dev.confetti.gift.sending.WalletDesk.Granted;
import dev.confetti.gift.signin.Caller;
import dev.confetti.gift.wallet.SpendingRules;
import dev.confetti.gift.wallet.WalletState;
import dev.confetti.gift.wallet.Wallets;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.time.InstantSource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Wallets over HTTP: one's own to look at, those of others for staff. */
@RestController
public class WalletController {
    private final Wallets wallets;
    private final WalletDesk desk;
    private final SpendingRules rules;
    private final InstantSource clock;

    public WalletController(
            Wallets wallets, WalletDesk desk, SpendingRules rules, InstantSource clock) {
        this.wallets = wallets;
        this.desk = desk;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * A wallet as its owner sees it.
     *
     * @param spendable what a gift may cost now
     */
    public record ShownWallet(
            String viewerId, Coins coins, long spendable, boolean blocked, Limits limits) {}

    /**
     * Coins by kind.
     *
     * @param frozen held back by a dispute
     * @param debt owed from refunds of spent coins
     */
    public record Coins(long paid, long promo, long frozen, long debt) {}

    @GetMapping("/v1/wallet")
    public ShownWallet wallet(Caller caller) {
        WalletState wallet = wallets.current(caller.id());
        return new ShownWallet(
                caller.id(),
                new Coins(
                        wallet.paidCoins(),
                        wallet.promoCoins(),
                        wallet.frozenCoins(),
                        wallet.debtCoins()),
                wallet.spendable(),
                wallet.blocked(),
                Limits.of(wallet, clock.instant(), rules));
    }

    /** Sets one's own limit: less counts at once, more after the policy's limitRaiseDelay. */
    @PutMapping("/v1/wallet/limits")
    @Refuses(ProblemType.COINS_OUT_OF_RANGE)
    public Limits limit(Caller caller, @RequestBody LimitRequest request) {
        WalletState wallet = desk.limit(caller.id(), request.coinsPerDay());
        return Limits.of(wallet, clock.instant(), rules);
    }

    @PostMapping("/v1/wallets/{viewerId}/grants")
    @Creates
    @Refuses({
        ProblemType.IDEMPOTENCY_KEY_MISSING,
        ProblemType.IDEMPOTENCY_KEY_REUSED,
        ProblemType.COINS_OUT_OF_RANGE,
        ProblemType.WALLET_FULL
    })
    public ResponseEntity<Granted> grant(
            Caller caller,
            @PathVariable String viewerId,
            @RequestBody GrantRequest request,
            IdempotencyKey key) {
        String owner = PathIds.person("viewerId", viewerId);
        return Answers.created(desk.grant(caller.id(), key, owner, request));
    }

    @PostMapping("/v1/wallets/{viewerId}/block")
    public BlockState block(
            Caller caller, @PathVariable String viewerId, @RequestBody ReasonRequest request) {
        return desk.block(PathIds.person("viewerId", viewerId), request.reason());
    }

    @PostMapping("/v1/wallets/{viewerId}/unblock")
    public BlockState unblock(
            Caller caller, @PathVariable String viewerId, @RequestBody ReasonRequest request) {
        return desk.unblock(PathIds.person("viewerId", viewerId), request.reason());
    }
}
