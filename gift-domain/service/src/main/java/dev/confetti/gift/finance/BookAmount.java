package dev.confetti.gift.finance;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * An amount of the books, in the API a decimal string.
 *
 * @param micros in 0.000001 of its currency
 */
record BookAmount(long micros) {
    private static final Pattern FORM = Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{1,6})?");

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it is none; the message names {@code amount}
     */
    static BookAmount parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "amount \""
                            + text
                            + "\": expected a decimal string of at most 12 digits before the point"
                            + " and 6 after it, such as \"0.03\"");
        }
        return new BookAmount(
                new BigDecimal(text)
                        .movePointRight(Currencies.BOOK_PLACES)
                        .toBigIntegerExact()
                        .longValueExact());
    }

    /** With all six places. */
    String decimal() {
        return BigDecimal.valueOf(micros, Currencies.BOOK_PLACES).toPlainString();
    }
}
