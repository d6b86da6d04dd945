package dev.confetti.gift.finance;

import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** Currencies that the ledger can book. */
public final class Currencies {
    /** Decimal places of the books; banks and providers see fewer. */
    public static final int BOOK_PLACES = 6;

    private Currencies() {}

    /**
     * How many decimal places a currency has at banks.
     *
     * @param code ISO 4217, such as {@code USD}
     * @throws IllegalArgumentException when there is no such currency, or it has no minor unit
     */
    public static int minorPlaces(String code) {
        int places;
        try {
            places = Currency.getInstance(code).getDefaultFractionDigits();
        } catch (IllegalArgumentException e) {
            throw unknown(code, e);
        }
        if (places < 0 || places > BOOK_PLACES) {
            throw unknown(code, null);
        }
        return places;
    }

    private static IllegalArgumentException unknown(String code, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "currency \"" + code + "\": expected an ISO 4217 code, such as USD", cause);
    }
}
