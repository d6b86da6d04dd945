package dev.confetti.ledger.finance;

import dev.confetti.events.EventType;
import dev.confetti.ledger.posting.AccountType;
import dev.confetti.ledger.posting.Asset;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request's query parameters: each at most once, known, and of its form; else a clear refusal.
 */
final class Parameters {
    static final int DEFAULT_LIMIT = 100;
    static final int MAX_LIMIT = 1_000;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,19}([.][0-9]{1,9})?");
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

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
                            // A filter whose value got lost would let everything through; before
                            // the first page an empty cursor is right.
                            if (values[0].isEmpty() && !name.equals("cursor")) {
                                throw malformed(name, "", "a value, or leave it out");
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
        return text == null ? null : uuid("reference", text);
    }

    /** A UUID in its full form. */
    static UUID uuid(String name, String text) {
        try {
            UUID id = UUID.fromString(text);
            // fromString also takes short forms.
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw malformed(name, text, "a UUID");
        }
        throw malformed(name, text, "a UUID");
    }

    /** An opaque id of a person or a live. */
    @Nullable String id(String name) {
        String text = text(name);
        return text == null ? null : id(name, text);
    }

    /** The same, as a part of the path. */
    static String id(String name, String text) {
        if (!ID.matcher(text).matches()) {
            throw malformed(name, text, "an id of 1 to 64 of A-Z a-z 0-9 _ -");
        }
        return text;
    }

    /**
     * An amount above 0, without zeros at its end; in {@code asset}, if the request names one, else
     * in any.
     */
    @Nullable BigDecimal amount(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        String asset = asset("asset");
        int places =
                asset == null
                        ? Asset.FIAT_SCALE
                        : Asset.of(asset).map(Asset::scale).orElse(Asset.FIAT_SCALE);
        if (AMOUNT.matcher(text).matches()) {
            BigDecimal amount = new BigDecimal(text).stripTrailingZeros();
            if (amount.signum() > 0
                    && amount.scale() <= places
                    && amount.movePointRight(places).compareTo(MOST) <= 0) {
                return amount;
            }
        }
        throw malformed(
                name,
                text,
                "a decimal above 0 with up to "
                        + places
                        + " places"
                        + (asset == null ? "" : ", as " + asset + " has"));
    }

    /** {@code COIN}, {@code DIAMOND} or an ISO 4217 code. */
    @Nullable String asset(String name) {
        String text = text(name);
        if (text != null && Asset.of(text).isEmpty()) {
            throw malformed(name, text, "COIN, DIAMOND or a currency's ISO 4217 code");
        }
        return text;
    }

    /** An ISO 4217 code. */
    @Nullable String currency(String name) {
        String text = text(name);
        if (text != null
                && Asset.of(text).filter(asset -> asset.scale() == Asset.FIAT_SCALE).isEmpty()) {
            throw malformed(name, text, "a currency's ISO 4217 code, such as USD");
        }
        return text;
    }

    /** A month in UTC, {@code YYYY-MM}. */
    @Nullable YearMonth month(String name) {
        return Months.parse(name, text(name));
    }

    /** A day in UTC, {@code YYYY-MM-DD}. */
    @Nullable LocalDate day(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw malformed(name, text, "a day such as 2026-01-31");
        }
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
        return number(cursor.getFirst());
    }

    /** A part of the cursor that is a number. */
    long number(String ofCursor) {
        try {
            return Long.parseLong(ofCursor);
        } catch (NumberFormatException e) {
            throw malformed(
                    "cursor", String.valueOf(text("cursor")), "one that a list gave as nextCursor");
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
