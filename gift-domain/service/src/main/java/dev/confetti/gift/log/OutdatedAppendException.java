package dev.confetti.gift.log;

/**
 * An append rests on something that is not so any more, as an {@link InlineProjection} found under
 * the log's lock; nothing was appended. Look again, decide again.
 */
public final class OutdatedAppendException extends RuntimeException {
    public OutdatedAppendException(String message) {
        super(message);
    }
}
