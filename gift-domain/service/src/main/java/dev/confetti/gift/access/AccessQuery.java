package dev.confetti.gift.access;

import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.http.PathIds;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which accesses are asked for, in the words of the ledger's {@code GET /v1/ledger/accesses}.
 *
 * @param from the first instant, within
 * @param to no longer within
 * @param person whose; null: everybody's
 * @param after what the page before ended with; null at the first
 * @param limit the most accesses, 1 to 1,000
 */
record AccessQuery(
        Instant from,
        Instant to,
        @Nullable String person,
        boolean newestFirst,
        @Nullable Place after,
        int limit) {
    private static final List<String> KNOWN =
            List.of("from", "to", "person", "order", "limit", "cursor");
    private static final String DAY = "2026-01-31";

    /** PostgreSQL's time ends earlier than Java's. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** Where an access stands in the log. */
    record Place(Instant at, long access) {
        /** As a page's {@code nextCursor}. */
        String cursor() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((at + " " + access).getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Reads a request's query parameters.
     *
     * @throws RefusedException {@code malformed-request}; also where one is unknown, or there twice
     */
    static AccessQuery of(Map<String, String[]> parameters) {
        parameters.forEach(
                (name, values) -> {
                    if (!KNOWN.contains(name)) {
                        throw refused(
                                "parameter \""
                                        + name
                                        + "\": expected one of "
                                        + new TreeSet<>(KNOWN));
                    }
                    if (values.length > 1) {
                        throw refused("parameter " + name + ": expected it once");
                    }
                });
        Instant from = instant("from", text(parameters, "from"), EARLIEST);
        Instant to = instant("to", text(parameters, "to"), LATEST);
        if (from.isAfter(to)) {
            throw refused("from " + from + ", to " + to + ": expected from before to");
        }
        String person = text(parameters, "person");
        return new AccessQuery(
                from,
                to,
                person == null ? null : PathIds.person("person", person),
                newestFirst(text(parameters, "order")),
                place(text(parameters, "cursor")),
                PageRequest.of(text(parameters, "limit"), null).limit());
    }

    /** Null when it is missing or empty. */
    private static @Nullable String text(Map<String, String[]> parameters, String name) {
        String[] values = parameters.get(name);
        return values == null || values[0].isEmpty() ? null : values[0];
    }

    private static Instant instant(String name, @Nullable String text, Instant missing) {
        if (text == null) {
            return missing;
        }
        try {
            Instant instant =
                    text.length() == DAY.length()
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            // A plus sign that was not escaped arrives as a space.
                            : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
            Instant within = instant.isAfter(LATEST) ? LATEST : instant;
            return (within.isBefore(EARLIEST) ? EARLIEST : within).truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            throw malformed(
                    name, text, "an instant such as 2026-01-31T23:59:59Z or a date such as " + DAY);
        }
    }

    private static boolean newestFirst(@Nullable String order) {
        return switch (order) {
            case null -> false;
            case "asc" -> false;
            case "desc" -> true;
            default -> throw malformed("order", order, "one of asc, desc");
        };
    }

    private static @Nullable Place place(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            String plain =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            String[] parts = plain.split(" ", -1);
            if (parts.length == 2) {
                return new Place(Instant.parse(parts[0]), Long.parseLong(parts[1]));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw malformed("cursor", cursor, "one that a list gave as nextCursor");
        }
        throw malformed("cursor", cursor, "one that a list gave as nextCursor");
    }

    private static RefusedException malformed(String name, String got, String expected) {
        return refused(name + " \"" + got + "\": expected " + expected);
    }

    private static RefusedException refused(String detail) {
        return new RefusedException(ProblemType.MALFORMED_REQUEST, detail);
    }
}
