package dev.confetti.gift.wallet;

import dev.confetti.events.ConfettiEvent;

/** What a wallet says to a command: an event, nothing to do, or a named refusal. */
public sealed interface WalletDecision
        permits WalletDecision.Accepted, WalletDecision.Unchanged, WalletRefusal {

    /** The command changes the wallet by this event. */
    record Accepted(ConfettiEvent event) implements WalletDecision {}

    /** The wallet is already as the command wants it. */
    record Unchanged() implements WalletDecision {}
}
