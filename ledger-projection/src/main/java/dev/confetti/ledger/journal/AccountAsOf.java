package dev.confetti.ledger.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Totals of one account as of any position, from what is kept at the ends of blocks: forward from
 * the end before the position, or back from the end after it, whichever leaves fewer entries to
 * read; and only the account's own ones where a list has them.
 */
final class AccountAsOf {
    private static final String LEGS =
            """
            select coalesce(sum(
                    case when e.d1 = k.id then e.a1 else 0 end + case when e.d2 = k.id then e.a2 else 0 end
                    + case when e.d3 = k.id then e.a3 else 0 end + case when e.d4 = k.id then e.a4 else 0 end
                    + case when e.d5 = k.id then e.a5 else 0 end + case when e.d6 = k.id then e.a6 else 0 end
                    + case when e.d7 = k.id then e.a7 else 0 end + case when e.d8 = k.id then e.a8 else 0 end
                ), 0)::bigint,
                coalesce(sum(
                    case when e.c1 = k.id then e.a1 else 0 end + case when e.c2 = k.id then e.a2 else 0 end
                    + case when e.c3 = k.id then e.a3 else 0 end + case when e.c4 = k.id then e.a4 else 0 end
                    + case when e.c5 = k.id then e.a5 else 0 end + case when e.c6 = k.id then e.a6 else 0 end
                    + case when e.c7 = k.id then e.a7 else 0 end + case when e.c8 = k.id then e.a8 else 0 end
                ), 0)::bigint
            from journal_entry e cross join (select ?::bigint as id) k
            where e.recorded_at >= ? and e.recorded_at < ? and e.entry_id > ? and e.entry_id <= ?
            """;
    private static final String FURTHER_LEGS =
            """
            select coalesce(sum(a) filter (where d = ?), 0)::bigint,
                coalesce(sum(a) filter (where c = ?), 0)::bigint
            from journal_leg_more where entry_id > ? and entry_id <= ?
            """;

    private final Connection connection;
    private final LedgerPosition applied;
    private final long asOf;
    private final long begin;
    private final long end;
    private final JournalMonths.Bounds months;

    /**
     * Asks for accounts as of one position.
     *
     * @param applied where the ledger stands
     * @param asOf a position up to that
     */
    AccountAsOf(Connection connection, LedgerPosition applied, long asOf) throws SQLException {
        this.connection = connection;
        this.applied = applied;
        this.asOf = asOf;
        this.begin = Block.closedBefore(asOf);
        this.end = Math.min(begin + Block.POSITIONS, applied.position());
        this.months = JournalMonths.read(connection).bounds(begin, end);
    }

    /** Debits and credits since the journal's begin. */
    record Totals(long debits, long credits) {
        private static final Totals NONE = new Totals(0, 0);

        private Totals plus(Totals other) {
            return new Totals(
                    Math.addExact(debits, other.debits), Math.addExact(credits, other.credits));
        }

        private Totals minus(Totals other) {
            return new Totals(
                    Math.subtractExact(debits, other.debits),
                    Math.subtractExact(credits, other.credits));
        }
    }

    Totals of(long accountId) throws SQLException {
        if (asOf == applied.position()) {
            return latest(accountId);
        }
        if (asOf == begin) {
            return atBegin(accountId);
        }
        if (end < begin + Block.POSITIONS) {
            return fromTheNearerEnd(accountId, latest(accountId));
        }
        Closed closed = atEnd(accountId);
        if (closed == null) {
            return atBegin(accountId);
        }
        return closed.listed == null
                ? fromTheNearerEnd(accountId, closed.totals)
                : atBegin(accountId).plus(listed(accountId, closed.listed));
    }

    private Totals fromTheNearerEnd(long accountId, Totals atEnd) throws SQLException {
        return asOf - begin <= end - asOf
                ? atBegin(accountId).plus(between(accountId, begin, asOf))
                : atEnd.minus(between(accountId, asOf, end));
    }

    private Totals latest(long accountId) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select debit, credit from balance where account_id = ?")) {
            query.setLong(1, accountId);
            return totals(query);
        }
    }

    private Totals atBegin(long accountId) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select debit, credit from balance_history where account_id = ?"
                                + " and upto <= ? order by upto desc limit 1")) {
            query.setLong(1, accountId);
            query.setLong(2, begin);
            return totals(query);
        }
    }

    /**
     * An account at the end of a block that touched it.
     *
     * @param listed its entries in the block; null when they are too many for a list
     */
    private record Closed(Totals totals, @Nullable List<Long> listed) {}

    private @Nullable Closed atEnd(long accountId) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select debit, credit, entries from balance_history"
                                + " where account_id = ? and upto = ?")) {
            query.setLong(1, accountId);
            query.setLong(2, end);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? new Closed(
                                new Totals(row.getLong(1), row.getLong(2)),
                                row.getArray(3) == null
                                        ? null
                                        : List.of((Long[]) row.getArray(3).getArray()))
                        : null;
            }
        }
    }

    private Totals between(long accountId, long after, long through) throws SQLException {
        return legs(accountId, after, through, null).plus(furtherLegs(accountId, after, through));
    }

    private Totals listed(long accountId, List<Long> positions) throws SQLException {
        return positions.getFirst() > asOf
                ? Totals.NONE
                : legs(accountId, begin, asOf, positions).plus(furtherLegs(accountId, begin, asOf));
    }

    private Totals legs(long accountId, long after, long through, @Nullable List<Long> positions)
            throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        positions == null ? LEGS : LEGS + " and e.entry_id = any (?)")) {
            query.setLong(1, accountId);
            query.setObject(2, months.from());
            query.setObject(3, months.before());
            query.setLong(4, after);
            query.setLong(5, through);
            if (positions != null) {
                query.setObject(6, positions.stream().mapToLong(p -> p).toArray());
            }
            return totals(query);
        }
    }

    private Totals furtherLegs(long accountId, long after, long through) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(FURTHER_LEGS)) {
            query.setLong(1, accountId);
            query.setLong(2, accountId);
            query.setLong(3, after);
            query.setLong(4, through);
            return totals(query);
        }
    }

    private static Totals totals(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            return row.next() ? new Totals(row.getLong(1), row.getLong(2)) : Totals.NONE;
        }
    }
}
