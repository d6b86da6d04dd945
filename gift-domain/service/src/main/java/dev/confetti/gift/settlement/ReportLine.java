package dev.confetti.gift.settlement;

import java.util.Map;

/**
 * A line of a provider's report.
 *
 * @param number of the line in the file, from 1, where the line ends
 * @param settlement the provider's name of the payment that it is a part of
 * @param reference the provider's name of the payment, refund or dispute; empty for none
 * @param currency ISO 4217 code
 * @param grossMinor in minor units; above 0: for us
 * @param feeMinor what the provider keeps of it; below 0: what it gives back
 */
record ReportLine(
        int number,
        String settlement,
        LineKind kind,
        String reference,
        String currency,
        long grossMinor,
        long feeMinor) {

    /** What the provider pays for the line. */
    long netMinor() {
        return Math.subtractExact(grossMinor, feeMinor);
    }

    /**
     * The same line, in less memory: nearly all of a report have the same settlement and currency.
     *
     * @param names texts that lines share, by themselves
     */
    ReportLine sharing(Map<String, String> names) {
        return new ReportLine(
                number,
                names.computeIfAbsent(settlement, name -> name),
                kind,
                reference,
                names.computeIfAbsent(currency, code -> code),
                grossMinor,
                feeMinor);
    }
}
