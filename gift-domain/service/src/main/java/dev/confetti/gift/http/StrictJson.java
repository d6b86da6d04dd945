package dev.confetti.gift.http;

import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads request bodies without guessing: {@code "3"} is no number, {@code 1.5} and {@code 1e3} are
 * no whole numbers, {@code 7} is no text, and a name that stands twice is an error. Names that
 * nobody asked for are passed over. Each refusal names the field, its value and what was expected.
 */
public final class StrictJson {
    private static final int SHOWN_CHARACTERS = 100;
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private StrictJson() {}

    /**
     * Reads a record.
     *
     * @param json UTF-8
     * @throws RefusedException {@code malformed-request}
     */
    public static <T extends JsonRequest> T read(byte[] json, Class<T> type) {
        if (json.length == 0) {
            throw malformed("body", "a JSON object", "nothing");
        }
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new RefusedException(
                    ProblemType.MALFORMED_REQUEST,
                    "body: expected a JSON object, got what is no JSON: " + e.getOriginalMessage());
        }
        return type.cast(record("", root, type));
    }

    private static Object record(String path, JsonNode node, Class<?> type) {
        if (!node.isObject()) {
            throw malformed(path.isEmpty() ? "body" : path, "a JSON object", shown(node));
        }
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            values[i] =
                    component(
                            path.isEmpty() ? name : path + "." + name,
                            node.get(name),
                            components[i]);
        }
        return build(type, components, values);
    }

    private static @Nullable Object component(
            String path, @Nullable JsonNode node, RecordComponent component) {
        Class<?> type = component.getType();
        boolean leftOut = node == null;
        if (node == null || node.isNull()) {
            if (!(leftOut && component.isAnnotationPresent(Stated.class))
                    && component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                return null;
            }
            throw malformed(path, expectation(component), leftOut ? "nothing" : "null");
        }
        if (type == String.class) {
            return text(path, node);
        }
        if (type == long.class || type == Long.class) {
            if (!node.isIntegralNumber() || !node.canConvertToLong()) {
                throw malformed(path, expectation(component), shown(node));
            }
            return node.longValue();
        }
        if (type == List.class) {
            return texts(path, node);
        }
        return record(path, node, type);
    }

    private static String text(String path, JsonNode node) {
        if (!node.isString()) {
            throw malformed(path, "a string", shown(node));
        }
        String text = node.stringValue();
        if (text.indexOf('\0') >= 0) {
            throw malformed(path, "a string without the character U+0000", shown(node));
        }
        return text;
    }

    private static List<String> texts(String path, JsonNode node) {
        if (!node.isArray()) {
            throw malformed(path, "an array of strings", shown(node));
        }
        List<String> texts = new ArrayList<>(node.size());
        for (JsonNode element : node) {
            texts.add(text(path + "[" + texts.size() + "]", element));
        }
        return texts;
    }

    private static Object build(
            Class<?> type, RecordComponent[] components, @Nullable Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw new RefusedException(
                        ProblemType.MALFORMED_REQUEST, String.valueOf(refused.getMessage()));
            }
            throw new IllegalStateException(type + " cannot be built", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be built", e);
        }
    }

    private static String expectation(RecordComponent component) {
        Class<?> type = component.getType();
        String orNull = component.isAnnotationPresent(Stated.class) ? " or null" : "";
        if (type == String.class) {
            return "a string" + orNull;
        }
        if (type == long.class || type == Long.class) {
            return "a whole number" + orNull;
        }
        return type == List.class ? "an array of strings" : "a JSON object";
    }

    private static String shown(JsonNode node) {
        String text = node.toString();
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }

    private static RefusedException malformed(String field, String expected, String got) {
        return new RefusedException(
                ProblemType.MALFORMED_REQUEST, field + ": expected " + expected + ", got " + got);
    }
}
