package dev.confetti.ledger.journal;

import dev.confetti.ledger.posting.Account;

/**
 * What an account was debited and credited with, from the start to some position.
 *
 * @param debits in the asset's smallest unit, as are credits
 */
public record AccountTotals(Account account, long debits, long credits) {
    /** Positive on the account's normal side. */
    public long balance() {
        return account.type().balance(debits, credits);
    }
}
