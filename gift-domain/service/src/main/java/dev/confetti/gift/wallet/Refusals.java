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
            case WalletRefusal.AlreadyReversed(var giftSendId) ->
                    new RefusedException(
                            ProblemType.ALREADY_REVERSED,
                            "gift send "
                                    + giftSendId
                                    + " was reversed before; expected one that was not");
            case WalletRefusal.WalletFull(long coins, long mostCoins) ->
                    new RefusedException(
                            ProblemType.WALLET_FULL,
                            coins
                                    + " more coins; expected the wallet to hold at most "
                                    + mostCoins
                                    + " then",
                            Map.of("coins", coins, "mostCoins", mostCoins));
        };
    }
}
