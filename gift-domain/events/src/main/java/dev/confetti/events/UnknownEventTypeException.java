package dev.confetti.events;

/** An event of a type that this build does not know; reading on without it would lose something. */
public final class UnknownEventTypeException extends RuntimeException {
    public UnknownEventTypeException(String type) {
        super(
                "event type \""
                        + type
                        + "\": expected one that this build knows; run a build at least as new as the writer's");
    }
}
