package dev.confetti.ledger.projector;

import org.jspecify.annotations.Nullable;

/** What came is not a sound record of the log: a person must look before anything goes on. */
public final class BrokenSourceException extends RuntimeException {
    BrokenSourceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
