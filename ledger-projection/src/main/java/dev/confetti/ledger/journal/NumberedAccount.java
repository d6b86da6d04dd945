package dev.confetti.ledger.journal;

import java.util.Arrays;

/**
 * An account of the journal, with what the open batch adds to it and which entries of the open
 * block touch it: one look-up per leg serves all. For the one writer; not thread-safe.
 */
final class NumberedAccount {
    private static final long[] NONE = {};

    private final long id;
    private long debit;
    private long credit;
    private long[] positions = NONE;
    private int touches;

    NumberedAccount(long id) {
        this.id = id;
    }

    long id() {
        return id;
    }

    /** Sum of the open batch's debits, in the asset's smallest unit. */
    long debit() {
        return debit;
    }

    /** Sum of the open batch's credits, in the asset's smallest unit. */
    long credit() {
        return credit;
    }

    /** Whether the open batch has added anything: amounts are above 0. */
    boolean isInBatch() {
        return debit > 0 || credit > 0;
    }

    void addDebit(long amount) {
        debit = Math.addExact(debit, amount);
    }

    void addCredit(long amount) {
        credit = Math.addExact(credit, amount);
    }

    void endBatch() {
        debit = 0;
        credit = 0;
    }

    /** Whether an entry of the open block touches it. */
    boolean isInBlock() {
        return touches > 0;
    }

    /** Notes an entry of the open block; positions come in rising order, any number of times. */
    void touch(long position) {
        if (touches > Block.MAX_LISTED || (touches > 0 && positions[touches - 1] == position)) {
            return;
        }
        if (touches == positions.length) {
            positions = Arrays.copyOf(positions, Math.max(4, 2 * touches));
        }
        positions[touches++] = position;
    }

    /** How many entries its list for the block has; 0 when they are too many for one. */
    int listed() {
        return touches <= Block.MAX_LISTED ? touches : 0;
    }

    /** Copies the list to a place. */
    void copyListed(long[] target, int at) {
        System.arraycopy(positions, 0, target, at, listed());
    }

    void endBlock() {
        touches = 0;
        positions = NONE;
    }
}
