package dev.confetti.gift.settlement;

import java.util.List;

/**
 * What lines of a settlement come to, in minor units of its currency. {@code bank + commission +
 * suspense = receivable}.
 *
 * @param bankMinor what the provider paid
 * @param receivableMinor what is no longer owed
 * @param commissionMinor what the provider kept above the commission that was booked
 * @param suspenseMinor what nobody can explain; below 0: what came without a reason
 */
record SettledSums(
        int lines, long bankMinor, long receivableMinor, long commissionMinor, long suspenseMinor) {
    static final SettledSums NOTHING = new SettledSums(0, 0, 0, 0, 0);

    SettledSums plus(List<SettledLine> more) {
        SettledSums sums = this;
        for (SettledLine line : more) {
            sums = sums.plus(line);
        }
        return sums;
    }

    private SettledSums plus(SettledLine line) {
        return new SettledSums(
                Math.addExact(lines, 1),
                Math.addExact(bankMinor, line.line().netMinor()),
                Math.addExact(receivableMinor, line.receivableMinor()),
                Math.addExact(commissionMinor, line.commissionMinor()),
                Math.addExact(suspenseMinor, line.suspenseMinor()));
    }
}
