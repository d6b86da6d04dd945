package dev.confetti.ledger.rebuild;

/** A rebuild cannot be done as asked; the live ledger is as it was. One line for the operator. */
public final class RebuildException extends RuntimeException {
    RebuildException(String message) {
        super(message);
    }
}
