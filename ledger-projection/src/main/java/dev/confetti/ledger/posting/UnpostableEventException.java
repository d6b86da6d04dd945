package dev.confetti.ledger.posting;

import org.jspecify.annotations.Nullable;

/**
 * An event that contradicts the books, such as one that spends coins that its lot does not have.
 * Nothing may be booked after it until a person has looked.
 */
public final class UnpostableEventException extends RuntimeException {
    public UnpostableEventException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public UnpostableEventException(String message) {
        this(message, null);
    }
}
