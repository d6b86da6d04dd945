package dev.confetti.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.ledger.Samples;
import dev.confetti.ledger.journal.HledgerJournal.Amount;
import dev.confetti.ledger.journal.HledgerJournal.Transaction;
import dev.confetti.ledger.posting.Posting;
import dev.confetti.ledger.posting.WorkingBooks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The hand-worked example, reproduced from events entry by entry. */
class ExampleJournalTest {

    @Test
    void theExampleIsReproducedEntryByEntry() {
        WorkingBooks books = new WorkingBooks();
        books.willAskFor(Samples.id(7));
        Bookkeeper bookkeeper = new Bookkeeper(books, 0, ChainHash.START);
        List<JournalEntry> booked = new ArrayList<>();
        List<ConfettiEvent> events = new ArrayList<>(Samples.example());
        events.addAll(Samples.restOfTheExample());
        for (SourceEvent event : Samples.numbered(events)) {
            booked.add(bookkeeper.book(event).orElseThrow());
        }

        List<Transaction> expected = HledgerJournal.example().transactions();
        assertThat(expected).hasSize(34);
        assertThat(booked).hasSize(34);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(booked.get(i).postings().stream().map(ExampleJournalTest::amount).toList())
                    .as(expected.get(i).description())
                    .containsExactlyInAnyOrderElementsOf(expected.get(i).postings());
        }
    }

    private static Amount amount(Posting posting) {
        return Amount.of(
                posting.side().letter(),
                posting.account().code(),
                posting.account().asset().decimal(posting.amount()),
                posting.account().asset().code());
    }
}
