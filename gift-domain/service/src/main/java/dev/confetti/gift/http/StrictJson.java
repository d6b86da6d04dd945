package dev.confetti.gift.http;

import dev.confetti.events.Diamonds;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.lang.reflect.Constructor;
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

    /** Found by reflection once for each kind of request, which costs more than reading one. */
    private static final ClassValue<Shape> SHAPES =
            new ClassValue<>() {
                @Override
                protected Shape computeValue(Class<?> type) {
                    return Shape.of(type);
                }
            };

    private StrictJson() {}

    private record Shape(Constructor<?> constructor, List<Field> fields) {
        static Shape of(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types =
                    Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new);
            try {
                Constructor<?> constructor = type.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                return new Shape(constructor, Arrays.stream(components).map(Field::of).toList());
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(type + ": expected a record", e);
            }
        }
    }

    private record Field(String name, Class<?> type, boolean nullable, boolean stated) {
        static Field of(RecordComponent component) {
            return new Field(
                    component.getName(),
                    component.getType(),
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                    component.isAnnotationPresent(Stated.class));
        }
    }

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
        Shape shape = SHAPES.get(type);
        @Nullable Object[] values = new Object[shape.fields().size()];
        for (int i = 0; i < values.length; i++) {
            Field field = shape.fields().get(i);
            values[i] =
                    component(
                            path.isEmpty() ? field.name() : path + "." + field.name(),
                            node.get(field.name()),
                            field);
        }
        return build(shape.constructor(), values);
    }

    private static @Nullable Object component(String path, @Nullable JsonNode node, Field field) {
        Class<?> type = field.type();
        boolean leftOut = node == null;
        if (node == null || node.isNull()) {
            if (field.nullable() && !(leftOut && field.stated())) {
                return null;
            }
            throw malformed(path, expectation(field), leftOut ? "nothing" : "null");
        }
        if (type == String.class) {
            return text(path, node);
        }
        if (type == long.class || type == Long.class) {
            if (!node.isIntegralNumber() || !node.canConvertToLong()) {
                throw malformed(path, expectation(field), shown(node));
            }
            return node.longValue();
        }
        if (type == boolean.class) {
            if (!node.isBoolean()) {
                throw malformed(path, expectation(field), shown(node));
            }
            return node.booleanValue();
        }
        if (type == Diamonds.class) {
            return diamonds(path, node);
        }
        if (type == List.class) {
            return texts(path, node);
        }
        return record(path, node, type);
    }

    /** A decimal as a string, as the API writes them, or a whole number. */
    private static Diamonds diamonds(String path, JsonNode node) {
        try {
            if (node.isString()) {
                return Diamonds.parse(node.stringValue());
            }
            if (node.isIntegralNumber() && node.canConvertToLong()) {
                return Diamonds.parse(Long.toString(node.longValue()));
            }
        } catch (IllegalArgumentException e) {
            // falls through to the refusal
        }
        throw malformed(path, "a decimal string, such as \"400.0000\"", shown(node));
    }

    private static String text(String path, JsonNode node) {
        if (!node.isString()) {
            throw malformed(path, "a string", shown(node));
        }
        String text = node.stringValue();
        if (text.indexOf('\0') >= 0) {
            throw malformed(path, "a string without the character U+0000", shown(node));
        }
        if (text.codePoints().anyMatch(StrictJson::isHalf)) {
            throw malformed(
                    path, "a string of whole characters, no half of a surrogate pair", shown(node));
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

    private static Object build(Constructor<?> constructor, @Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw new RefusedException(
                        ProblemType.MALFORMED_REQUEST, String.valueOf(refused.getMessage()));
            }
            throw new IllegalStateException(constructor + " failed", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(constructor + " failed", e);
        }
    }

    private static String expectation(Field field) {
        Class<?> type = field.type();
        String orNull = field.stated() ? " or null" : "";
        if (type == String.class) {
            return "a string" + orNull;
        }
        if (type == long.class || type == Long.class) {
            return "a whole number" + orNull;
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == Diamonds.class) {
            return "a decimal string";
        }
        return type == List.class ? "an array of strings" : "a JSON object";
    }

    private static String shown(JsonNode node) {
        String text = node.toString();
        return text.length() <= SHOWN_CHARACTERS
                ? whole(text)
                : whole(text.substring(0, SHOWN_CHARACTERS)) + "…";
    }

    /**
     * A text with U+FFFD for halves of surrogate pairs, which neither UTF-8 nor the log can hold.
     */
    private static String whole(String text) {
        return text.codePoints()
                .map(c -> isHalf(c) ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isHalf(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE;
    }

    private static RefusedException malformed(String field, String expected, String got) {
        return new RefusedException(
                ProblemType.MALFORMED_REQUEST, field + ": expected " + expected + ", got " + got);
    }
}
