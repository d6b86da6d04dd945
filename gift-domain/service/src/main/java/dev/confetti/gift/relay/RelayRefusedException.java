package dev.confetti.gift.relay;

/** Going on would lose events or publish them twice: somebody has to look at it first. */
public final class RelayRefusedException extends RuntimeException {
    public RelayRefusedException(String message) {
        super(message);
    }

    public RelayRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
