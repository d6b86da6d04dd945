package dev.confetti.gift.wallet;

import dev.confetti.events.ConfettiEvent;

/** What a wallet says to a command: an event, nothing to do, look again, or a named refusal. */
public sealed interface WalletDecision
        permits WalletDecision.Accepted,
                WalletDecision.Unchanged,
                WalletDecision.ReversedMeanwhile,
                WalletRefusal {

    /** The command changes the wallet by this event. */
    record Accepted(ConfettiEvent event) implements WalletDecision {}

    /** The wallet is already as the command wants it. */
    record Unchanged() implements WalletDecision {}

    /**
     * Gifts were reversed since the command's sender looked, perhaps the same one: it is to look
     * again and to repeat the command.
     *
     * @param reversals how many the wallet has by now
     */
    record ReversedMeanwhile(long reversals) implements WalletDecision {}
}
