package dev.confetti.gift.log;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.regex.Pattern;

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
 */
@SuppressWarnings("ArrayRecordComponent") // a row's raw bytes; rows are never compared
public record NewEvent(
        UUID eventId,
        String streamType,
        String streamId,
        long sequence,
        String type,
        byte[] payload,
        Instant occurredAt) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    /**
     * Far above any event of ours, and, with what the relay adds, below the 1 MiB that Kafka takes.
     */
    static final int MAX_PAYLOAD_BYTES = 1 << 18;

    /** Outside of these, PostgreSQL's own time stamps end or RFC 3339 does. */
    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    public NewEvent {
        requireMatch("stream type", streamType, NAME);
        requireMatch("stream id", streamId, NAME);
        requireMatch("event type", type, TYPE);
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
        if (occurredAt.isBefore(EARLIEST) || occurredAt.isAfter(LATEST)) {
            throw new IllegalArgumentException(
                    "occurredAt " + occurredAt + ": expected " + EARLIEST + " to " + LATEST);
        }
        occurredAt = occurredAt.truncatedTo(ChronoUnit.MICROS);
    }

    private static void requireMatch(String what, String value, Pattern pattern) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    what + " \"" + value + "\": expected " + pattern.pattern());
        }
    }
}
