package dev.confetti.gift.settlement;

import dev.confetti.gift.finance.Currencies;
import java.util.HashMap;
import java.util.Map;

/**
 * What the lines of a file move in each currency, gross and fees without their signs. The books
 * hold 9.2 million million of a currency, at six places in 64 bits; what one file says is never
 * more than a ninth of it.
 */
final class Turnover {
    /** In the currency's main unit: of one line, and of all in one currency together. */
    static final long MOST_UNITS = 1_000_000_000_000L;

    private final Map<String, Long> minorByCurrency = new HashMap<>();

    /**
     * Adds a line.
     *
     * @throws dev.confetti.gift.problem.RefusedException {@code malformed-request}: with it, it
     *     would be too much
     */
    void add(Cells cells, ReportLine line, String gross, String fee) {
        long grossMinor = Math.abs(line.grossMinor());
        long feeMinor = Math.abs(line.feeMinor());
        long sum =
                minorByCurrency.merge(
                        line.currency(), Math.addExact(grossMinor, feeMinor), Math::addExact);
        if (sum > mostMinor(line.currency())) {
            String column = grossMinor >= feeMinor ? gross : fee;
            throw cells.malformed(
                    column,
                    cells.text(column),
                    "no more than "
                            + MOST_UNITS
                            + " "
                            + line.currency()
                            + " in all lines through this one, gross and fees without their signs");
        }
    }

    private static long mostMinor(String currency) {
        long most = MOST_UNITS;
        for (int places = Currencies.minorPlaces(currency); places > 0; places--) {
            most = Math.multiplyExact(most, 10);
        }
        return most;
    }
}
