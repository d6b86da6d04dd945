package dev.confetti.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events to JSON and back. Thread-safe.
 *
 * <p>What is null is left out; unknown properties are passed over, so that a reader survives added
 * fields; a missing number is an error, never 0.
 *
 * <p>An event of the current revision is read straight into its record. Only one that does not fit
 * is read as a tree and goes through the {@link Upcasters} of its type: it is an old event, or
 * none.
 */
public final class EventCodec {
    static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .changeDefaultPropertyInclusion(
                            i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private EventCodec() {}

    /** The event as one JSON object in UTF-8, properties in the record's order. */
    public static byte[] encode(ConfettiEvent event) {
        return MAPPER.writeValueAsBytes(event);
    }

    /**
     * Reads an event.
     *
     * @param type the CloudEvents type
     * @throws UnknownEventTypeException when the type is not known
     * @throws MalformedEventException when the JSON does not fit the type
     */
    public static ConfettiEvent decode(String type, byte[] json) {
        return decode(EventType.named(type), json);
    }

    /**
     * Reads an event of a known type.
     *
     * @throws MalformedEventException when the JSON does not fit the type
     */
    public static ConfettiEvent decode(EventType type, byte[] json) {
        if (type == EventType.GIFT_SENT) {
            try (JsonParser parser = MAPPER.createParser(json)) {
                ConfettiEvent gift = GiftSentReader.read(parser);
                if (gift != null) {
                    return gift;
                }
            }
        }
        return decodeAny(type, json);
    }

    /** The same by reflection, for events of every form. */
    static ConfettiEvent decodeAny(EventType type, byte[] json) {
        try {
            @Nullable ConfettiEvent event = MAPPER.readValue(json, type.eventClass());
            if (event == null) {
                throw malformed(type, json, null);
            }
            return event;
        } catch (JacksonException e) {
            if (Upcasters.of(type).isEmpty()) {
                throw malformed(type, json, e);
            }
            return decodeOld(type, json);
        }
    }

    private static ConfettiEvent decodeOld(EventType type, byte[] json) {
        try {
            if (!(MAPPER.readTree(json) instanceof ObjectNode event)) {
                throw malformed(type, json, null);
            }
            for (UnaryOperator<ObjectNode> upcaster : Upcasters.of(type)) {
                event = upcaster.apply(event);
            }
            return MAPPER.treeToValue(event, type.eventClass());
        } catch (JacksonException e) {
            throw malformed(type, json, e);
        }
    }

    private static MalformedEventException malformed(
            EventType type, byte[] json, @Nullable JacksonException cause) {
        return new MalformedEventException(
                "event of type "
                        + type.typeName()
                        + ": expected its JSON, got "
                        + abbreviated(json)
                        + (cause == null ? "" : ": " + cause.getOriginalMessage()),
                cause);
    }

    private static String abbreviated(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
