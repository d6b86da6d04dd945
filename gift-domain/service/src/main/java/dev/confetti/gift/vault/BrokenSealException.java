package dev.confetti.gift.vault;

import org.jspecify.annotations.Nullable;

/** A sealed value that its key does not open: the row was changed, or the key is another. */
public final class BrokenSealException extends RuntimeException {
    BrokenSealException(String what, @Nullable Throwable cause) {
        super(
                what
                        + " cannot be opened: expected what this key sealed; the row was changed, or"
                        + " copied from another",
                cause);
    }
}
