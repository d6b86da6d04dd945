package dev.confetti.gift.sending;

import dev.confetti.gift.wallet.OwnLimit;
import dev.confetti.gift.wallet.SpendingRules;
import dev.confetti.gift.wallet.WalletState;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a wallet may not exceed, as its owner sees it.
 *
 * @param coinsPerDay coins of all gifts on a UTC day, the lower of policy and own choice; null: any
 * @param coinsSentToday what counts against it
 * @param own the owner's own choice
 */
public record Limits(
        int sendsPerSecond,
        int quantityPerSend,
        @Nullable Long coinsPerDay,
        long coinsSentToday,
        Own own) {

    /**
     * The owner's own choice.
     *
     * @param coinsPerDay null: none
     * @param pending a higher one that counts later; null without
     */
    public record Own(@Nullable Long coinsPerDay, @Nullable Pending pending) {}

    /**
     * A choice for later.
     *
     * @param coinsPerDay null: none from then on
     */
    public record Pending(@Nullable Long coinsPerDay, Instant effectiveAt) {}

    static Limits of(WalletState wallet, Instant now, SpendingRules rules) {
        OptionalLong coinsPerDay = wallet.coinsPerDay(now, rules);
        return new Limits(
                rules.sendsPerSecond(),
                GiftSends.MOST_QUANTITY,
                coinsPerDay.isPresent() ? coinsPerDay.getAsLong() : null,
                wallet.coinsSentToday(now),
                own(wallet.ownLimit().at(now)));
    }

    private static Own own(OwnLimit limit) {
        OwnLimit.Pending pending = limit.pending();
        return new Own(
                limit.coinsPerDay(),
                pending == null ? null : new Pending(pending.coinsPerDay(), pending.effectiveAt()));
    }
}
