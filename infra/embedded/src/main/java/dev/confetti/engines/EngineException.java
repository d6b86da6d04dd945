package dev.confetti.engines;

import org.jspecify.annotations.Nullable;

/** An engine that cannot be had; the message is one line that says what to do. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EngineException(String message) {
        this(message, null);
    }

    public EngineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
