package dev.confetti.gift.bank;

import java.math.BigDecimal;
import java.util.Currency;

/** Amounts in minor units, and as the messages write them: a decimal in the currency's own unit. */
final class CurrencyAmounts {
    /** ISO 20022 amounts have at most 18 digits. */
    private static final long MOST_MINOR = 999_999_999_999_999_999L;

    /** 18 digits and some zeros; a number of millions of digits takes minutes to parse. */
    private static final int MOST_CHARACTERS = 64;

    private CurrencyAmounts() {}

    /** Decimal digits of the currency's minor unit by ISO 4217: EUR 2, JPY 0, KWD 3. */
    static int digits(String currency) {
        int digits;
        try {
            digits = Currency.getInstance(currency).getDefaultFractionDigits();
        } catch (IllegalArgumentException e) {
            digits = -1;
        }
        if (digits < 0) {
            throw new IllegalArgumentException(
                    "currency \"" + currency + "\": expected an ISO 4217 code with minor units");
        }
        return digits;
    }

    static void checkMinor(String what, long amountMinor, String currency) {
        digits(currency);
        if (amountMinor < 1 || amountMinor > MOST_MINOR) {
            throw new IllegalArgumentException(
                    what
                            + ": amount of "
                            + amountMinor
                            + " minor units: expected 1 to "
                            + MOST_MINOR);
        }
    }

    static BigDecimal decimal(long amountMinor, String currency) {
        return BigDecimal.valueOf(amountMinor, digits(currency));
    }

    /**
     * @throws IllegalArgumentException if it is negative, has a fraction of a minor unit, or has
     *     more than 18 digits in minor units
     */
    static long minor(String decimal, String currency) {
        int digits = digits(currency);
        if (decimal.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "amount of "
                            + decimal.length()
                            + " characters: expected at most "
                            + MOST_CHARACTERS);
        }
        BigDecimal minor;
        try {
            minor = new BigDecimal(decimal.strip()).movePointRight(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "amount \"" + decimal + "\": expected a decimal number", e);
        }
        if (minor.signum() < 0
                || minor.compareTo(BigDecimal.valueOf(MOST_MINOR)) > 0
                || minor.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException(
                    "amount "
                            + decimal
                            + " "
                            + currency
                            + ": expected 0 or more, at most "
                            + digits
                            + " decimals and 18 digits");
        }
        return minor.longValueExact();
    }
}
