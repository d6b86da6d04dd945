package dev.confetti.gift.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * What a command's metadata says about the event that it will bring forth; its handler applies the
 * event with it. The values are objects, not texts: they never leave the process.
 */
public final class LogMetadata {
    /** The {@link UUID} of the command's first event; further ones derive from it. */
    public static final String EVENT_ID = "confetti-event-id";

    /** The {@link Instant} at which the command's events happen. */
    public static final String OCCURRED_AT = "confetti-occurred-at";

    /**
     * What the log is to keep with the event and not to publish: JSON as text; there may be none.
     */
    public static final String KEPT = "confetti-kept";

    private LogMetadata() {}

    /** The metadata to send a command with. */
    public static MetaData of(UUID eventId, Instant occurredAt) {
        return MetaData.from(Map.of(EVENT_ID, eventId, OCCURRED_AT, occurredAt));
    }

    /** The same for an event with which the log is to keep something. */
    public static MetaData keeping(MetaData ofCommand, String json) {
        return ofCommand.and(KEPT, json);
    }

    static byte @Nullable [] kept(MetaData metadata) {
        return metadata.get(KEPT) instanceof String json
                ? json.getBytes(StandardCharsets.UTF_8)
                : null;
    }

    static UUID eventId(MetaData metadata) {
        return required(metadata, EVENT_ID, UUID.class);
    }

    static Instant occurredAt(MetaData metadata) {
        return required(metadata, OCCURRED_AT, Instant.class);
    }

    private static <T> T required(Map<String, ?> metadata, String key, Class<T> type) {
        @Nullable Object value = metadata.get(key);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "an event with metadata "
                            + key
                            + " "
                            + value
                            + ": expected the command to carry LogMetadata.of(…), and its handler"
                            + " to apply the event with it");
        }
        return type.cast(value);
    }
}
