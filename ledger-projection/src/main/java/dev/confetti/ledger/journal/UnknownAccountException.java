package dev.confetti.ledger.journal;

/** A leg names an account id that the table of accounts does not have. */
public final class UnknownAccountException extends RuntimeException {
    UnknownAccountException(long id) {
        super("account id " + id + ": expected one of table account, found none");
    }
}
