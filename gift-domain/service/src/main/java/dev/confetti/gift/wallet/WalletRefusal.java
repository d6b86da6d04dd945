package dev.confetti.gift.wallet;

import java.time.Duration;
import java.time.Instant;

/** A reason for which a wallet does not do what it is told. */
public sealed interface WalletRefusal extends WalletDecision {

    /** Staff stopped the wallet from spending. */
    record Blocked(String viewerId) implements WalletRefusal {}

    /**
     * More sends within one second than the policy allows.
     *
     * @param sendsPerSecond the limit
     * @param retryAfter when the next send is allowed, from now
     */
    record SendingTooFast(int sendsPerSecond, Duration retryAfter) implements WalletRefusal {}

    /**
     * The gift would exceed what the wallet may send in a day, by policy or by its viewer's choice.
     *
     * @param resetsAt when the next day begins
     * @param retryAfter the same, from now
     */
    record SpendingLimitReached(
            long limit, long spentToday, long needed, Instant resetsAt, Duration retryAfter)
            implements WalletRefusal {}

    /** The gift costs more than can be spent. */
    record InsufficientCoins(long spendable, long needed) implements WalletRefusal {}

    /** The wallet would hold more coins than any wallet may. */
    record WalletFull(long coins, long mostCoins) implements WalletRefusal {}

    /** The wallet holds unspent coins of so many purchases that it takes no further one. */
    record TooManyLots(int lots, int mostLots) implements WalletRefusal {}
}
