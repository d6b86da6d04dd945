package dev.confetti.gift.log;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/** What a command's metadata says about the events that it will bring forth. */
public final class LogMetadata {
    /** The id of the command's first event, a UUID as text; further ones derive from it. */
    public static final String EVENT_ID = "confetti-event-id";

    /** When the command's events happen, an RFC 3339 instant as text. */
    public static final String OCCURRED_AT = "confetti-occurred-at";

    private LogMetadata() {}

    /** The metadata to send a command with. */
    public static MetaData of(UUID eventId, Instant occurredAt) {
        return MetaData.with(EVENT_ID, eventId.toString()).and(OCCURRED_AT, occurredAt.toString());
    }

    static UUID eventId(MetaData metadata) {
        String text = text(metadata, EVENT_ID);
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "metadata " + EVENT_ID + " \"" + text + "\": expected a UUID", e);
        }
    }

    static Instant occurredAt(MetaData metadata) {
        String text = text(metadata, OCCURRED_AT);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "metadata " + OCCURRED_AT + " \"" + text + "\": expected an RFC 3339 instant",
                    e);
        }
    }

    private static String text(Map<String, ?> metadata, String key) {
        @Nullable Object value = metadata.get(key);
        if (value == null) {
            throw new IllegalArgumentException(
                    "an event without metadata "
                            + key
                            + ": expected the command to carry LogMetadata.of(…) and the unit of"
                            + " work to know LogCorrelation");
        }
        return value.toString();
    }
}
