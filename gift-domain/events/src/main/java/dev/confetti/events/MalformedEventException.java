package dev.confetti.events;

import org.jspecify.annotations.Nullable;

/** Bytes or headers that are no event of the published language. */
public final class MalformedEventException extends RuntimeException {
    public MalformedEventException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
