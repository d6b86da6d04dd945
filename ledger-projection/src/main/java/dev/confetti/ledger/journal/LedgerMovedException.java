package dev.confetti.ledger.journal;

/** Another writer moved this ledger on: what was built on its old state is void. */
public final class LedgerMovedException extends RuntimeException {
    LedgerMovedException(long expectedPosition) {
        super(
                "ledger: expected to find it at position "
                        + expectedPosition
                        + ", another projection has moved it; reading its state again");
    }
}
