package dev.confetti.gift.sending;

import dev.confetti.events.CoinEvent.CoinsGranted;
import dev.confetti.events.EventIds;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.command.OnceOnly;
import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.wallet.Refusals;
import dev.confetti.gift.wallet.SpendingRules;
import dev.confetti.gift.wallet.WalletCommand;
import dev.confetti.gift.wallet.WalletCommand.BlockWallet;
import dev.confetti.gift.wallet.WalletCommand.GrantCoins;
import dev.confetti.gift.wallet.WalletCommand.SetSpendingLimit;
import dev.confetti.gift.wallet.WalletCommand.UnblockWallet;
import dev.confetti.gift.wallet.WalletRefusal;
import dev.confetti.gift.wallet.WalletState;
import dev.confetti.gift.wallet.Wallets;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is done to wallets by hand: grants, blocks and their end by staff, limits by viewers. */
public final class WalletDesk {
    private static final String OPERATION = "grant-coins";
    private static final long MOST_GRANTED_COINS = 1_000_000_000;

    private final Wallets wallets;
    private final OnceOnly onceOnly;
    private final EventTexts texts;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    /**
     * @param ids names for events of requests that bring no key
     */
    public WalletDesk(
            Wallets wallets,
            OnceOnly onceOnly,
            EventTexts texts,
            Supplier<UUID> ids,
            InstantSource clock) {
        this.wallets = wallets;
        this.onceOnly = onceOnly;
        this.texts = texts;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What a grant is answered with.
     *
     * @param position of the grant in the log
     */
    public record Granted(UUID grantId, String viewerId, long coins, long position) {}

    /** A wallet's state after a block or its end. */
    public record BlockState(String viewerId, boolean blocked) {}

    /** Gives promo coins. */
    public Answer<Granted> grant(
            String staffId, IdempotencyKey key, String viewerId, GrantRequest request) {
        return onceOnly.answer(
                new Granting(EventIds.of(staffId, OPERATION, key.value()), viewerId, request));
    }

    private final class Granting implements OnceOnly.Request<Granted> {
        private final UUID grantId;
        private final String viewerId;
        private final GrantRequest request;

        private Granting(UUID grantId, String viewerId, GrantRequest request) {
            this.grantId = grantId;
            this.viewerId = viewerId;
            this.request = request;
        }

        @Override
        public UUID eventId() {
            return grantId;
        }

        @Override
        public Map<String, String> texts() {
            return Map.of(Reasons.FIELD, request.reason());
        }

        @Override
        public Granted perform() {
            if (request.coins() < 1 || request.coins() > MOST_GRANTED_COINS) {
                throw new RefusedException(
                        ProblemType.COINS_OUT_OF_RANGE,
                        "coins " + request.coins() + ": expected 1 to " + MOST_GRANTED_COINS,
                        Map.of("coins", request.coins(), "least", 1, "most", MOST_GRANTED_COINS));
            }
            Wallets.Done done =
                    wallets.perform(
                            new GrantCoins(grantId, clock.instant(), viewerId, request.coins()));
            if (done.decision() instanceof WalletRefusal refusal) {
                throw Refusals.of(refusal);
            }
            return new Granted(grantId, viewerId, request.coins(), done.position().orElseThrow());
        }

        @Override
        public boolean isSameAs(LogRecord recorded, Map<String, String> recordedTexts) {
            return recorded.event() instanceof CoinsGranted granted
                    && granted.viewerId().equals(viewerId)
                    && granted.coins() == request.coins()
                    && request.reason().equals(recordedTexts.get(Reasons.FIELD));
        }

        @Override
        public Granted answerAgain(LogRecord recorded) {
            return new Granted(grantId, viewerId, request.coins(), recorded.position());
        }
    }

    /**
     * Sets a viewer's own limit; the same again has no effect.
     *
     * @param coinsPerDay null: none
     * @return the wallet then
     */
    public WalletState limit(String viewerId, @Nullable Long coinsPerDay) {
        if (coinsPerDay != null && (coinsPerDay < 0 || coinsPerDay > SpendingRules.MOST_COINS)) {
            throw new RefusedException(
                    ProblemType.COINS_OUT_OF_RANGE,
                    "coinsPerDay "
                            + coinsPerDay
                            + ": expected 0 to "
                            + SpendingRules.MOST_COINS
                            + ", or null",
                    Map.of("coins", coinsPerDay, "least", 0, "most", SpendingRules.MOST_COINS));
        }
        return wallets.perform(
                        new SetSpendingLimit(ids.get(), clock.instant(), viewerId, coinsPerDay))
                .state();
    }

    /** Stops a wallet from spending; again has no effect. */
    public BlockState block(String viewerId, String reason) {
        UUID eventId = ids.get();
        perform(eventId, new BlockWallet(eventId, clock.instant(), viewerId), reason);
        return new BlockState(viewerId, true);
    }

    /** Lets a wallet spend again; again has no effect. */
    public BlockState unblock(String viewerId, String reason) {
        UUID eventId = ids.get();
        perform(eventId, new UnblockWallet(eventId, clock.instant(), viewerId), reason);
        return new BlockState(viewerId, false);
    }

    private void perform(UUID eventId, WalletCommand command, String reason) {
        Wallets.Done done =
                texts.with(eventId, Map.of(Reasons.FIELD, reason), () -> wallets.perform(command));
        if (done.decision() instanceof WalletRefusal refusal) {
            throw Refusals.of(refusal);
        }
    }
}
