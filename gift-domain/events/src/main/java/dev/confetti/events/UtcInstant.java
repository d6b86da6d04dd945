package dev.confetti.events;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Reads instants as {@link Instant#toString} writes them (RFC 3339, section 5.6, in UTC), twenty
 * times faster than {@link Instant#parse}: every reader of events reads two of them for each.
 */
final class UtcInstant {
    private static final int SECONDS_END = "2026-01-01T00:00:00".length();
    private static final int MOST_PLACES = 9;
    private static final int SECONDS_PER_DAY = 86_400;

    private UtcInstant() {}

    /**
     * The instant; what is not of the usual form is left to {@link Instant#parse}.
     *
     * @throws DateTimeException when it is none
     */
    static Instant parse(String text) {
        int nanos = nanos(text);
        if (nanos < 0 || !hasSeparators(text)) {
            return Instant.parse(text);
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, SECONDS_END);
        if (year < 0
                || month < 0
                || day < 0
                || hour < 0
                || hour > 23
                || minute < 0
                || minute > 59
                || second < 0
                || second > 59) {
            return Instant.parse(text);
        }
        int ofDay = hour * 3_600 + minute * 60 + second;
        return Instant.ofEpochSecond(
                LocalDate.of(year, month, day).toEpochDay() * SECONDS_PER_DAY + ofDay, nanos);
    }

    private static boolean hasSeparators(String text) {
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    /** The fraction of the second; -1 when the end is not of the usual form. */
    private static int nanos(String text) {
        int end = text.length() - 1;
        if (end < SECONDS_END || text.charAt(end) != 'Z') {
            return -1;
        }
        if (end == SECONDS_END) {
            return 0;
        }
        int places = end - SECONDS_END - 1;
        if (text.charAt(SECONDS_END) != '.' || places < 1 || places > MOST_PLACES) {
            return -1;
        }
        int nanos = number(text, SECONDS_END + 1, end);
        for (int place = places; place < MOST_PLACES && nanos > 0; place++) {
            nanos *= 10;
        }
        return nanos;
    }

    /** Decimal digits as a number; -1 when there is anything else. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
