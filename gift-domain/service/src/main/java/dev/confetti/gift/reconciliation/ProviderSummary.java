package dev.confetti.gift.reconciliation;

/**
 * How it stands with one provider in one currency, amounts in its minor units. What is owed is the
 * balance of the provider's receivable account, but for adjustments made by hand.
 *
 * @param owed booked, and in no report yet
 * @param settled what reports have settled
 * @param odd lines of reports that are not as booked
 */
public record ProviderSummary(
        String provider, String currency, Owed owed, Settled settled, Odd odd) {

    /**
     * Movements that are owed.
     *
     * @param netMinor gross less fee
     * @param oldestDays age of the oldest in whole days; 0 where there is none
     */
    public record Owed(
            long movements, long grossMinor, long feeMinor, long netMinor, long oldestDays) {}

    /**
     * What settlements moved, as they were booked.
     *
     * @param receivableMinor off what was owed
     * @param bankMinor paid to us
     * @param commissionMinor kept beyond what was booked
     * @param suspenseMinor what nobody can explain
     */
    public record Settled(
            long settlements,
            long receivableMinor,
            long bankMinor,
            long commissionMinor,
            long suspenseMinor) {}

    /**
     * Lines that differ.
     *
     * @param suspenseMinor what of them nobody can explain
     */
    public record Odd(long lines, long suspenseMinor) {}
}
