package dev.confetti.ledger.finance;

import dev.confetti.events.EventType;
import dev.confetti.ledger.posting.AccountType;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request's query parameters: each at most once, known, and of its form; else a clear refusal.
 */
final class Parameters {
    static final int DEFAULT_LIMIT = 100;
    static final int MAX_LIMIT = 1_000;

    private final HttpServletRequest request;

    /** The parameters of a request that knows just these. */
    Parameters(HttpServletRequest request, String... known) {
        this.request = request;
        Set<String> allowed = new TreeSet<>(List.of(known));
        request.getParameterMap()
                .forEach(
                        (name, values) -> {
                            if (!allowed.contains(name)) {
                                throw Refusal.malformed(
                                        "parameter \"" + name + "\": expected one of " + allowed);
                            }
                            if (values.length > 1) {
                                throw Refusal.malformed("parameter " + name + ": expected it once");
                            }
                        });
    }

    /** Refuses any parameter. */
    static void none(HttpServletRequest request) {
        for (String name : request.getParameterMap().keySet()) {
            throw Refusal.malformed("parameter \"" + name + "\": expected no parameters");
        }
    }

    /** Null when it is missing or empty. */
    @Nullable String text(String name) {
        String value = request.getParameter(name);
        return value == null || value.isEmpty() ? null : value;
    }

    @Nullable Moment moment(String name) {
        return Moment.parse(name, text(name));
    }

    int limit() {
        String text = text("limit");
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw malformed("limit", text, "a number from 1 to " + MAX_LIMIT);
        }
        throw malformed("limit", text, "a number from 1 to " + MAX_LIMIT);
    }

    boolean newestFirst() {
        return choice("order", List.of("asc", "desc"), "asc").equals("desc");
    }

    String choice(String name, List<String> choices, String missing) {
        String text = text(name);
        if (text == null) {
            return missing;
        }
        if (!choices.contains(text)) {
            throw malformed(name, text, "one of " + String.join(", ", choices));
        }
        return text;
    }

    @Nullable AccountType accountType() {
        String text = text("type");
        if (text == null) {
            return null;
        }
        return AccountType.named(text)
                .orElseThrow(
                        () ->
                                malformed(
                                        "type",
                                        text,
                                        "one of "
                                                + Arrays.stream(AccountType.values())
                                                        .map(AccountType::apiName)
                                                        .collect(Collectors.joining(", "))));
    }

    /** The full name of an event type; the request may leave out its prefix and version. */
    @Nullable String eventType() {
        String text = text("type");
        if (text == null) {
            return null;
        }
        for (EventType type : EventType.values()) {
            if (type.typeName().equals(text)
                    || type.typeName().equals("confetti." + text + ".v1")) {
                return type.typeName();
            }
        }
        throw malformed(
                "type",
                text,
                "one of "
                        + Arrays.stream(EventType.values())
                                .map(EventType::typeName)
                                .collect(Collectors.joining(", ")));
    }

    @Nullable UUID reference() {
        String text = text("reference");
        if (text == null) {
            return null;
        }
        try {
            UUID id = UUID.fromString(text);
            // fromString also takes short forms.
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw malformed("reference", text, "a UUID");
        }
        throw malformed("reference", text, "a UUID");
    }

    /** The parts of a cursor of ours; empty at the first page. */
    List<String> cursor(int parts) {
        String text = text("cursor");
        if (text == null) {
            return List.of();
        }
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            List<String> found = List.of(plain.split(" ", -1));
            if (found.size() == parts) {
                return found;
            }
        } catch (IllegalArgumentException e) {
            throw malformed("cursor", text, "one that a list gave as nextCursor");
        }
        throw malformed("cursor", text, "one that a list gave as nextCursor");
    }

    /** A cursor that is one number; null at the first page. */
    @Nullable Long numberCursor() {
        List<String> cursor = cursor(1);
        if (cursor.isEmpty()) {
            return null;
        }
        try {
            return Long.valueOf(cursor.getFirst());
        } catch (NumberFormatException e) {
            throw malformed("cursor", cursor.getFirst(), "one that a list gave as nextCursor");
        }
    }

    static String cursorOf(String... parts) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(" ", parts).getBytes(StandardCharsets.UTF_8));
    }

    private static Refusal malformed(String name, String value, String expected) {
        return Refusal.malformed(name + " \"" + value + "\": expected " + expected);
    }
}
