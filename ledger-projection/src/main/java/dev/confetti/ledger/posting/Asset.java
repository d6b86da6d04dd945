package dev.confetti.ledger.posting;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What an amount counts: coins, diamonds or a currency. Amounts are whole numbers of its smallest
 * unit, {@code 10^-scale}.
 *
 * @param code {@code COIN}, {@code DIAMOND} or an ISO 4217 code
 * @param scale decimal places, 0 to 6
 */
public record Asset(String code, int scale) {
    public static final Asset COIN = new Asset("COIN", 0);
    public static final Asset DIAMOND = new Asset("DIAMOND", 4);

    /** Places of every currency inside the ledger; banks see fewer. */
    public static final int FIAT_SCALE = 6;

    private static final ConcurrentHashMap<String, Asset> FIAT = new ConcurrentHashMap<>();

    /**
     * A currency.
     *
     * @throws UnpostableEventException when ISO 4217 has no such code, or it has no minor unit
     */
    public static Asset fiat(String code) {
        Asset known = FIAT.get(code);
        if (known != null) {
            return known;
        }
        minorDigits(code);
        return FIAT.computeIfAbsent(code, c -> new Asset(c, FIAT_SCALE));
    }

    /**
     * A currency's amount in units of {@code 10^-6} from its minor units, such as cents.
     *
     * @throws UnpostableEventException when it does not fit 64 bits
     */
    public long ofMinor(long minor) {
        long factor = 1;
        for (int digits = minorDigits(code); digits < scale; digits++) {
            factor *= 10;
        }
        try {
            return Math.multiplyExact(minor, factor);
        } catch (ArithmeticException e) {
            throw new UnpostableEventException(
                    minor
                            + " minor units of "
                            + code
                            + ": expected an amount within 64 bits at 6"
                            + " places",
                    e);
        }
    }

    /** The amount as a decimal with all places, such as {@code 4.761904}. */
    public String decimal(long amount) {
        return BigDecimal.valueOf(amount, scale).toPlainString();
    }

    private static int minorDigits(String code) {
        try {
            int digits = Currency.getInstance(code).getDefaultFractionDigits();
            if (digits >= 0 && digits <= FIAT_SCALE) {
                return digits;
            }
        } catch (IllegalArgumentException e) {
            throw unknown(code, e);
        }
        throw unknown(code, null);
    }

    private static UnpostableEventException unknown(String code, @Nullable Throwable cause) {
        return new UnpostableEventException(
                "currency \"" + code + "\": expected an ISO 4217 code with a minor unit", cause);
    }
}
