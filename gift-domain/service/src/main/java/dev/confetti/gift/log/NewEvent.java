package dev.confetti.gift.log;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.EventCodec;
import dev.confetti.events.EventType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that is to be appended to the log.
 *
 * @param eventId unique in the log: a repeat of a request brings the same one
 * @param streamType the kind of aggregate, such as {@code wallet}
 * @param streamId the aggregate's id
 * @param sequence its place in the stream, from 0
 * @param type the CloudEvents type
 * @param payload JSON in UTF-8, at least 1 byte; not to be changed afterwards
 * @param occurredAt when it happened; kept to the microsecond
 * @param metadata what is kept with the event but not published, such as the answer that its
 *     command was given; JSON in UTF-8, not to be changed afterwards
 */
@SuppressWarnings("ArrayRecordComponent") // a row's raw bytes; rows are never compared
public record NewEvent(
        UUID eventId,
        String streamType,
        String streamId,
        long sequence,
        String type,
        byte[] payload,
        Instant occurredAt,
        byte @Nullable [] metadata) {
    private static final int MAX_NAME_CHARACTERS = 64;
    private static final int MAX_TYPE_CHARACTERS = 128;

    /**
     * Far above any event of ours, and, with what the relay adds, below the 1 MiB that Kafka takes.
     */
    static final int MAX_PAYLOAD_BYTES = 1 << 18;

    /** An answer is a few numbers. */
    static final int MAX_METADATA_BYTES = 1 << 12;

    /** Outside of these, PostgreSQL's own time stamps end or RFC 3339 does. */
    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    public NewEvent {
        requireName("stream type", streamType, MAX_NAME_CHARACTERS, "");
        requireName("stream id", streamId, MAX_NAME_CHARACTERS, "");
        requireName("event type", type, MAX_TYPE_CHARACTERS, ".");
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence " + sequence + ": expected 0 or more");
        }
        if (payload.length < 1 || payload.length > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "payload of "
                            + payload.length
                            + " bytes: expected 1 to "
                            + MAX_PAYLOAD_BYTES
                            + " bytes");
        }
        if (metadata != null && metadata.length > MAX_METADATA_BYTES) {
            throw new IllegalArgumentException(
                    "metadata of "
                            + metadata.length
                            + " bytes: expected at most "
                            + MAX_METADATA_BYTES);
        }
        if (occurredAt.isBefore(EARLIEST) || occurredAt.isAfter(LATEST)) {
            throw new IllegalArgumentException(
                    "occurredAt " + occurredAt + ": expected " + EARLIEST + " to " + LATEST);
        }
        occurredAt = occurredAt.truncatedTo(ChronoUnit.MICROS);
    }

    /** An event with nothing kept beside it. */
    public NewEvent(
            UUID eventId,
            String streamType,
            String streamId,
            long sequence,
            String type,
            byte[] payload,
            Instant occurredAt) {
        this(eventId, streamType, streamId, sequence, type, payload, occurredAt, null);
    }

    /** The one event of a stream that is named after it, such as a batch or a bank's message. */
    public static NewEvent alone(
            UUID eventId, String streamType, ConfettiEvent event, Instant occurredAt) {
        return new NewEvent(
                eventId,
                streamType,
                eventId.toString(),
                0,
                EventType.of(event).typeName(),
                EventCodec.encode(event),
                occurredAt);
    }

    /** By hand, since a regular expression costs as much as the rest of an append's checks. */
    private static void requireName(String what, String value, int most, String further) {
        boolean fits = !value.isEmpty() && value.length() <= most;
        for (int i = 0; fits && i < value.length(); i++) {
            char c = value.charAt(i);
            fits =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '_'
                            || c == '-'
                            || further.indexOf(c) >= 0;
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    what
                            + " \""
                            + value
                            + "\": expected [A-Za-z0-9_"
                            + further
                            + "-]{1,"
                            + most
                            + "}");
        }
    }
}
