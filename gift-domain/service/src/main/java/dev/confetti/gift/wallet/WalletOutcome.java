package dev.confetti.gift.wallet;

import dev.confetti.gift.aggregate.Decided;

/**
 * A wallet's decision and the wallet after it.
 *
 * @param sequence of the wallet's last event, -1 when it has none
 * @param snapshotDue whether so many events lie behind the last snapshot that this state is to be
 *     kept as one
 */
public record WalletOutcome(
        WalletDecision decision, WalletState state, long sequence, boolean snapshotDue)
        implements Decided {
    @Override
    public boolean isAccepted() {
        return decision instanceof WalletDecision.Accepted;
    }
}
