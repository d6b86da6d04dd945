package dev.confetti.ledger.posting;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an event books.
 *
 * @param reference the business id that the entry is found by, such as the gift's or the purchase's
 * @param legs at least one
 * @param lotUses what it takes from lots, or gives back
 * @param opened the lot that it makes
 * @param payables by how much it changes what creators can be paid
 */
public record EntryDraft(
        UUID reference,
        List<Leg> legs,
        List<LotUse> lotUses,
        @Nullable Lot opened,
        List<PayableChange> payables) {
    public EntryDraft {
        legs = List.copyOf(legs);
        lotUses = List.copyOf(lotUses);
        payables = List.copyOf(payables);
    }

    /** An entry that leaves alone what creators can be paid. */
    EntryDraft(UUID reference, List<Leg> legs, List<LotUse> lotUses, @Nullable Lot opened) {
        this(reference, legs, lotUses, opened, List.of());
    }
}
