package dev.confetti.ledger;

import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.LogReader;
import dev.confetti.ledger.journal.AccountTotals;
import dev.confetti.ledger.journal.Bookkeeper;
import dev.confetti.ledger.journal.ChainHash;
import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.journal.SourceEvent;
import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.Posting;
import dev.confetti.ledger.posting.Side;
import dev.confetti.ledger.posting.WorkingBooks;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the ledger must be, by booking the event log again from its start, in memory. Takes memory
 * for each account, lot and reversed gift.
 */
public final class LedgerExpectation {
    private LedgerExpectation() {}

    /**
     * Books all events up to a position.
     *
     * @param upTo a position of the log; 0 for the empty ledger
     * @throws IllegalStateException when the log has a gap, or ends before the position
     */
    public static LedgerState fold(LogReader log, long upTo) throws SQLException {
        WorkingBooks books = new WorkingBooks();
        // Only gifts that are reversed later must be remembered, so who they are is read first.
        read(
                log,
                upTo,
                source -> {
                    if (source.event() instanceof GiftReversed reversed) {
                        books.willAskFor(reversed.giftSendId());
                    }
                });
        Bookkeeper bookkeeper = new Bookkeeper(books, 0, ChainHash.START);
        Map<Account, AccountTotals> accounts = new HashMap<>();
        long[] entries = new long[1];
        read(
                log,
                upTo,
                source ->
                        bookkeeper
                                .book(source)
                                .ifPresent(
                                        entry -> {
                                            entries[0]++;
                                            add(accounts, entry);
                                        }));
        return new LedgerState(upTo, entries[0], bookkeeper.head(), accounts);
    }

    private static void add(Map<Account, AccountTotals> accounts, JournalEntry entry) {
        for (Posting posting : entry.postings()) {
            boolean debit = posting.side() == Side.DEBIT;
            accounts.merge(
                    posting.account(),
                    new AccountTotals(
                            posting.account(),
                            debit ? posting.amount() : 0,
                            debit ? 0 : posting.amount()),
                    (a, b) ->
                            new AccountTotals(
                                    a.account(),
                                    Math.addExact(a.debits(), b.debits()),
                                    Math.addExact(a.credits(), b.credits())));
        }
    }

    private static void read(LogReader log, long upTo, Consumer<SourceEvent> each)
            throws SQLException {
        long[] position = new long[1];
        log.readUpTo(
                upTo,
                row -> {
                    if (row.position() != position[0] + 1) {
                        throw new IllegalStateException(
                                "event log: position "
                                        + row.position()
                                        + " follows "
                                        + position[0]
                                        + ": expected no gap");
                    }
                    each.accept(SourceEvent.of(row));
                    position[0] = row.position();
                });
        if (position[0] < upTo) {
            throw new IllegalStateException(
                    "event log: expected position " + upTo + ", it ends at " + position[0]);
        }
    }
}
