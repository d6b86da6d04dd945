package dev.confetti.gift.log;

import java.util.UUID;

/** The event is in the log already: the request is a repeat, and nothing was appended. */
public final class DuplicateEventException extends RuntimeException {
    private final UUID eventId;

    public DuplicateEventException(UUID eventId) {
        super("event " + eventId + " is in the log already; nothing was appended");
        this.eventId = eventId;
    }

    public UUID eventId() {
        return eventId;
    }
}
