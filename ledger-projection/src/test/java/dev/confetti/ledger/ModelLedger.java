package dev.confetti.ledger;

import dev.confetti.ledger.journal.Bookkeeper;
import dev.confetti.ledger.journal.ChainHash;
import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.journal.SourceEvent;
import dev.confetti.ledger.posting.Side;
import dev.confetti.ledger.posting.WorkingBooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The reference: all entries in a list, every answer a sum over it. */
public final class ModelLedger {
    private final List<JournalEntry> entries = new ArrayList<>();

    public ModelLedger(List<SourceEvent> events) {
        WorkingBooks books = new WorkingBooks();
        for (SourceEvent event : events) {
            if (event.event() instanceof dev.confetti.events.GiftEvent.GiftReversed reversed) {
                books.willAskFor(reversed.giftSendId());
            }
        }
        Bookkeeper bookkeeper = new Bookkeeper(books, 0, ChainHash.START);
        events.forEach(event -> bookkeeper.book(event).ifPresent(entries::add));
    }

    public List<JournalEntry> entries() {
        return entries;
    }

    /** Account and asset → "debits credits", as of a position. */
    public Map<String, String> totals(long asOf) {
        Map<String, long[]> sums = new TreeMap<>();
        for (JournalEntry entry : entries) {
            if (entry.position() <= asOf) {
                entry.postings()
                        .forEach(
                                p ->
                                        sums.computeIfAbsent(
                                                                p.account().toString(),
                                                                a -> new long[2])[
                                                        p.side() == Side.DEBIT ? 0 : 1] +=
                                                p.amount());
            }
        }
        Map<String, String> totals = new TreeMap<>();
        sums.forEach((account, sum) -> totals.put(account, sum[0] + " " + sum[1]));
        return totals;
    }

    /** Positions of the entries that post to a code. */
    public List<Long> positionsOf(String code) {
        return entries.stream()
                .filter(e -> e.postings().stream().anyMatch(p -> p.account().code().equals(code)))
                .map(JournalEntry::position)
                .toList();
    }
}
