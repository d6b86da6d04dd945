package dev.confetti.gift.aggregate;

import dev.confetti.gift.log.LogMetadata;
import java.time.Instant;
import org.axonframework.eventhandling.EventMessage;

/** When the event of a message happened, be it new or read from the log. */
public final class OccurredAt {
    private OccurredAt() {}

    /** A new event has it from its command; one from the log has it as its time stamp. */
    public static Instant of(EventMessage<?> message) {
        return message.getMetaData().get(LogMetadata.OCCURRED_AT) instanceof Instant at
                ? at
                : message.getTimestamp();
    }
}
