package dev.confetti.ledger.journal;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries of accounts without reading the journal: closed blocks by the lists of {@code
 * balance_history}, the open block by its entries.
 */
public final class AccountEntries {
    /** Blocks of history that one query looks at. */
    private static final int BLOCKS = 64;

    /** Entries that name one of the accounts in any leg. */
    private static final String SCAN =
            """
            select e.entry_id from journal_entry e cross join (select ?::bigint[] as ids) k
            where e.recorded_at >= ? and e.recorded_at < ? and e.entry_id > ? and e.entry_id <= ?
                and (e.d1 = any (k.ids) or e.c1 = any (k.ids) or e.d2 = any (k.ids) or e.c2 = any (k.ids)
                    or e.d3 = any (k.ids) or e.c3 = any (k.ids) or e.d4 = any (k.ids) or e.c4 = any (k.ids)
                    or e.d5 = any (k.ids) or e.c5 = any (k.ids) or e.d6 = any (k.ids) or e.c6 = any (k.ids)
                    or e.d7 = any (k.ids) or e.c7 = any (k.ids) or e.d8 = any (k.ids) or e.c8 = any (k.ids)
                    or e.d8 is not null and exists (select 1 from journal_leg_more m
                        where m.entry_id = e.entry_id and (m.d = any (k.ids) or m.c = any (k.ids))))
            order by e.entry_id
            """;

    private final Connection connection;
    private final long[] accountIds;
    private final long closed;
    private @Nullable JournalMonths months;

    /**
     * Looks for entries of some accounts.
     *
     * @param applied where the ledger stands
     */
    public AccountEntries(
            Connection connection, LedgerPosition applied, Collection<Long> accountIds) {
        this.connection = connection;
        this.accountIds = accountIds.stream().mapToLong(id -> id).toArray();
        this.closed = Block.closedBefore(applied.position());
    }

    /**
     * Positions of entries above {@code after} and up to {@code through}.
     *
     * @param limit the most positions to return; all there are when fewer come back
     * @param newestFirst the last ones, in falling order, instead of the first ones
     */
    public List<Long> find(long after, long through, int limit, boolean newestFirst)
            throws SQLException {
        Found found = new Found(after, through, limit, newestFirst);
        if (newestFirst) {
            findInOpenBlock(found);
            findInClosedBlocks(found);
        } else {
            findInClosedBlocks(found);
            findInOpenBlock(found);
        }
        return found.positions;
    }

    private void findInOpenBlock(Found found) throws SQLException {
        if (found.through > closed && !found.full()) {
            scan(Math.max(found.after, closed), found.through, found);
        }
    }

    private void findInClosedBlocks(Found found) throws SQLException {
        long above = found.after;
        long below = Block.end(Math.min(found.through, closed)) + 1;
        while (!found.full()) {
            List<ListedBlock> blocks = blocks(above, below, found.newestFirst);
            if (blocks.isEmpty()) {
                return;
            }
            for (ListedBlock block : blocks) {
                if (block.dense) {
                    scan(
                            Math.max(found.after, block.upto - Block.POSITIONS),
                            Math.min(found.through, block.upto),
                            found);
                } else {
                    found.addAll(found.newestFirst ? block.positions.reversed() : block.positions);
                }
            }
            if (found.newestFirst) {
                below = blocks.getLast().upto;
            } else {
                above = blocks.getLast().upto;
            }
        }
    }

    /** Closed blocks that end above {@code above} and below {@code below}, in the order asked. */
    private List<ListedBlock> blocks(long above, long below, boolean newestFirst)
            throws SQLException {
        List<ListedBlock> blocks = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select upto, entries from balance_history where account_id = any (?)"
                                + " and upto > ? and upto < ? and upto <= ? order by upto "
                                + (newestFirst ? "desc" : "asc")
                                + " limit ?")) {
            query.setObject(1, accountIds);
            query.setLong(2, above);
            query.setLong(3, below);
            query.setLong(4, closed);
            query.setInt(5, BLOCKS * accountIds.length);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    if (blocks.isEmpty() || blocks.getLast().upto != row.getLong(1)) {
                        blocks.add(new ListedBlock(row.getLong(1)));
                    }
                    blocks.getLast().add(row.getArray(2));
                }
            }
        }
        if (blocks.size() > 1 && accountIds.length > 1) {
            // The page may have ended between two accounts' rows of this block.
            blocks.removeLast();
        }
        return blocks;
    }

    private void scan(long after, long through, Found found) throws SQLException {
        if (found.full()) {
            return;
        }
        JournalMonths.Bounds recorded = months().bounds(after, through);
        try (PreparedStatement query =
                connection.prepareStatement(
                        SCAN + (found.newestFirst ? "desc" : "asc") + " limit ?")) {
            query.setObject(1, accountIds);
            query.setObject(2, recorded.from());
            query.setObject(3, recorded.before());
            query.setLong(4, after);
            query.setLong(5, through);
            query.setInt(6, found.limit - found.positions.size());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.positions.add(row.getLong(1));
                }
            }
        }
    }

    private JournalMonths months() throws SQLException {
        if (months == null) {
            months = JournalMonths.read(connection);
        }
        return months;
    }

    /** A closed block, with the entries of all the accounts, or known to have many. */
    private static final class ListedBlock {
        private final long upto;
        private final SortedSet<Long> positions = new TreeSet<>();
        private boolean dense;

        ListedBlock(long upto) {
            this.upto = upto;
        }

        void add(@Nullable Array list) throws SQLException {
            if (list == null) {
                dense = true;
            } else {
                positions.addAll(List.of((Long[]) list.getArray()));
            }
        }
    }

    /** What is found so far, within bounds. */
    private static final class Found {
        private final long after;
        private final long through;
        private final int limit;
        private final boolean newestFirst;
        private final List<Long> positions = new ArrayList<>();

        Found(long after, long through, int limit, boolean newestFirst) {
            this.after = after;
            this.through = through;
            this.limit = limit;
            this.newestFirst = newestFirst;
        }

        boolean full() {
            return positions.size() >= limit;
        }

        /** Takes those within bounds, which come in the order asked, as far as there is room. */
        void addAll(Collection<Long> inOrder) {
            for (long position : inOrder) {
                if (!full() && position > after && position <= through) {
                    positions.add(position);
                }
            }
        }
    }
}
