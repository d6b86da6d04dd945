package dev.confetti.ledger.journal;

import dev.confetti.ledger.posting.EntryDraft;
import dev.confetti.ledger.posting.Lot;
import dev.confetti.ledger.posting.PostingRules;
import dev.confetti.ledger.posting.UnpostableEventException;
import dev.confetti.ledger.posting.WorkingBooks;
import java.util.Optional;

/**
 * Books events one after the other: rule, lots, chain. Without I/O, so that the projector, the
 * audit and a test book in the same way. Not thread-safe.
 */
public final class Bookkeeper {
    private final WorkingBooks books;
    private final EntryHasher hasher = new EntryHasher();
    private long position;
    private ChainHash head;

    /**
     * Goes on from a point.
     *
     * @param books lots and gifts as they stand after {@code position}; followed from now on
     * @param position of the last event that was booked; 0 at the start
     * @param head hash of the last entry
     */
    public Bookkeeper(WorkingBooks books, long position, ChainHash head) {
        this.books = books;
        this.position = position;
        this.head = head;
    }

    /**
     * Books the next event.
     *
     * @return its entry; empty when it posts nothing
     * @throws UnpostableEventException when it cannot be booked, or does not follow the last one;
     *     nothing has changed then
     */
    public Optional<JournalEntry> book(SourceEvent source) {
        if (source.position() != position + 1) {
            throw new UnpostableEventException(
                    "position " + source.position() + ": expected " + (position + 1));
        }
        Optional<EntryDraft> draft =
                PostingRules.draft(source.position(), source.eventId(), source.event(), books);
        Optional<JournalEntry> entry = draft.map(d -> entry(source, d));
        position = source.position();
        return entry;
    }

    /** Position of the last event that was booked. */
    public long position() {
        return position;
    }

    /** Hash of the last entry. */
    public ChainHash head() {
        return head;
    }

    private JournalEntry entry(SourceEvent source, EntryDraft draft) {
        Lot opened = draft.opened();
        JournalEntry unhashed =
                new JournalEntry(
                        source.position(),
                        source.eventId(),
                        source.type().typeName(),
                        source.recordedAt(),
                        draft.reference(),
                        draft.legs(),
                        draft.lotUses(),
                        opened == null ? null : opened.lotId(),
                        ChainHash.START);
        books.apply(draft);
        head = hasher.hash(head, unhashed);
        return unhashed.withHash(head);
    }
}
