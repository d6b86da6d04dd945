package dev.confetti.events;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a Kafka record says about its event in its headers: CloudEvents 1.0, Kafka protocol binding,
 * binary mode.
 *
 * @param position the event's place in the log, from 1, gapless
 * @param previous position of the record before it in the same topic and partition; 0 at the first
 * @param eventId the CloudEvents id
 * @param type the CloudEvents type
 * @param key the CloudEvents subject, which is the record's key
 * @param occurredAt when it happened in the world
 * @param recordedAt when the log recorded it; never decreases with position
 */
public record Envelope(
        long position,
        long previous,
        UUID eventId,
        String type,
        String key,
        Instant occurredAt,
        Instant recordedAt) {

    /** The CloudEvents source of every event. */
    public static final String SOURCE = "/confetti/log";

    // The same for every event, thousands of times a second. Nobody changes a header's bytes.
    private static final byte[] CONTENT_TYPE_UTF8 = utf8("application/json");
    private static final byte[] SPEC_VERSION_UTF8 = utf8("1.0");
    private static final byte[] SOURCE_UTF8 = utf8(SOURCE);

    public Envelope {
        if (position < 1 || previous < 0 || previous >= position) {
            throw new MalformedEventException(
                    "position "
                            + position
                            + " after previous "
                            + previous
                            + ": expected a position from 1 that is greater than the previous one",
                    null);
        }
    }

    /** An instant as text; the last one, since a whole batch was recorded at the same instant. */
    private record Written(Instant instant, @SuppressWarnings("ArrayRecordComponent") byte[] utf8) {
        private static volatile Written last = new Written(Instant.EPOCH, bytes(Instant.EPOCH));

        static Written of(Instant instant) {
            Written written = last;
            if (!written.instant.equals(instant)) {
                written = new Written(instant, bytes(instant));
                last = written;
            }
            return written;
        }

        private static byte[] bytes(Instant instant) {
            return Envelope.utf8(instant.toString());
        }
    }

    /** The record's headers, in a fixed order. */
    public Map<String, byte[]> toHeaders() {
        Map<String, byte[]> headers = LinkedHashMap.newLinkedHashMap(11);
        headers.put("content-type", CONTENT_TYPE_UTF8);
        headers.put("ce_specversion", SPEC_VERSION_UTF8);
        put(headers, "ce_id", eventId.toString());
        headers.put("ce_source", SOURCE_UTF8);
        put(headers, "ce_type", type);
        put(headers, "ce_subject", key);
        put(headers, "ce_time", occurredAt.toString());
        headers.put("ce_recordedat", Written.of(recordedAt).utf8());
        put(headers, "ce_position", Long.toString(position));
        put(headers, "ce_previous", Long.toString(previous));
        return headers;
    }

    /**
     * Reads the headers of a record.
     *
     * @param header gives the last header of a name, or null
     * @throws MalformedEventException when one is missing or unreadable; the message names it
     */
    public static Envelope fromHeaders(Function<String, byte @Nullable []> header) {
        String specVersion = text(header, "ce_specversion");
        if (!specVersion.equals("1.0")) {
            throw malformed("ce_specversion", specVersion, "1.0", null);
        }
        return new Envelope(
                number(header, "ce_position"),
                number(header, "ce_previous"),
                uuid(header, "ce_id"),
                text(header, "ce_type"),
                text(header, "ce_subject"),
                instant(header, "ce_time"),
                instant(header, "ce_recordedat"));
    }

    private static void put(Map<String, byte[]> headers, String name, String value) {
        headers.put(name, utf8(value));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Function<String, byte @Nullable []> header, String name) {
        byte[] value = header.apply(name);
        if (value == null) {
            throw new MalformedEventException(
                    "header " + name + ": expected one, found none", null);
        }
        return new String(value, StandardCharsets.UTF_8);
    }

    private static long number(Function<String, byte @Nullable []> header, String name) {
        String text = text(header, name);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw malformed(name, text, "a decimal number", e);
        }
    }

    private static UUID uuid(Function<String, byte @Nullable []> header, String name) {
        String text = text(header, name);
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw malformed(name, text, "a UUID", e);
        }
    }

    private static Instant instant(Function<String, byte @Nullable []> header, String name) {
        String text = text(header, name);
        try {
            return UtcInstant.parse(text);
        } catch (DateTimeException e) {
            throw malformed(name, text, "an RFC 3339 instant", e);
        }
    }

    private static MalformedEventException malformed(
            String name, String value, String expected, @Nullable Throwable cause) {
        return new MalformedEventException(
                "header " + name + " \"" + value + "\": expected " + expected, cause);
    }
}
