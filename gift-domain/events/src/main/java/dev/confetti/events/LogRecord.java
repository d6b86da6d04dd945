package dev.confetti.events;

import java.time.Instant;
import java.util.UUID;

/**
 * One row of the event log.
 *
 * @param position its place in the log, from 1, gapless, in commit order
 * @param streamType the kind of aggregate, such as {@code wallet}
 * @param streamId the aggregate's id, such as a viewer's
 * @param sequence place in the stream, from 0
 * @param type the CloudEvents type
 * @param payload the event's JSON in UTF-8, without what the relay adds; not to be changed
 * @param occurredAt when it happened in the world
 * @param recordedAt when the log recorded it; never decreases with position
 */
@SuppressWarnings("ArrayRecordComponent") // a row's raw bytes; rows are never compared
public record LogRecord(
        long position,
        UUID eventId,
        String streamType,
        String streamId,
        long sequence,
        String type,
        byte[] payload,
        Instant occurredAt,
        Instant recordedAt) {

    /** The decoded payload. */
    public ConfettiEvent event() {
        return EventCodec.decode(type, payload);
    }
}
