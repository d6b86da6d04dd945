package dev.confetti.gift.finance;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * An amount of the books, in the API a decimal string.
 *
 * @param micros in 0.000001 of its currency
 */
record BookAmount(long micros) {
    /**
     * The most that may be asked for at once, in the currency's main unit, either way. The books
     * hold thousands of such sums, at six places in 64 bits.
     */
    static final long MOST_UNITS = 1_000_000_000;

    private static final Pattern FORM = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,6})?");

    /**
     * Reads one that somebody asks for.
     *
     * @throws IllegalArgumentException when it is none, or more than {@link #MOST_UNITS} either
     *     way; the message names {@code amount}
     */
    static BookAmount parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "amount \""
                            + text
                            + "\": expected a decimal string with at most 6 digits after the point,"
                            + " such as \"0.03\"");
        }
        if (new BigDecimal(text).abs().compareTo(BigDecimal.valueOf(MOST_UNITS)) > 0) {
            throw new IllegalArgumentException(
                    "amount \""
                            + text
                            + "\": expected at most "
                            + MOST_UNITS
                            + " either way; more than that, in several parts");
        }
        return ofDecimal(text);
    }

    /** The inverse of {@link #decimal}. */
    static BookAmount ofDecimal(String decimal) {
        return new BookAmount(
                new BigDecimal(decimal).movePointRight(Currencies.BOOK_PLACES).longValueExact());
    }

    /** With all six places. */
    String decimal() {
        return BigDecimal.valueOf(micros, Currencies.BOOK_PLACES).toPlainString();
    }
}
