package dev.confetti.gift.bank;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One movement on an account: an entry of a statement, or one transaction of an entry that books
 * several.
 *
 * @param reference names the movement for good within its account, at most 140 characters: the same
 *     in every statement that has it, so that its effect happens once
 * @param amountMinor 0 or more: what the account's balance changed by, fees that the bank took out
 *     of it already subtracted
 * @param currency ISO 4217 code of the amount
 * @param standing only what is booked has happened
 * @param bookingDate null: not stated
 * @param endToEndId as the payer gave it; null: none, so not a transfer of ours
 * @param paymentInformationId of the part of our file that it belongs to; null: not stated
 * @param servicerReference the bank's own name of it; null: none
 * @param reversal whether it undoes an earlier booking of the bank
 * @param returned set when it brings back money that could not be paid out
 * @param charges fees that the bank states with it; empty: none stated
 */
public record StatementLine(
        String reference,
        Direction direction,
        long amountMinor,
        String currency,
        Standing standing,
        @Nullable LocalDate bookingDate,
        @Nullable String endToEndId,
        @Nullable String paymentInformationId,
        @Nullable String servicerReference,
        boolean reversal,
        @Nullable Return returned,
        List<Charge> charges) {
    public StatementLine {
        charges = List.copyOf(charges);
    }

    public boolean isBooked() {
        return standing == Standing.BOOKED;
    }

    /**
     * What the bank took for itself within the amount, in minor units of the line's currency; 0
     * when it states nothing, or what does not add up.
     */
    public long includedChargesMinor() {
        long sum = 0;
        for (Charge charge : charges) {
            if (charge.included() && charge.currency().equals(currency)) {
                try {
                    sum =
                            charge.debit()
                                    ? Math.addExact(sum, charge.amountMinor())
                                    : Math.subtractExact(sum, charge.amountMinor());
                } catch (ArithmeticException e) {
                    return 0;
                }
            }
        }
        return Math.max(0, sum);
    }

    /** What it does to our account. */
    public enum Direction {
        /** Money comes in. */
        CREDIT,
        /** Money goes out. */
        DEBIT
    }

    /** How final it is. */
    public enum Standing {
        /** Booked: it has happened. */
        BOOKED,
        /** Expected, may still change or vanish. */
        PENDING,
        /** Told for information or for a later day. */
        INFORMATION
    }

    /**
     * Why money came back.
     *
     * @param reasonCode ISO 20022 external return reason, such as {@code AC04}, or the bank's own;
     *     null: none given
     */
    public record Return(@Nullable String reasonCode) {}

    /**
     * A fee of the bank.
     *
     * @param amountMinor 1 or more
     * @param debit whether we pay it; false: it is given back to us
     * @param included whether the line's amount has it in already: then amount plus charge is what
     *     was sent
     */
    public record Charge(long amountMinor, String currency, boolean debit, boolean included) {}
}
