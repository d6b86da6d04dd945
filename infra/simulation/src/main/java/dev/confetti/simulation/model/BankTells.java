package dev.confetti.simulation.model;

import java.time.LocalDate;

/** What a bank says of one transfer. */
public sealed interface BankTells {
    Name payout();

    /** It does not pay. */
    record Rejected(Name payout) implements BankTells {}

    /**
     * Money went or came.
     *
     * @param back whether it came back
     * @param reference the bank's name of the booking
     */
    record Booked(
            Name payout, boolean back, long amountMinor, String reference, LocalDate bookingDate)
            implements BankTells {}
}
