package dev.confetti.gift.log;

import org.jspecify.annotations.Nullable;

/**
 * The log's database failed. When the outcome is unknown the events may be in the log or not: the
 * caller repeats with the same event ids and then learns which.
 */
public final class LogUnavailableException extends RuntimeException {
    private final boolean outcomeUnknown;

    public LogUnavailableException(String what, boolean outcomeUnknown, @Nullable Throwable cause) {
        super(
                what
                        + (outcomeUnknown
                                ? "; the outcome is unknown, repeat with the same event id"
                                : "; nothing was appended"),
                cause);
        this.outcomeUnknown = outcomeUnknown;
    }

    /** True when the events may have been appended all the same. */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }
}
