package dev.confetti.ledger.posting;

/**
 * One movement: debits one account and credits another with the same amount of the same asset, so
 * that an entry of legs cannot be out of balance.
 *
 * @param amount in the asset's smallest unit, more than 0
 */
public record Leg(Account debit, Account credit, long amount) {
    public Leg {
        if (amount <= 0 || debit.equals(credit) || !debit.asset().equals(credit.asset())) {
            throw new UnpostableEventException(
                    "leg from "
                            + debit
                            + " to "
                            + credit
                            + " of "
                            + amount
                            + ": expected two accounts of one asset and an amount above 0");
        }
    }

    /** The same movement back. */
    Leg mirrored() {
        return new Leg(/* debit= */ credit, /* credit= */ debit, amount);
    }
}
