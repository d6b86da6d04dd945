package dev.confetti.simulation.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be compared: an answer, a row of the log, a wallet.
 *
 * @param what such as {@code done} or a refusal's type
 * @param values numbers as {@code Long}, all else as text, but for a {@link Name}, which stands for
 *     the id that the service gave
 */
public record Facts(String what, SortedMap<String, Object> values) {
    /** No answer: it happened, or it did not. */
    public static final Facts OUTCOME_UNKNOWN = new Facts("unavailable: outcome unknown");

    /** Nothing happened, because the database could not be reached. */
    public static final Facts NOTHING_HAPPENED = new Facts("unavailable: nothing happened");

    public Facts {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    public Facts(String what) {
        this(what, new TreeMap<>());
    }

    /** The same of any map. */
    public static Facts of(String what, Map<String, ?> given) {
        Facts facts = new Facts(what);
        for (Map.Entry<String, ?> each : given.entrySet()) {
            facts = facts.with(each.getKey(), each.getValue());
        }
        return facts;
    }

    /** With one more; null is the word none. */
    public Facts with(String name, @Nullable Object value) {
        TreeMap<String, Object> more = new TreeMap<>(values);
        more.put(name, plain(value));
        return new Facts(what, more);
    }

    private static Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> "none";
            case Integer number -> number.longValue();
            case Long number -> number;
            case Name name -> name;
            default -> value.toString();
        };
    }

    @Override
    public String toString() {
        return what + " " + values;
    }
}
