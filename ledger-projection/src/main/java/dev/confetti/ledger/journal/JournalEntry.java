package dev.confetti.ledger.journal;

import dev.confetti.ledger.posting.Leg;
import dev.confetti.ledger.posting.LotUse;
import dev.confetti.ledger.posting.Posting;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the journal.
 *
 * @param position of the event; also the entry's id
 * @param type the event's, such as {@code confetti.gift-sent.v1}
 * @param reference the business id, such as the gift's or the purchase's
 * @param legs at least one
 * @param lotUses in the order of the event
 * @param openedLot the lot that the entry made; null for all but purchases
 * @param hash covers this entry and all before it
 */
public record JournalEntry(
        long position,
        UUID eventId,
        String type,
        Instant recordedAt,
        UUID reference,
        List<Leg> legs,
        List<LotUse> lotUses,
        @Nullable UUID openedLot,
        ChainHash hash) {
    public JournalEntry {
        legs = List.copyOf(legs);
        lotUses = List.copyOf(lotUses);
    }

    /** The legs, added up per account and side. */
    public List<Posting> postings() {
        return Posting.of(legs);
    }

    JournalEntry withHash(ChainHash newHash) {
        return new JournalEntry(
                position, eventId, type, recordedAt, reference, legs, lotUses, openedLot, newHash);
    }
}
