package dev.confetti.events;

import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * Units of 0.000001 of a currency, in which creators' shares and the ledger's fiat accounts are
 * exact, and how they are told in minor units, such as cents.
 */
public final class MicroUnits {
    /** Decimal places of an amount in micro-units. */
    public static final int PLACES = 6;

    private MicroUnits() {}

    /**
     * An amount in micro-units from its minor units.
     *
     * @param currency ISO 4217 code
     * @throws IllegalArgumentException when there is no such currency, or it has no minor unit
     * @throws ArithmeticException when the amount does not fit 64 bits
     */
    public static long ofMinor(long minor, String currency) {
        long inOne = inOneMinor(currency);
        try {
            return Math.multiplyExact(minor, inOne);
        } catch (ArithmeticException e) {
            throw new ArithmeticException(
                    minor
                            + " minor units of "
                            + currency
                            + ": expected an amount within 64 bits at "
                            + PLACES
                            + " places");
        }
    }

    /**
     * The whole minor units in an amount of micro-units; what remains is cut off.
     *
     * @param currency ISO 4217 code
     * @throws IllegalArgumentException when there is no such currency, or it has no minor unit
     */
    public static long toMinor(long micros, String currency) {
        return micros / inOneMinor(currency);
    }

    /**
     * Micro-units in one minor unit, such as 10,000 in a cent.
     *
     * @param currency ISO 4217 code
     * @throws IllegalArgumentException when there is no such currency, or it has no minor unit
     */
    public static long inOneMinor(String currency) {
        long inOne = 1;
        for (int digits = minorDigits(currency); digits < PLACES; digits++) {
            inOne *= 10;
        }
        return inOne;
    }

    private static int minorDigits(String currency) {
        try {
            int digits = Currency.getInstance(currency).getDefaultFractionDigits();
            if (digits >= 0 && digits <= PLACES) {
                return digits;
            }
        } catch (IllegalArgumentException e) {
            throw unknown(currency, e);
        }
        throw unknown(currency, null);
    }

    private static IllegalArgumentException unknown(String currency, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "currency \"" + currency + "\": expected an ISO 4217 code with a minor unit",
                cause);
    }
}
