package dev.confetti.ledger.journal;

/**
 * Another writer moved this ledger on, or another ledger took its name: what was built on its old
 * state is void.
 */
public final class LedgerMovedException extends RuntimeException {
    LedgerMovedException(long expectedPosition) {
        super(
                "ledger: expected to find it at position "
                        + expectedPosition
                        + ", but another projection has moved it, or it was switched; reading its"
                        + " state again");
    }
}
