package dev.confetti.gift.purchase;

/**
 * An amount of money.
 *
 * @param amountMinor in minor units of the currency, such as cents
 * @param currency ISO 4217 code
 */
public record Money(long amountMinor, String currency) {
    private static final long MOST_MINOR = 1_000_000_000_000L;

    /** Whether a number of minor units is 0 or more, and one that any ledger can book. */
    static boolean isSensible(long amountMinor) {
        return amountMinor >= 0 && amountMinor <= MOST_MINOR;
    }
}
