package dev.confetti.ledger.journal;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an account had at the end of a closed block of positions.
 *
 * @param debits from the start of the journal, as are credits
 * @param entries of the block that touched the account; empty when they are too many to list
 */
public record BalanceHistory(long debits, long credits, List<Long> entries) {
    public BalanceHistory {
        entries = List.copyOf(entries);
    }

    /** As the writer keeps it. */
    public static BalanceHistory of(long debits, long credits, List<Long> touched) {
        return new BalanceHistory(
                debits, credits, touched.size() <= Block.MAX_LISTED ? touched : List.of());
    }

    /** The end of the block that a position is in. */
    public static long blockEnd(long position) {
        return Block.end(position);
    }

    /** Whether the ledger has passed a block's end. */
    public static boolean isClosed(Connection connection, long blockEnd) throws SQLException {
        return LedgerPosition.read(connection).position() >= blockEnd;
    }

    public static long count(Connection connection) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement("select count(*) from balance_history");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The rows of some accounts at a block's end, by account id. */
    public static Map<Long, BalanceHistory> read(
            Connection connection, long blockEnd, Collection<Long> accountIds) throws SQLException {
        Map<Long, BalanceHistory> rows = new HashMap<>();
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select account_id, debit, credit, entries from balance_history"
                                + " where upto = ? and account_id = any (?)")) {
            query.setLong(1, blockEnd);
            query.setObject(2, accountIds.stream().mapToLong(id -> id).toArray());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    Array list = row.getArray(4);
                    rows.put(
                            row.getLong(1),
                            new BalanceHistory(
                                    row.getLong(2),
                                    row.getLong(3),
                                    list == null ? List.of() : List.of((Long[]) list.getArray())));
                }
            }
        }
        return rows;
    }
}
