package dev.confetti.ledger.projector;

/** Kafka does not, or no longer, have events that the ledger needs next. */
public final class MissingEventsException extends RuntimeException {
    MissingEventsException(String message) {
        super(message);
    }
}
