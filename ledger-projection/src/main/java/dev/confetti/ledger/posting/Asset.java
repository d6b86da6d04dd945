package dev.confetti.ledger.posting;

import dev.confetti.events.Diamonds;
import dev.confetti.events.MicroUnits;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What an amount counts: coins, diamonds or a currency. Amounts are whole numbers of its smallest
 * unit, {@code 10^-scale}.
 *
 * @param code {@code COIN}, {@code DIAMOND} or an ISO 4217 code
 * @param scale decimal places, 0 to 6
 */
public record Asset(String code, int scale) {
    public static final Asset COIN = new Asset("COIN", 0);
    public static final Asset DIAMOND = new Asset("DIAMOND", Diamonds.SCALE);

    /** Places of every currency inside the ledger; banks see fewer. */
    public static final int FIAT_SCALE = MicroUnits.PLACES;

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
        try {
            MicroUnits.inOneMinor(code);
        } catch (IllegalArgumentException e) {
            throw new UnpostableEventException(String.valueOf(e.getMessage()), e);
        }
        return FIAT.computeIfAbsent(code, c -> new Asset(c, FIAT_SCALE));
    }

    /** The asset of a code; empty when there is none such. */
    public static Optional<Asset> of(String code) {
        if (code.equals(COIN.code)) {
            return Optional.of(COIN);
        }
        if (code.equals(DIAMOND.code)) {
            return Optional.of(DIAMOND);
        }
        try {
            return Optional.of(fiat(code));
        } catch (UnpostableEventException e) {
            return Optional.empty();
        }
    }

    /**
     * A currency's amount in units of {@code 10^-6} from its minor units, such as cents.
     *
     * @throws UnpostableEventException when it does not fit 64 bits, or this is no currency
     */
    public long ofMinor(long minor) {
        try {
            return MicroUnits.ofMinor(minor, code);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new UnpostableEventException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The amount as a decimal with all places, such as {@code 4.761904}. */
    public String decimal(long amount) {
        return BigDecimal.valueOf(amount, scale).toPlainString();
    }
}
