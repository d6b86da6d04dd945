package dev.confetti.gift.bank;

import org.jspecify.annotations.Nullable;

/**
 * A file is not a message that we read. Its message says what was found, what was expected and in
 * which line, never a name or an account number.
 */
public final class MalformedBankMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Integer line;

    MalformedBankMessageException(String message) {
        super(message);
        this.line = null;
    }

    MalformedBankMessageException(int line, String message) {
        super("line " + line + ": " + message);
        this.line = line;
    }

    /** The line of the fault, from 1; null: not known. */
    public @Nullable Integer line() {
        return line;
    }
}
