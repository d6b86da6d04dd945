package dev.confetti.ledger.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The open block of positions: which entries touched which account since the last multiple of
 * {@link #POSITIONS}. When it closes, {@code balance_history} gets a row per touched account, the
 * same however the events were batched. For the one writer; not thread-safe.
 */
final class Block {
    /** Positions of a block; an as-of answer reads at most this many entries. */
    static final int POSITIONS = 8_192;

    /** An account with more entries than this in a block is found by reading the block. */
    static final int MAX_LISTED = POSITIONS / 8;

    private final Map<Long, Touches> touches = new HashMap<>();

    /** The end of the block that a position is in. */
    static long end(long position) {
        return Math.ceilDiv(position, POSITIONS) * POSITIONS;
    }

    /** The last block end at or below a position. */
    static long closedBefore(long position) {
        return position - position % POSITIONS;
    }

    void clear() {
        touches.clear();
    }

    void touch(long accountId, long position) {
        touches.computeIfAbsent(accountId, id -> new Touches()).add(position);
    }

    /** Takes out the history of the block that ends here. */
    History close(long end) {
        long[] accounts = touches.keySet().stream().mapToLong(id -> id).sorted().toArray();
        long[] entries = new long[touches.values().stream().mapToInt(Touches::listed).sum()];
        long[] firsts = new long[accounts.length];
        long[] lasts = new long[accounts.length];
        int used = 0;
        for (int i = 0; i < accounts.length; i++) {
            Touches list = Objects.requireNonNull(touches.get(accounts[i]));
            int count = list.listed();
            System.arraycopy(list.positions, 0, entries, used, count);
            firsts[i] = used + 1L;
            used += count;
            lasts[i] = used;
        }
        touches.clear();
        return new History(end, accounts, entries, firsts, lasts);
    }

    /** A closed block, ready to be written. */
    static final class History {
        private final long end;
        private final long[] accounts;
        private final long[] entries;
        private final long[] firsts;
        private final long[] lasts;

        /**
         * @param accounts ids, rising
         * @param entries the lists of all accounts, one after the other
         * @param firsts where the list of each account begins, from 1
         * @param lasts where it ends, itself within; one less than where it begins when not listed
         */
        private History(long end, long[] accounts, long[] entries, long[] firsts, long[] lasts) {
            this.end = end;
            this.accounts = accounts;
            this.entries = entries;
            this.firsts = firsts;
            this.lasts = lasts;
        }

        /** Writes it; the balances must be those at the block's end. */
        void write(Connection connection) throws SQLException {
            try (PreparedStatement insert =
                    connection.prepareStatement(
                            """
                            insert into balance_history
                            select b.account_id, ?, b.debit, b.credit,
                                case when t.last >= t.first then (?::bigint[])[t.first:t.last] end
                            from unnest(?, ?, ?) t (account_id, first, last)
                            join balance b using (account_id)
                            """)) {
                insert.setLong(1, end);
                insert.setObject(2, entries);
                insert.setObject(3, accounts);
                insert.setObject(4, firsts);
                insert.setObject(5, lasts);
                insert.executeUpdate();
            }
        }
    }

    /** Growing list of positions, which ends one above the most that is listed. */
    private static final class Touches {
        private long[] positions = new long[4];
        private int count;

        void add(long position) {
            if (count > MAX_LISTED || (count > 0 && positions[count - 1] == position)) {
                return;
            }
            if (count == positions.length) {
                positions = Arrays.copyOf(positions, 2 * count);
            }
            positions[count++] = position;
        }

        /** How many entries the list has; 0 when they are too many for one. */
        int listed() {
            return count <= MAX_LISTED ? count : 0;
        }
    }
}
