package dev.confetti.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.ledger.Samples;
import dev.confetti.ledger.posting.Posting;
import dev.confetti.ledger.posting.WorkingBooks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The hand-worked example, reproduced from events entry by entry. */
class ExampleJournalTest {

    @Test
    void theExampleIsReproducedEntryByEntry() throws IOException {
        WorkingBooks books = new WorkingBooks();
        books.willAskFor(Samples.id(7));
        Bookkeeper bookkeeper = new Bookkeeper(books, 0, ChainHash.START);
        List<List<String>> booked = new ArrayList<>();
        List<ConfettiEvent> events = new ArrayList<>(Samples.example());
        events.addAll(Samples.restOfTheExample());
        for (SourceEvent event : Samples.numbered(events)) {
            booked.add(lines(bookkeeper.book(event).orElseThrow()));
        }

        List<List<String>> expected = expected();
        assertThat(expected).hasSize(34);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(booked.get(i))
                    .as("entry %d", i + 1)
                    .containsExactlyInAnyOrderElementsOf(expected.get(i));
        }
    }

    private static List<String> lines(JournalEntry entry) {
        return entry.postings().stream().map(ExampleJournalTest::line).toList();
    }

    private static String line(Posting posting) {
        return posting.side().letter()
                + " "
                + posting.account().code()
                + " "
                + posting.account().asset().decimal(posting.amount())
                + " "
                + posting.account().asset().code();
    }

    private static List<List<String>> expected() throws IOException {
        List<List<String>> entries = new ArrayList<>();
        try (InputStream file =
                Objects.requireNonNull(
                        ExampleJournalTest.class.getResourceAsStream(
                                "/first-gift-life.postings"))) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(
                            line -> {
                                if (Character.isDigit(line.charAt(0))) {
                                    entries.add(new ArrayList<>());
                                } else {
                                    entries.getLast().add(line);
                                }
                            });
        }
        return entries;
    }
}
