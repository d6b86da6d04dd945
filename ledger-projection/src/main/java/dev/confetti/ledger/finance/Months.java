package dev.confetti.ledger.finance;

import java.time.DateTimeException;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * A range of months in UTC.
 *
 * @param from the first
 * @param to the last, within; not before {@code from}
 */
record Months(YearMonth from, YearMonth to) {

    /** Reads {@code YYYY-MM}; null when the text is null. */
    static @Nullable YearMonth parse(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        if (text.length() == "2026-01".length()) {
            try {
                return YearMonth.parse(text);
            } catch (DateTimeException e) {
                throw malformed(name, text);
            }
        }
        throw malformed(name, text);
    }

    private static Refusal malformed(String name, String text) {
        return Refusal.malformed(name + " \"" + text + "\": expected a month such as 2026-01");
    }

    /**
     * The months that a request asks for, of those that the ledger has.
     *
     * @param first the month of the first movement that the answer could have
     * @param latest the month of the ledger's last entry
     * @throws Refusal when from is after to
     */
    static Months of(
            @Nullable YearMonth from, @Nullable YearMonth to, YearMonth first, YearMonth latest) {
        if (from != null && to != null && from.isAfter(to)) {
            throw Refusal.malformed("from " + from + ", to " + to + ": expected from not after to");
        }
        YearMonth begin = from == null || from.isBefore(first) ? first : from;
        return new Months(begin, to == null || to.isAfter(latest) ? latest : to);
    }
}
