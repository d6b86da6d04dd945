package dev.confetti.gift.bank;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Payouts that go to the bank in one file.
 *
 * @param executionDate the day on which the bank shall debit us
 * @param transfers 1 to {@link #MOST_TRANSFERS}, each payout once
 */
public record CreditTransferBatch(
        UUID batchId,
        Instant createdAt,
        LocalDate executionDate,
        Debtor debtor,
        List<CreditTransfer> transfers) {
    /** A file of some 6 MB, which people can still open; more go in a further batch. */
    public static final int MOST_TRANSFERS = 10_000;

    /** Of ISO 20022's DecimalNumber. */
    private static final int MOST_SUM_DIGITS = 18;

    private static final int ID_CHARACTERS = 32;
    private static final int CURRENCY_CHARACTERS = 3;

    public CreditTransferBatch {
        transfers = List.copyOf(transfers);
        if (transfers.isEmpty() || transfers.size() > MOST_TRANSFERS) {
            throw new IllegalArgumentException(
                    "batch "
                            + batchId
                            + " of "
                            + transfers.size()
                            + " transfers: expected 1 to "
                            + MOST_TRANSFERS);
        }
        Set<UUID> payoutIds = new HashSet<>();
        for (CreditTransfer transfer : transfers) {
            if (!payoutIds.add(transfer.payoutId())) {
                throw new IllegalArgumentException(
                        "batch "
                                + batchId
                                + " has payout "
                                + transfer.payoutId()
                                + " twice: expected each once");
            }
        }
        if (controlSum(transfers).precision() > MOST_SUM_DIGITS) {
            throw new IllegalArgumentException(
                    "batch "
                            + batchId
                            + ": its amounts add up to more than "
                            + MOST_SUM_DIGITS
                            + " digits, expected fewer transfers or currencies");
        }
    }

    /**
     * The plain sum of amounts, also across currencies, as ISO 20022 wants it: 1.00 EUR and 100 JPY
     * are 101.00.
     */
    static BigDecimal controlSum(List<CreditTransfer> transfers) {
        return transfers.stream()
                .map(each -> CurrencyAmounts.decimal(each.amountMinor(), each.currency()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The file's name in the bank's answers. */
    public String messageId() {
        return BankIds.text(batchId);
    }

    /** The name of the part of the file that pays in one currency. */
    public String paymentInformationId(String currency) {
        return messageId() + currency;
    }

    /** The batch that a message id names; empty for one that no batch of ours can have. */
    public static Optional<UUID> batchId(String messageId) {
        return BankIds.parse(messageId);
    }

    /** The batch that a payment information id names; empty for one that is not of our making. */
    public static Optional<UUID> batchIdOfPayment(String paymentInformationId) {
        return paymentInformationId.length() == ID_CHARACTERS + CURRENCY_CHARACTERS
                ? BankIds.parse(paymentInformationId.substring(0, ID_CHARACTERS))
                : Optional.empty();
    }
}
