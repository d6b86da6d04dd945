package dev.confetti.board.projector;

/**
 * A partition does not continue where the boards stand: some events can no longer be read there.
 */
public final class EventsMissingException extends RuntimeException {
    EventsMissingException(String message) {
        super(message);
    }
}
