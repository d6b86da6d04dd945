package dev.confetti.ledger.journal;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Where each of some lists lies in one array that has them one after the other, as PostgreSQL
 * counts: from 1, both ends within. An empty list ends one before it begins.
 */
final class Slices {
    private final long[] firsts;
    private final long[] lasts;
    private int lists;
    private int used;

    /**
     * For so many lists.
     *
     * @param count all of which must be added
     */
    Slices(int count) {
        this.firsts = new long[count];
        this.lasts = new long[count];
    }

    /** Adds a list of a length; returns where it begins in the array, from 0. */
    int add(int length) {
        int begin = used;
        used += length;
        firsts[lists] = begin + 1L;
        lasts[lists++] = used;
        return begin;
    }

    /** Sets a statement's parameter to where the lists begin, and the next one to their ends. */
    void set(PreparedStatement statement, int parameter) throws SQLException {
        statement.setObject(parameter, firsts);
        statement.setObject(parameter + 1, lasts);
    }
}
