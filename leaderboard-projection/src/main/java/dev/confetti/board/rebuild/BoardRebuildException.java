package dev.confetti.board.rebuild;

/** A rebuild that cannot go on; what was live still is. The message is for people. */
public final class BoardRebuildException extends RuntimeException {
    BoardRebuildException(String message) {
        super(message);
    }

    BoardRebuildException(String message, Throwable cause) {
        super(message, cause);
    }
}
