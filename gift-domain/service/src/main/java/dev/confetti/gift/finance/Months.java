package dev.confetti.gift.finance;

import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/** Months in UTC, as {@code YYYY-MM}. */
final class Months {
    private static final Pattern FORM = Pattern.compile("(19|[2-9][0-9])[0-9]{2}-(0[1-9]|1[0-2])");

    private Months() {}

    /**
     * Reads one.
     *
     * @param name of the value, for the error
     * @throws RefusedException {@code malformed-request}
     */
    static YearMonth parse(String name, String text) {
        if (!isMonth(text)) {
            throw new RefusedException(ProblemType.MALFORMED_REQUEST, expected(name, text));
        }
        return YearMonth.parse(text);
    }

    /** Says what was expected instead. */
    static String expected(String name, String text) {
        return name + " \"" + text + "\": expected a month as YYYY-MM, such as 2026-03";
    }

    static boolean isMonth(String text) {
        return FORM.matcher(text).matches();
    }

    static YearMonth of(Instant instant) {
        return YearMonth.from(instant.atOffset(ZoneOffset.UTC));
    }

    /** The first instant that is not in the month any more. */
    static Instant end(YearMonth month) {
        return month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
