package dev.confetti.gift.settlement;

import org.jspecify.annotations.Nullable;

/**
 * A line of a report, and what it settles. {@code net + commission + suspense = receivable}.
 *
 * @param movement what it settles; null for nothing
 * @param receivableMinor what is no longer owed
 * @param commissionMinor what the provider kept above the commission that was booked
 * @param suspenseMinor what nobody can explain; below 0: what came without a reason
 */
record SettledLine(
        ReportLine line,
        @Nullable Movement movement,
        long receivableMinor,
        long commissionMinor,
        long suspenseMinor,
        Finding finding) {

    /** Settles a movement: a difference of fees is a commission, one of amounts is in suspense. */
    static SettledLine of(ReportLine line, Movement movement) {
        long amountMissing = Math.subtractExact(movement.grossMinor(), line.grossMinor());
        long feeAbove = Math.subtractExact(line.feeMinor(), movement.feeMinor());
        Finding finding =
                amountMissing != 0
                        ? Finding.OTHER_AMOUNT
                        : feeAbove != 0 ? Finding.OTHER_FEE : Finding.AS_BOOKED;
        return new SettledLine(
                line, movement, movement.receivableMinor(), feeAbove, amountMissing, finding);
    }

    /** Settles nothing: all of it is a commission. */
    static SettledLine feeAlone(ReportLine line) {
        return new SettledLine(
                line, null, 0, Math.negateExact(line.netMinor()), 0, Finding.FEE_ALONE);
    }

    /** Settles nothing: all of it is in suspense. */
    static SettledLine unexplained(ReportLine line, Finding finding) {
        return new SettledLine(line, null, 0, 0, Math.negateExact(line.netMinor()), finding);
    }
}
