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
     * @param as what the bank calls it
     * @param reference the bank's name of the booking
     */
    record Booked(
            Name payout,
            boolean back,
            As as,
            long amountMinor,
            String reference,
            LocalDate bookingDate)
            implements BankTells {

        /** What a bank can say of a booking. */
        public enum As {
            PAYMENT,
            /** It could not be paid out. */
            RETURN,
            /** It undoes a booking of the bank's own. */
            REVERSAL
        }
    }
}
