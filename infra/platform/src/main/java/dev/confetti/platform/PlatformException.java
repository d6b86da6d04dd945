package dev.confetti.platform;

import org.jspecify.annotations.Nullable;

/** Why the platform cannot run; the message is one line that says what to do. */
final class PlatformException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PlatformException(String message) {
        this(message, null);
    }

    PlatformException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
