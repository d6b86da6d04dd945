package dev.confetti.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount of diamonds, what a creator earns; exact to 0.0001.
 *
 * @param tenThousandths the amount in units of 0.0001 diamond; may be negative where a balance may
 */
public record Diamonds(long tenThousandths) implements Comparable<Diamonds> {
    /** Decimal places of a diamond. */
    public static final int SCALE = 4;

    private static final long TEN_THOUSANDTHS = 10_000;
    private static final int MOST_CHARACTERS = 24;

    public static final Diamonds ZERO = new Diamonds(0);

    /**
     * Whole diamonds.
     *
     * @throws ArithmeticException when they do not fit 64 bits at four places
     */
    public static Diamonds ofWhole(long diamonds) {
        return new Diamonds(Math.multiplyExact(diamonds, TEN_THOUSANDTHS));
    }

    /**
     * The creator's share of a number of coins: coins × shareBps / 10,000, which at four places is
     * exact.
     *
     * @param coins at least 0
     * @param shareBps the share in basis points, 0 to 10,000
     */
    public static Diamonds shareOf(long coins, int shareBps) {
        return new Diamonds(Math.multiplyExact(coins, (long) shareBps));
    }

    /**
     * Reads a decimal such as {@code 250.0000} or {@code 250}.
     *
     * @throws IllegalArgumentException when it is no decimal or has more than four places
     */
    @JsonCreator
    public static Diamonds parse(String decimal) {
        try {
            // An exponent could ask for a number of any length.
            if (decimal.length() > MOST_CHARACTERS
                    || decimal.indexOf('e') >= 0
                    || decimal.indexOf('E') >= 0) {
                throw new NumberFormatException("no plain decimal");
            }
            return new Diamonds(
                    new BigDecimal(decimal)
                            .setScale(SCALE, RoundingMode.UNNECESSARY)
                            .unscaledValue()
                            .longValueExact());
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "diamonds \""
                            + decimal
                            + "\": expected a decimal with at most "
                            + SCALE
                            + " places",
                    e);
        }
    }

    /** Whether these are other than whole diamonds. */
    public boolean hasFraction() {
        return tenThousandths % TEN_THOUSANDTHS != 0;
    }

    public Diamonds plus(Diamonds other) {
        return new Diamonds(Math.addExact(tenThousandths, other.tenThousandths));
    }

    public Diamonds minus(Diamonds other) {
        return new Diamonds(Math.subtractExact(tenThousandths, other.tenThousandths));
    }

    @Override
    public int compareTo(Diamonds other) {
        return Long.compare(tenThousandths, other.tenThousandths);
    }

    /** The decimal with four places, such as {@code 0.5000}. */
    @JsonValue
    @Override
    public String toString() {
        return BigDecimal.valueOf(tenThousandths, SCALE).toPlainString();
    }
}
