package dev.confetti.ledger.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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

    private final List<NumberedAccount> touched = new ArrayList<>();

    /** The end of the block that a position is in. */
    static long end(long position) {
        return Math.ceilDiv(position, POSITIONS) * POSITIONS;
    }

    /** The last block end at or below a position. */
    static long closedBefore(long position) {
        return position - position % POSITIONS;
    }

    /** Notes that an entry, which is not before those noted so far, touches an account. */
    void touch(NumberedAccount account, long position) {
        if (!account.isInBlock()) {
            touched.add(account);
        }
        account.touch(position);
    }

    /** Begins anew, with accounts that are new too. */
    void clear() {
        touched.clear();
    }

    /** Takes out the history of the block that ends here. */
    History close(long end) {
        touched.sort(Comparator.comparingLong(NumberedAccount::id));
        int count = touched.size();
        long[] accounts = new long[count];
        Slices slices = new Slices(count);
        long[] entries = new long[touched.stream().mapToInt(NumberedAccount::listed).sum()];
        for (int i = 0; i < count; i++) {
            NumberedAccount account = touched.get(i);
            accounts[i] = account.id();
            account.copyListed(entries, slices.add(account.listed()));
            account.endBlock();
        }
        touched.clear();
        return new History(end, accounts, entries, slices);
    }

    /** A closed block, ready to be written. */
    static final class History {
        private final long end;
        private final long[] accounts;
        private final long[] entries;
        private final Slices slices;

        /**
         * @param accounts ids, rising
         * @param entries the lists of all accounts, one after the other
         * @param slices where each account has its own; an empty one has too many to list
         */
        private History(long end, long[] accounts, long[] entries, Slices slices) {
            this.end = end;
            this.accounts = accounts;
            this.entries = entries;
            this.slices = slices;
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
                slices.set(insert, 4);
                insert.executeUpdate();
            }
        }
    }
}
