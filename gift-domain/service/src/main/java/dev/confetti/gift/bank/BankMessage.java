package dev.confetti.gift.bank;

/** What the bank tells us. */
public sealed interface BankMessage permits PaymentStatusReport, AccountStatement {
    /** The bank's own name of the message, 1 to 35 characters. */
    String messageId();
}
