package dev.confetti.ledger.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

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

    private final Map<Long, Touches> touches = new TreeMap<>();

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

    /** Writes the history of a block; the balances must be those at its end. */
    void close(Connection connection, long end) throws SQLException {
        int rows = touches.values().stream().mapToInt(Touches::rows).sum();
        long[] accounts = new long[rows];
        long[] entries = new long[rows];
        int row = 0;
        for (Map.Entry<Long, Touches> touched : touches.entrySet()) {
            Touches list = touched.getValue();
            int count = list.rows();
            Arrays.fill(accounts, row, row + count, touched.getKey());
            if (list.count <= MAX_LISTED) {
                System.arraycopy(list.positions, 0, entries, row, count);
            }
            row += count;
        }
        try (PreparedStatement insert =
                connection.prepareStatement(
                        """
                        insert into balance_history
                        select b.account_id, ?, b.debit, b.credit, t.entries
                        from (select id, array_agg(entry order by entry) filter (where entry > 0) as entries
                              from unnest(?, ?) u (id, entry) group by id) t
                        join balance b on b.account_id = t.id
                        """)) {
            insert.setLong(1, end);
            insert.setObject(2, accounts);
            insert.setObject(3, entries);
            insert.executeUpdate();
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

        /** One row per entry, or one row that stands for too many. */
        int rows() {
            return count <= MAX_LISTED ? count : 1;
        }
    }
}
