package dev.confetti.ledger.journal;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.EventType;
import dev.confetti.events.LogRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * An event with its place in the log, whichever way it came.
 *
 * @param recordedAt to the microsecond, as PostgreSQL keeps it
 */
public record SourceEvent(
        long position, UUID eventId, EventType type, Instant recordedAt, ConfettiEvent event) {
    public SourceEvent {
        recordedAt = recordedAt.truncatedTo(ChronoUnit.MICROS);
    }

    public static SourceEvent of(LogRecord row) {
        ConfettiEvent event = row.event();
        return new SourceEvent(
                row.position(), row.eventId(), EventType.of(event), row.recordedAt(), event);
    }
}
