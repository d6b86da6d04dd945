package dev.confetti.ledger.posting;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.ledger.Samples;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Books from their start, one event after the other. */
final class TestBooks {
    private final WorkingBooks books = new WorkingBooks();
    private long position;

    /** Books an event; its postings as {@code D account amount}. */
    List<String> book(ConfettiEvent event) {
        EntryDraft draft =
                PostingRules.draft(++position, Samples.id(9_000 + position), event, books)
                        .orElseThrow();
        books.apply(draft);
        return Posting.of(draft.legs()).stream().map(TestBooks::text).toList();
    }

    private static String text(Posting posting) {
        Account account = posting.account();
        return posting.side().letter()
                + " "
                + account.code()
                + " "
                + account.asset().decimal(posting.amount());
    }

    /** The lot of a sample's number. */
    Lot lot(long id) {
        return Objects.requireNonNull(books.lot(Samples.id(id)), () -> "no lot " + id);
    }

    /** As {@link WorkingBooks#willAskFor}. */
    void willAskFor(UUID giftSendId) {
        books.willAskFor(giftSendId);
    }
}
