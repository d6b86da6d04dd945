package dev.confetti.events;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens between the platform, its banks and its books; topic {@code confetti.finance}. */
public sealed interface FinanceEvent extends ConfettiEvent {

    /**
     * Payouts were put together for the bank; each of them follows with its {@code payout-sent}.
     *
     * @param payoutIds in the order of the file, none twice, at least one
     * @param createdBy who says so
     */
    record PayoutBatchCreated(UUID batchId, List<UUID> payoutIds, String createdBy)
            implements FinanceEvent {
        public PayoutBatchCreated {
            payoutIds = List.copyOf(payoutIds);
        }

        @Override
        public String key() {
            return "1030:payouts-in-transit";
        }
    }

    /**
     * The bank told something; what it says of payouts follows with their own events.
     *
     * @param kind {@code pain.002} or {@code camt.053}
     * @param reference the bank's name of the message
     * @param lines how many payments or entries it tells of
     * @param receivedBy who handed it in
     */
    record BankMessageReceived(
            UUID bankMessageId, String kind, String reference, int lines, String receivedBy)
            implements FinanceEvent {
        @Override
        public String key() {
            return "1010:bank";
        }
    }

    /**
     * A payment provider or a store paid us what it had taken. {@code bankMinor + commissionMinor +
     * suspenseMinor = receivableMinor}.
     *
     * @param account the receivable's code, such as {@code 1021:receivable:apple}
     * @param reference the provider's name of the settlement
     * @param bankMinor what came to the bank, in minor units of {@code currency}; below 0: what it
     *     took
     * @param receivableMinor what it had owed us for the lines of its report
     * @param commissionMinor what it kept above the commission that was booked; below 0: less
     * @param suspenseMinor what nobody can explain yet
     * @param lines how many lines its report has
     * @param linesSha256 over those lines, in hexadecimal; the same for the same report
     * @param settledBy who handed the report in
     */
    record ProviderSettled(
            UUID settlementId,
            String account,
            String provider,
            String reference,
            String currency,
            long bankMinor,
            long receivableMinor,
            long commissionMinor,
            long suspenseMinor,
            int lines,
            String linesSha256,
            String settledBy)
            implements FinanceEvent {
        @Override
        public String key() {
            return account;
        }
    }

    /** What becomes of one adjustment. */
    sealed interface AdjustmentEvent extends FinanceEvent {
        UUID adjustmentId();

        /** Code of a fiat account. */
        String debitAccount();

        /** Code of another one. */
        String creditAccount();

        /** In 0.000001 of the currency, more than 0. */
        long amountMicros();

        /** ISO 4217 code. */
        String currency();

        @Override
        default String key() {
            return debitAccount();
        }
    }

    /**
     * Somebody of finance wants to correct the books; nothing is booked yet.
     *
     * @param debitAccount code of a fiat account
     * @param creditAccount code of another one
     * @param amountMicros in 0.000001 of {@code currency}, more than 0
     * @param reason free text, added by the relay
     */
    record AdjustmentRequested(
            UUID adjustmentId,
            String debitAccount,
            String creditAccount,
            long amountMicros,
            String currency,
            String requestedBy,
            @Nullable String reason)
            implements AdjustmentEvent {}

    /**
     * Another person of finance agreed; the correction is booked.
     *
     * @param amountMicros in 0.000001 of {@code currency}, more than 0
     */
    record AdjustmentApproved(
            UUID adjustmentId,
            String debitAccount,
            String creditAccount,
            long amountMicros,
            String currency,
            String approvedBy)
            implements AdjustmentEvent {}

    /**
     * Another person of finance did not agree; nothing is booked.
     *
     * @param amountMicros in 0.000001 of {@code currency}, more than 0
     * @param reason free text, added by the relay
     */
    record AdjustmentRejected(
            UUID adjustmentId,
            String debitAccount,
            String creditAccount,
            long amountMicros,
            String currency,
            String rejectedBy,
            @Nullable String reason)
            implements AdjustmentEvent {}

    /**
     * Coins that will probably never be spent became revenue; they can be spent all the same.
     *
     * @param period the month, {@code YYYY-MM}
     * @param amountMicros in 0.000001 of {@code currency}; below 0 when less is expected to be left
     *     over than was recognised so far
     * @param requestedBy who worked it out
     * @param recognisedBy the other person, who agreed
     * @param reason free text, added by the relay
     */
    record BreakageRecognised(
            UUID breakageId,
            String period,
            String currency,
            long amountMicros,
            String requestedBy,
            String recognisedBy,
            @Nullable String reason)
            implements FinanceEvent {
        @Override
        public String key() {
            return period;
        }
    }

    /**
     * A month is over for the books: what is corrected later counts for a later one.
     *
     * @param period the month, {@code YYYY-MM}
     * @param throughPosition the last position that was recorded in it; 0 for none
     * @param logHash hash of the log at that position, in hexadecimal
     * @param closedBy who says so
     */
    record PeriodClosed(String period, long throughPosition, String logHash, String closedBy)
            implements FinanceEvent {
        @Override
        public String key() {
            return period;
        }
    }
}
