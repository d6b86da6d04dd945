package dev.confetti.ledger.verify;

import dev.confetti.events.EventType;
import dev.confetti.ledger.journal.ClearingItems;
import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.Posting;
import dev.confetti.ledger.posting.Side;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What each reference has left open in the clearing accounts, state by state, from entries. */
final class ExpectedItems {
    private final Findings findings;
    private final Map<Key, State> expected = new LinkedHashMap<>();
    private final Map<Item, Key> latest = new LinkedHashMap<>();

    private record Item(String account, UUID reference) {}

    private record Key(Item item, long entry) {
        @Override
        public String toString() {
            return "clearing_item of "
                    + item.account
                    + ", reference "
                    + item.reference
                    + ", entry "
                    + entry;
        }
    }

    /**
     * What was open.
     *
     * @param until the entry that ended the state; 0 while none has
     */
    private record State(long until, long since, Instant sinceAt, long open) {}

    ExpectedItems(Findings findings) {
        this.findings = findings;
    }

    void add(JournalEntry entry) {
        if (entry.type().equals(EventType.GIFT_SENT.typeName())) {
            return; // nearly all entries, and none of them clears anything
        }
        Map<Account, Long> changes = new LinkedHashMap<>();
        for (Posting posting : entry.postings()) {
            if (ClearingItems.CODES.contains(posting.account().code())) {
                long amount = posting.side() == Side.DEBIT ? posting.amount() : -posting.amount();
                changes.merge(posting.account(), amount, Math::addExact);
            }
        }
        changes.forEach(
                (account, change) -> {
                    if (change != 0) {
                        move(new Item(account.toString(), entry.reference()), entry, change);
                    }
                });
    }

    private void move(Item item, JournalEntry entry, long change) {
        Key key = new Key(item, entry.position());
        Key before = latest.put(item, key);
        State old = before == null ? null : expected.get(before);
        long open = old == null ? change : Math.addExact(old.open, change);
        boolean same = old != null && Long.signum(open) == Long.signum(old.open);
        if (before != null && old != null) {
            expected.put(before, new State(entry.position(), old.since, old.sinceAt, old.open));
        }
        expected.put(
                key,
                old != null && same
                        ? new State(0, old.since, old.sinceAt, open)
                        : new State(0, entry.position(), entry.recordedAt(), open));
    }

    void compare(Connection connection) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement(
                                """
                                select coalesce(a.code || ' ' || a.asset, 'account id ' || c.account_id),
                                    c.reference, c.entry_id, coalesce(c.until, 0), c.since, c.since_at, c.open
                                from clearing_item c left join account a on a.id = c.account_id
                                order by 1, c.reference, c.entry_id
                                """);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                findings.examined(LedgerVerifier.REPORTS);
                Key key =
                        new Key(
                                new Item(row.getString(1), row.getObject(2, UUID.class)),
                                row.getLong(3));
                State found =
                        new State(
                                row.getLong(4),
                                row.getLong(5),
                                row.getObject(6, OffsetDateTime.class).toInstant(),
                                row.getLong(7));
                expect(key, expected.remove(key), found);
            }
        }
        expected.forEach((key, state) -> expect(key, state, null));
    }

    private void expect(Key key, @Nullable State state, @Nullable State found) {
        findings.same(LedgerVerifier.REPORTS, key.toString(), state, found);
    }
}
