package dev.confetti.bench.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.EventIds;
import dev.confetti.events.EventType;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.ledger.journal.Bookkeeper;
import dev.confetti.ledger.journal.ChainHash;
import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.journal.SourceEvent;
import dev.confetti.ledger.posting.WorkingBooks;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SyntheticGiftsTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aLedgerBooksEveryEventAndAGiftIsTenPostings() {
        SyntheticGifts events = new SyntheticGifts(10, 3);
        Bookkeeper bookkeeper = new Bookkeeper(new WorkingBooks(), 0, ChainHash.START);
        int gifts = 0;
        int withTwoLots = 0;
        for (int position = 1; position <= 5_000; position++) {
            ConfettiEvent event = events.next();
            JournalEntry entry =
                    bookkeeper
                            .book(
                                    new SourceEvent(
                                            position,
                                            EventIds.of("test", "event", "" + position),
                                            EventType.of(event),
                                            AT,
                                            event))
                            .orElseThrow();
            if (event instanceof GiftSent sent) {
                gifts++;
                withTwoLots += sent.lots().size() == 2 ? 1 : 0;
                assertThat(entry.postings()).hasSize(10);
            }
        }
        assertThat(gifts).isBetween(4_800, 4_950);
        assertThat(withTwoLots).isPositive();
    }

    @Test
    void eachRunHasTheSameEvents() {
        SyntheticGifts one = new SyntheticGifts(10, 3);
        SyntheticGifts other = new SyntheticGifts(10, 3);
        assertThat(Stream.generate(one::next).limit(200).toList())
                .isEqualTo(Stream.generate(other::next).limit(200).toList());
    }
}
