package dev.confetti.ledger.journal;

import dev.confetti.events.EventType;
import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.Accounts;
import dev.confetti.ledger.posting.Posting;
import dev.confetti.ledger.posting.Side;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What each reference has left open in the clearing accounts, in its table: a row for each state,
 * with the entries from and up to which it was so. Few entries touch these accounts.
 */
public final class ClearingItems {
    /** The accounts whose items are matched by reference. */
    public static final List<String> CODES =
            List.of(Accounts.PAYOUTS_IN_TRANSIT, Accounts.DISPUTES_RECEIVABLE, Accounts.SUSPENSE);

    /** SQLSTATE of a data exception: trying again does not help. */
    private static final String BROKEN_DATA = "22000";

    private static final Set<String> CODE_SET = Set.copyOf(CODES);

    private ClearingItems() {}

    /**
     * What entries of one reference have left open.
     *
     * @param since the entry since when it has been open on this side
     * @param open debits less credits, not 0
     */
    public record Item(UUID reference, long since, Instant sinceAt, long open) {}

    /** The items of an account that were open at a position, oldest first. */
    public static List<Item> open(Connection connection, Account account, long position)
            throws SQLException {
        List<Item> items = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select c.reference, c.since, c.since_at, c.open from clearing_item c"
                                + " join account a on a.id = c.account_id"
                                + " where a.code = ? and a.asset = ? and c.open <> 0"
                                + " and int8range(c.entry_id, c.until) @> ?"
                                + " order by c.since, c.reference")) {
            query.setString(1, account.code());
            query.setString(2, account.asset().code());
            query.setLong(3, position);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    items.add(
                            new Item(
                                    row.getObject(1, UUID.class),
                                    row.getLong(2),
                                    row.getObject(3, OffsetDateTime.class).toInstant(),
                                    row.getLong(4)));
                }
            }
        }
        return items;
    }

    /** When the last entry up to a position was recorded; the begin of 1970 before the first. */
    public static Instant recordedAt(Connection connection, long position) throws SQLException {
        List<StoredEntry> last =
                StoredEntries.read(
                        connection,
                        "where e.entry_id <= ? order by e.entry_id desc limit 1",
                        query -> query.setLong(1, position));
        return last.isEmpty() ? Instant.EPOCH : last.getFirst().recordedAt();
    }

    /** The moves of a batch. */
    static final class Batch implements TableBatch {
        private final List<Move> moves = new ArrayList<>();

        private record Move(Account account, JournalEntry entry, long change) {}

        @Override
        public void add(SourceEvent source, @Nullable JournalEntry entry) {
            // Gifts are nearly all entries, and none of them clears anything.
            if (entry != null && source.type() != EventType.GIFT_SENT) {
                changes(entry)
                        .forEach((account, change) -> moves.add(new Move(account, entry, change)));
            }
        }

        @Override
        public void write(Connection connection) throws SQLException {
            if (moves.isEmpty()) {
                return;
            }
            Map<Account, Long> ids = AccountNames.idsOf(connection, CODES);
            for (Move move : moves) {
                move(connection, idOf(move.account, ids), move.entry, move.change);
            }
        }
    }

    private static long idOf(Account account, Map<Account, Long> ids) throws SQLException {
        Long id = ids.get(account);
        if (id == null) {
            throw new SQLException(
                    "account " + account + ": expected it in the ledger", BROKEN_DATA);
        }
        return id;
    }

    private static Map<Account, Long> changes(JournalEntry entry) {
        Map<Account, Long> changes = new LinkedHashMap<>();
        for (Posting posting : entry.postings()) {
            if (CODE_SET.contains(posting.account().code())) {
                changes.merge(
                        posting.account(),
                        posting.side() == Side.DEBIT ? posting.amount() : -posting.amount(),
                        Math::addExact);
            }
        }
        changes.values().removeIf(change -> change == 0);
        return changes;
    }

    private static void move(Connection connection, long accountId, JournalEntry entry, long change)
            throws SQLException {
        State before = end(connection, accountId, entry.reference(), entry.position());
        long open = before == null ? change : Math.addExact(before.open, change);
        boolean same = before != null && Long.signum(open) == Long.signum(before.open);
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into clearing_item (account_id, reference, entry_id, until, since,"
                                + " since_at, open) values (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, accountId);
            insert.setObject(2, entry.reference());
            insert.setLong(3, entry.position());
            insert.setNull(4, Types.BIGINT);
            insert.setLong(5, before != null && same ? before.since : entry.position());
            insert.setObject(
                    6,
                    (before != null && same ? before.sinceAt : entry.recordedAt())
                            .atOffset(ZoneOffset.UTC));
            insert.setLong(7, open);
            insert.executeUpdate();
        }
    }

    private record State(long since, Instant sinceAt, long open) {}

    /** Ends the latest state of an item; null when there is none. */
    private static @Nullable State end(
            Connection connection, long accountId, UUID reference, long position)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        "update clearing_item set until = ? where account_id = ?"
                                + " and reference = ? and until is null"
                                + " returning since, since_at, open")) {
            update.setLong(1, position);
            update.setLong(2, accountId);
            update.setObject(3, reference);
            try (ResultSet row = update.executeQuery()) {
                return row.next()
                        ? new State(
                                row.getLong(1),
                                row.getObject(2, OffsetDateTime.class).toInstant(),
                                row.getLong(3))
                        : null;
            }
        }
    }
}
