package dev.confetti.gift.wallet;

/**
 * A wallet's decision and the wallet after it.
 *
 * @param sequence of the wallet's last event, -1 when it has none
 */
public record WalletOutcome(WalletDecision decision, WalletState state, long sequence) {}
