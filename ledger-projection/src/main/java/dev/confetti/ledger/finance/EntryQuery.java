package dev.confetti.ledger.finance;

import dev.confetti.events.EventType;
import dev.confetti.ledger.journal.AccountEntries;
import dev.confetti.ledger.journal.AccountNames;
import dev.confetti.ledger.journal.LedgerPosition;
import dev.confetti.ledger.journal.LiveEntries;
import dev.confetti.ledger.journal.StoredEntries;
import dev.confetti.ledger.journal.StoredEntry;
import dev.confetti.ledger.posting.Accounts;
import dev.confetti.ledger.posting.Asset;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds entries. One filter, the one that most narrows the journal, gives candidates in order by an
 * index of its own; each is then looked at whole. A query looks at {@code mostExamined} candidates:
 * where filters are so wide that this does not fill a page, the page is shorter, or empty, and says
 * where to go on, so that no question takes longer as the journal grows.
 *
 * @param also what else must hold, beside the filters
 * @param limit the most entries of a page
 */
record EntryQuery(
        Range range,
        EntryFilters filters,
        Predicate<StoredEntry> also,
        boolean newestFirst,
        int limit,
        int mostExamined) {
    static final int MOST_EXAMINED = 50_000;
    private static final int FIRST_STEP = 1_000;
    private static final int STEP = 5_000;
    private static final String WITHIN = "where e.entry_id > ? and e.entry_id <= ?";
    private static final String BY_REFERENCE =
            """
             and e.entry_id in (
                 select entry_id from journal_entry where reference = ?
                 union select entry_id from journal_entry where event_id = ?)
            """;

    EntryQuery(Range range, EntryFilters filters, boolean newestFirst, int limit) {
        this(range, filters, entry -> true, newestFirst, limit, MOST_EXAMINED);
    }

    /** The same, for entries of which something else holds as well. */
    EntryQuery where(Predicate<StoredEntry> holds) {
        return new EntryQuery(range, filters, holds, newestFirst, limit, mostExamined);
    }

    /** Entries within a range in order, as many as asked for unless there are no more. */
    @FunctionalInterface
    private interface Candidates {
        List<StoredEntry> next(Range rest, int count) throws SQLException;
    }

    /**
     * The first page.
     *
     * @throws Refusal when a filter names what the ledger does not know, or a live of whose gifts
     *     it does not know all in the range
     */
    EntryPage find(Connection connection, LedgerPosition applied) throws SQLException {
        EntryMatch match = EntryMatch.of(connection, filters);
        if (filters.liveId() != null) {
            requireLives(connection);
        }
        if (match.isImpossible()) {
            return new EntryPage(List.of(), null);
        }
        Candidates candidates = candidates(connection, applied, match);
        List<StoredEntry> found = new ArrayList<>();
        Range rest = range;
        int examined = 0;
        while (examined < mostExamined) {
            int step = Math.min(step(examined), mostExamined - examined);
            List<StoredEntry> read = candidates.next(rest, step);
            examined += read.size();
            match.among(read).stream().filter(also).forEach(found::add);
            if (found.size() > limit) {
                List<StoredEntry> page = found.subList(0, limit);
                return page(connection, page, page.getLast().position());
            }
            if (read.size() < step) {
                return page(connection, found, null);
            }
            rest = rest(rest, read.getLast().position());
        }
        return page(connection, found, newestFirst ? rest.through() + 1 : rest.after());
    }

    private EntryPage page(Connection connection, List<StoredEntry> entries, @Nullable Long last)
            throws SQLException {
        return new EntryPage(StoredEntries.named(connection, entries, new AccountNames()), last);
    }

    private int step(int examined) {
        return examined > 0 ? STEP : Math.max(limit + 1, Math.min(FIRST_STEP, 2 * limit + 1));
    }

    private void requireLives(Connection connection) throws SQLException {
        long start = LiveEntries.start(connection);
        if (range.after() < start && range.through() > 0) {
            throw Refusal.livesUnknown(range.after() + 1, start);
        }
    }

    private Candidates candidates(Connection connection, LedgerPosition applied, EntryMatch match)
            throws SQLException {
        UUID reference = filters.reference();
        if (reference != null) {
            return (rest, count) ->
                    read(connection, BY_REFERENCE, rest, count, List.of(reference, reference));
        }
        Set<Long> accounts = match.accountIds();
        boolean ofPerson = accounts != null && !Accounts.systemCodes().contains(filters.account());
        if (match.viewerIds() != null) {
            return byAccounts(connection, applied, match.viewerIds());
        }
        if (accounts != null && ofPerson) {
            return byAccounts(connection, applied, accounts);
        }
        LiveEntries live = match.live();
        if (live != null) {
            return byPositions(
                    connection,
                    (rest, count) -> live.find(rest.after(), rest.through(), count, newestFirst));
        }
        if (match.creatorIds() != null) {
            return byAccounts(connection, applied, match.creatorIds());
        }
        String type = filters.type();
        if (type != null && !type.equals(EventType.GIFT_SENT.typeName())) {
            // As a literal, for the planner to see that the index of rare types serves; it is a
            // known name.
            String ofType = " and e.type = '" + type + "'";
            return (rest, count) -> read(connection, ofType, rest, count, List.of());
        }
        if (accounts != null) {
            return byAccounts(connection, applied, accounts);
        }
        String asset = filters.asset();
        if (asset != null && !isOfMostEntries(asset)) {
            return byAccounts(
                    connection, applied, AccountNames.systemIdsIn(connection, asset).values());
        }
        return (rest, count) -> read(connection, "", rest, count, List.of());
    }

    /** All else is money, which moves between accounts without a person in them. */
    private static boolean isOfMostEntries(String asset) {
        return asset.equals(Asset.COIN.code()) || asset.equals(Asset.DIAMOND.code());
    }

    /** Positions within a range in order, as many as asked for unless there are no more. */
    @FunctionalInterface
    private interface Positions {
        List<Long> next(Range rest, int count) throws SQLException;
    }

    private Candidates byAccounts(
            Connection connection, LedgerPosition applied, Collection<Long> accountIds) {
        AccountEntries entries = new AccountEntries(connection, applied, accountIds);
        return byPositions(
                connection,
                (rest, count) -> entries.find(rest.after(), rest.through(), count, newestFirst));
    }

    private Candidates byPositions(Connection connection, Positions positions) {
        return (rest, count) -> {
            long[] found =
                    positions.next(rest, count).stream().mapToLong(position -> position).toArray();
            return found.length == 0
                    ? List.of()
                    : StoredEntries.read(
                            connection,
                            "where e.entry_id = any (?)" + order(),
                            query -> query.setObject(1, found));
        };
    }

    private List<StoredEntry> read(
            Connection connection, String condition, Range rest, int count, List<Object> values)
            throws SQLException {
        return StoredEntries.read(
                connection,
                WITHIN + condition + order() + " limit ?",
                query -> {
                    query.setLong(1, rest.after());
                    query.setLong(2, rest.through());
                    int next = 3;
                    for (Object value : values) {
                        query.setObject(next++, value);
                    }
                    query.setInt(next, count);
                });
    }

    private String order() {
        return " order by e.entry_id " + (newestFirst ? "desc" : "asc");
    }

    private Range rest(Range of, long last) {
        return newestFirst
                ? new Range(of.after(), Math.min(of.through(), last - 1))
                : new Range(Math.max(of.after(), last), of.through());
    }

    /** The same after a page that ended with this position. */
    EntryQuery following(@Nullable Long lastPosition) {
        return lastPosition == null
                ? this
                : new EntryQuery(
                        rest(range, lastPosition), filters, also, newestFirst, limit, mostExamined);
    }
}
