package dev.confetti.gift.reconciliation;

import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Query parameters that say of what a list is; one that cannot fit anything is refused. */
final class Filters {
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern PROVIDER = Pattern.compile("[a-z0-9-]{1,32}");

    private Filters() {}

    /**
     * One of an enumeration's names, in the API's spelling; null where none is asked for.
     *
     * @throws RefusedException {@code malformed-request}
     */
    static <E extends Enum<E>> @Nullable E state(Class<E> states, @Nullable String text) {
        if (text == null) {
            return null;
        }
        for (E state : states.getEnumConstants()) {
            if (text(state).equals(text)) {
                return state;
            }
        }
        throw malformed(
                "state",
                text,
                Arrays.stream(states.getEnumConstants())
                        .map(Filters::text)
                        .collect(Collectors.joining(", ", "one of ", "")));
    }

    /** A state as it is in the API, such as {@code in-transit}. */
    static String text(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * A currency; null for any.
     *
     * @throws RefusedException {@code malformed-request}
     */
    static @Nullable String currency(@Nullable String text) {
        return matching("currency", text, CURRENCY, "an ISO 4217 code, such as USD");
    }

    /**
     * A provider; null for any.
     *
     * @throws RefusedException {@code malformed-request}
     */
    static @Nullable String provider(@Nullable String text) {
        return matching("provider", text, PROVIDER, "a provider's name, such as stripe");
    }

    private static @Nullable String matching(
            String name, @Nullable String text, Pattern pattern, String expected) {
        if (text != null && !pattern.matcher(text).matches()) {
            throw malformed(name, text, expected);
        }
        return text;
    }

    private static RefusedException malformed(String name, String got, String expected) {
        return new RefusedException(
                ProblemType.MALFORMED_REQUEST, name + " \"" + got + "\": expected " + expected);
    }

    /** Whole days from then until now; 0 where clocks differ. */
    static long ageDays(Instant then, Instant now) {
        return Math.max(0, Duration.between(then, now).toDays());
    }
}
