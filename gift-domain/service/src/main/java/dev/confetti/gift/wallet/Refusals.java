package dev.confetti.gift.wallet;

import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.util.Map;

/** A wallet's refusals as the problems that clients are told. */
public final class Refusals {
    private Refusals() {}

    /** The problem, with the numbers that a client needs. */
    public static RefusedException of(WalletRefusal refusal) {
        return switch (refusal) {
            case WalletRefusal.Blocked(String viewerId) ->
                    new RefusedException(
                            ProblemType.WALLET_BLOCKED,
                            "wallet " + viewerId + " is blocked by staff; expected it not to be");
            case WalletRefusal.InsufficientCoins(long spendable, long needed) ->
                    new RefusedException(
                            ProblemType.INSUFFICIENT_COINS,
                            "the gift needs "
                                    + needed
                                    + " coins; expected a wallet with as many, it can spend "
                                    + spendable,
                            Map.of("spendable", spendable, "needed", needed));
            case WalletRefusal.SendingTooFast(int sendsPerSecond, var retryAfter) ->
                    new RefusedException(
                            ProblemType.SENDING_TOO_FAST,
                            "expected at most "
                                    + sendsPerSecond
                                    + " sends in a second; try again in "
                                    + retryAfter.toMillis()
                                    + " ms",
                            Map.of(
                                    "sendsPerSecond",
                                    sendsPerSecond,
                                    "retryAfterMs",
                                    Math.max(1L, retryAfter.toMillis())));
            case WalletRefusal.SpendingLimitReached(
                            long limit,
                            long spentToday,
                            long needed,
                            var resetsAt,
                            var retryAfter) ->
                    new RefusedException(
                            ProblemType.SPENDING_LIMIT_REACHED,
                            "the gift needs "
                                    + needed
                                    + " coins, "
                                    + spentToday
                                    + " were sent today; expected at most "
                                    + limit
                                    + " in all until "
                                    + resetsAt,
                            Map.of(
                                    "limit",
                                    limit,
                                    "spentToday",
                                    spentToday,
                                    "needed",
                                    needed,
                                    "resetsAt",
                                    resetsAt.toString(),
                                    "retryAfterMs",
                                    retryAfter.toMillis()));
            case WalletRefusal.WalletFull(long coins, long mostCoins) ->
                    new RefusedException(
                            ProblemType.WALLET_FULL,
                            coins
                                    + " more coins; expected the wallet to hold at most "
                                    + mostCoins
                                    + " then",
                            Map.of("coins", coins, "mostCoins", mostCoins));
            case WalletRefusal.TooManyLots(int lots, int mostLots) ->
                    new RefusedException(
                            ProblemType.WALLET_FULL,
                            "the wallet holds unspent coins of "
                                    + lots
                                    + " purchases; expected fewer than "
                                    + mostLots
                                    + ": some must be spent first",
                            Map.of("lots", lots, "mostLots", mostLots));
        };
    }
}
