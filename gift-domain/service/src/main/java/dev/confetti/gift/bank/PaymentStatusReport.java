package dev.confetti.gift.bank;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a file of ours, or of parts of it: ISO 20022 pain.002.
 *
 * @param originalMessageId of our file; {@link CreditTransferBatch#batchId} reads it
 * @param status of the whole file; null where the bank says it only of its parts. A rejected file
 *     is rejected with all that it has, listed here or not.
 * @param parts the file's payments by currency, as far as the bank speaks of them
 */
public record PaymentStatusReport(
        String messageId, String originalMessageId, @Nullable Status status, List<Part> parts)
        implements BankMessage {
    public PaymentStatusReport {
        parts = List.copyOf(parts);
    }

    /** Whether the whole file is rejected. */
    public boolean isRejected() {
        return status != null && status.isRejected();
    }

    /**
     * How something stands, and why.
     *
     * @param code of ISO 20022's payment status, such as {@code ACCP}, {@code ACSC}, {@code PDNG},
     *     {@code RJCT}, {@code PART}
     * @param reasonCode such as {@code AC04}, or the bank's own; null: none given
     * @param reasonText the bank's words, which may name persons; null: none given
     */
    public record Status(String code, @Nullable String reasonCode, @Nullable String reasonText) {
        /** Whether the money stays with us, for good: rejected, or cancelled before it went. */
        public boolean isRejected() {
            return code.equals("RJCT") || code.equals("CANC");
        }

        /** Whether it is settled: on the debtor's side, or in the creditor's account. */
        public boolean isSettled() {
            return code.equals("ACSC") || code.equals("ACCC");
        }
    }

    /**
     * The payments of one part of the file.
     *
     * @param paymentInformationId {@link CreditTransferBatch#paymentInformationId}
     * @param status of the whole part; null: not given. A rejected part is rejected with all that
     *     it has, listed here or not.
     */
    public record Part(
            String paymentInformationId,
            @Nullable Status status,
            List<TransactionStatus> transactions) {
        public Part {
            transactions = List.copyOf(transactions);
        }
    }

    /**
     * How one transfer stands.
     *
     * @param endToEndId null: the bank does not say which one
     * @param status its own, else its part's, else its file's; null: none of them says
     */
    public record TransactionStatus(@Nullable String endToEndId, @Nullable Status status) {}
}
