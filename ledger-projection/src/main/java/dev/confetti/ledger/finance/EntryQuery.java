package dev.confetti.ledger.finance;

import dev.confetti.events.EventType;
import dev.confetti.ledger.journal.AccountEntries;
import dev.confetti.ledger.journal.AccountNames;
import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.journal.JournalMonths;
import dev.confetti.ledger.journal.LedgerPosition;
import dev.confetti.ledger.journal.StoredEntries;
import dev.confetti.ledger.journal.StoredEntry;
import dev.confetti.ledger.posting.Accounts;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Finds entries; all that is given must hold.
 *
 * @param type an event type's full name
 * @param reference the business id or the event's id
 * @param account the code of an account that it posts to
 */
record EntryQuery(
        Range range,
        @Nullable String type,
        @Nullable UUID reference,
        @Nullable String account,
        boolean newestFirst,
        int limit) {
    private static final int ACCOUNT_PAGE = 1_000;
    private static final String BY_REFERENCE =
            """
             and (e.entry_id, e.recorded_at) in (
                 select entry_id, recorded_at from journal_entry where reference = ?
                 union select entry_id, recorded_at from journal_entry where event_id = ?)
            """;

    List<JournalEntry> find(Connection connection, LedgerPosition applied) throws SQLException {
        Collection<Long> accountIds = List.of();
        String code = account;
        if (code != null) {
            accountIds = AccountNames.idsOf(connection, List.of(code)).values();
            if (accountIds.isEmpty()) {
                if (!Accounts.systemCodes().contains(code)) {
                    throw Refusal.notFound("account \"" + code + "\": expected one of the ledger");
                }
                return List.of();
            }
        }
        List<StoredEntry> found =
                accountIds.isEmpty() || reference != null || isRareInBusyAccount()
                        ? scan(connection, accountIds)
                        : byAccount(connection, applied, accountIds);
        return StoredEntries.named(connection, found, new AccountNames());
    }

    /** Then the entries of the type are fewer than those of the account. */
    private boolean isRareInBusyAccount() {
        return type != null
                && !type.equals(EventType.GIFT_SENT.typeName())
                && account != null
                && Accounts.systemCodes().contains(account);
    }

    private List<StoredEntry> scan(Connection connection, Collection<Long> accountIds)
            throws SQLException {
        StringBuilder where = new StringBuilder("where e.entry_id > ? and e.entry_id <= ?");
        List<Object> values = new ArrayList<>(List.of(range.after(), range.through()));
        addMonths(
                where,
                values,
                JournalMonths.read(connection).bounds(range.after(), range.through()));
        addType(where);
        if (reference != null) {
            where.append(BY_REFERENCE);
            values.add(reference);
            values.add(reference);
        }
        if (!accountIds.isEmpty()) {
            where.append(" and").append(AccountEntries.TOUCHES);
            long[] ids = accountIds.stream().mapToLong(id -> id).toArray();
            values.addAll(List.of(ids, ids, ids));
        }
        where.append(" order by e.entry_id ").append(newestFirst ? "desc" : "asc");
        where.append(" limit ?");
        values.add(limit);
        return read(connection, where.toString(), values);
    }

    private List<StoredEntry> byAccount(
            Connection connection, LedgerPosition applied, Collection<Long> accountIds)
            throws SQLException {
        AccountEntries entries = new AccountEntries(connection, applied, accountIds);
        JournalMonths months = JournalMonths.read(connection);
        List<StoredEntry> found = new ArrayList<>();
        long after = range.after();
        long through = range.through();
        while (found.size() < limit) {
            int page = type == null ? limit - found.size() : ACCOUNT_PAGE;
            List<Long> positions = entries.find(after, through, page, newestFirst);
            if (!positions.isEmpty()) {
                found.addAll(entries(connection, positions, months, limit - found.size()));
            }
            if (positions.size() < page) {
                break;
            }
            if (newestFirst) {
                through = positions.getLast() - 1;
            } else {
                after = positions.getLast();
            }
        }
        return found;
    }

    /** The entries at some positions, which are in order. */
    private List<StoredEntry> entries(
            Connection connection, List<Long> positions, JournalMonths months, int atMost)
            throws SQLException {
        long first = Math.min(positions.getFirst(), positions.getLast());
        long last = Math.max(positions.getFirst(), positions.getLast());
        StringBuilder where = new StringBuilder("where e.entry_id = any (?)");
        List<Object> values = new ArrayList<>();
        values.add(positions.stream().mapToLong(p -> p).toArray());
        addMonths(where, values, months.bounds(first - 1, last));
        addType(where);
        where.append(" order by e.entry_id ").append(newestFirst ? "desc" : "asc");
        where.append(" limit ?");
        values.add(atMost);
        return read(connection, where.toString(), values);
    }

    private static void addMonths(
            StringBuilder where, List<Object> values, JournalMonths.Bounds months) {
        where.append(" and e.recorded_at >= ? and e.recorded_at < ?");
        values.add(months.from());
        values.add(months.before());
    }

    /**
     * As a literal, for the planner to see that the index of rare types serves; it is a known name.
     */
    private void addType(StringBuilder where) {
        if (type != null) {
            where.append(" and e.type = '").append(type).append('\'');
        }
    }

    private static List<StoredEntry> read(Connection connection, String where, List<Object> values)
            throws SQLException {
        return StoredEntries.read(
                connection,
                where,
                query -> {
                    for (int i = 0; i < values.size(); i++) {
                        query.setObject(i + 1, values.get(i));
                    }
                });
    }

    /** The same after a page that ended with this position. */
    EntryQuery following(@Nullable Long lastPosition) {
        if (lastPosition == null) {
            return this;
        }
        Range rest =
                newestFirst
                        ? new Range(range.after(), Math.min(range.through(), lastPosition - 1))
                        : new Range(Math.max(range.after(), lastPosition), range.through());
        return new EntryQuery(rest, type, reference, account, newestFirst, limit);
    }
}
