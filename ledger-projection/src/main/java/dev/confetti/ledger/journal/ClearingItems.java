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

    private static final Set<String> CODE_SET = Set.copyOf(CODES);

    private ClearingItems() {}

    /** For the one writer, in the transaction of the batch. */
    static void write(Connection connection, List<JournalEntry> entries, AccountNumbers numbers)
            throws SQLException {
        for (JournalEntry entry : entries) {
            if (entry.type().equals(EventType.GIFT_SENT.typeName())) {
                continue; // nearly all entries, and none of them clears anything
            }
            for (var change : changes(entry).entrySet()) {
                move(connection, numbers.id(change.getKey()), entry, change.getValue());
            }
        }
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
