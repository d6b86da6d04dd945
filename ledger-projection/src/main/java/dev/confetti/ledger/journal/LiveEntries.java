package dev.confetti.ledger.journal;

import dev.confetti.events.GiftEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries of one live, which only the events of its gifts name: closed blocks of
 * positions by the lists of {@code live_history}, the open block by those of {@code live_open}. The
 * lists of a closed block are the same however the events were batched.
 */
public final class LiveEntries {
    /** Blocks that one query reads; a block's list has 16 KB at most. */
    private static final int BLOCKS = 32;

    private final Connection connection;
    private final String liveId;

    public LiveEntries(Connection connection, String liveId) {
        this.connection = connection;
        this.liveId = liveId;
    }

    /** The last position whose live is not in the lists, as it was booked before there were any. */
    public static long start(Connection connection) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement(
                                "select coalesce(max(position), 0) from live_start");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Whether any entry is of this live. */
    public boolean exists() throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select exists (select from live_history where live_id = ?)"
                                + " or exists (select from live_open where live_id = ?)")) {
            query.setString(1, liveId);
            query.setString(2, liveId);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /**
     * Positions of entries above {@code after} and up to {@code through}.
     *
     * @param limit the most positions to return; all there are when fewer come back
     * @param newestFirst the last ones, in falling order, instead of the first ones
     */
    public List<Long> find(long after, long through, int limit, boolean newestFirst)
            throws SQLException {
        List<Long> found = new ArrayList<>();
        if (newestFirst) {
            findInOpenBlock(after, through, limit, true, found);
            findInClosedBlocks(after, through, limit, true, found);
        } else {
            findInClosedBlocks(after, through, limit, false, found);
            findInOpenBlock(after, through, limit, false, found);
        }
        return found;
    }

    /** Those of some positions that are entries of the live. */
    public Set<Long> among(Collection<Long> positions) throws SQLException {
        Set<Long> blocks = new HashSet<>();
        positions.forEach(position -> blocks.add(Block.end(position)));
        Set<Long> found = new HashSet<>();
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select upto, offsets from live_history where live_id = ?"
                                + " and upto = any (?) union all"
                                + " select upto, offsets from live_open where live_id = ?"
                                + " and upto = any (?)")) {
            long[] ends = blocks.stream().mapToLong(end -> end).toArray();
            query.setString(1, liveId);
            query.setObject(2, ends);
            query.setString(3, liveId);
            query.setObject(4, ends);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.addAll(positions(row));
                }
            }
        }
        found.retainAll(new HashSet<>(positions));
        return found;
    }

    private void findInClosedBlocks(
            long after, long through, int limit, boolean newestFirst, List<Long> found)
            throws SQLException {
        long above = after;
        long below = Block.end(through) + 1;
        while (found.size() < limit) {
            int blocks = 0;
            try (PreparedStatement query =
                    connection.prepareStatement(
                            "select upto, offsets from live_history where live_id = ?"
                                    + " and upto > ? and upto < ? order by upto "
                                    + (newestFirst ? "desc" : "asc")
                                    + " limit ?")) {
                query.setString(1, liveId);
                query.setLong(2, above);
                query.setLong(3, below);
                query.setInt(4, BLOCKS);
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        blocks++;
                        if (newestFirst) {
                            below = row.getLong(1);
                        } else {
                            above = row.getLong(1);
                        }
                        add(positions(row), after, through, limit, newestFirst, found);
                    }
                }
            }
            if (blocks < BLOCKS) {
                return;
            }
        }
    }

    private void findInOpenBlock(
            long after, long through, int limit, boolean newestFirst, List<Long> found)
            throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select upto, offsets from live_open where live_id = ? order by batch "
                                + (newestFirst ? "desc" : "asc"))) {
            query.setString(1, liveId);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    add(positions(row), after, through, limit, newestFirst, found);
                }
            }
        }
    }

    private static void add(
            List<Long> rising,
            long after,
            long through,
            int limit,
            boolean newestFirst,
            List<Long> found) {
        for (long position : newestFirst ? rising.reversed() : rising) {
            if (found.size() < limit && position > after && position <= through) {
                found.add(position);
            }
        }
    }

    private static List<Long> positions(ResultSet row) throws SQLException {
        long before = row.getLong(1) - Block.POSITIONS;
        Short[] offsets = (Short[]) row.getArray(2).getArray();
        List<Long> positions = new ArrayList<>(offsets.length);
        for (short offset : offsets) {
            positions.add(before + offset);
        }
        return positions;
    }

    /** Is told of an entry of a live. */
    @FunctionalInterface
    public interface Each {
        void entry(String liveId, long position);
    }

    /** All entries of all lives. */
    public static void all(Connection connection, Each each) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select upto, offsets, live_id from live_history"
                                + " union all select upto, offsets, live_id from live_open")) {
            query.setFetchSize(BLOCKS);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    String liveId = row.getString(3);
                    positions(row).forEach(position -> each.entry(liveId, position));
                }
            }
        }
    }

    /** The gifts of a batch, which lies within one block. */
    static final class Batch implements TableBatch {
        private static final String ADD =
                """
                insert into live_open (live_id, upto, batch, offsets)
                select live_id, ?, ?, (?::smallint[])[first:last]
                from unnest(?, ?, ?) l (live_id, first, last)
                """;
        private static final String CLOSE =
                """
                insert into live_history (live_id, upto, offsets)
                select live_id, ?, array_agg(o order by o) from (
                    select live_id, offsets from live_open
                    union all select live_id, (?::smallint[])[first:last]
                    from unnest(?, ?, ?) l (live_id, first, last)) b, unnest(offsets) o
                group by live_id
                """;

        private final Map<String, Offsets> lives = new LinkedHashMap<>();
        private long position;

        @Override
        public void add(SourceEvent source, @Nullable JournalEntry entry) {
            position = source.position();
            if (source.event() instanceof GiftEvent gift) {
                lives.computeIfAbsent(gift.liveId(), id -> new Offsets())
                        .add((short) (position - Block.end(position) + Block.POSITIONS));
            }
        }

        @Override
        public void write(Connection connection) throws SQLException {
            if (position == Block.end(position)) {
                run(connection, CLOSE, position);
                try (PreparedStatement delete =
                        connection.prepareStatement("delete from live_open")) {
                    delete.executeUpdate();
                }
            } else if (!lives.isEmpty()) {
                run(connection, ADD, Block.end(position), position);
            }
        }

        /** The lists of all lives in one array, and where in it each has its own. */
        private void run(Connection connection, String sql, long... numbers) throws SQLException {
            Slices slices = new Slices(lives.size());
            short[] offsets = new short[lives.values().stream().mapToInt(o -> o.count).sum()];
            for (Offsets each : lives.values()) {
                System.arraycopy(each.offsets, 0, offsets, slices.add(each.count), each.count);
            }
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                int next = 1;
                for (long number : numbers) {
                    insert.setLong(next++, number);
                }
                insert.setObject(next++, offsets);
                insert.setArray(next++, connection.createArrayOf("text", lives.keySet().toArray()));
                slices.set(insert, next);
                insert.executeUpdate();
            }
        }
    }

    /** Growing list of places in a block, from 1. */
    private static final class Offsets {
        private short[] offsets = new short[4];
        private int count;

        void add(short offset) {
            if (count == offsets.length) {
                offsets = Arrays.copyOf(offsets, 2 * count);
            }
            offsets[count++] = offset;
        }
    }
}
