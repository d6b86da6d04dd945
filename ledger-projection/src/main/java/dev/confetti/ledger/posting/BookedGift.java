package dev.confetti.ledger.posting;

import java.util.List;

/**
 * A sent gift as it was booked: what a reversal mirrors.
 *
 * @param reversed whether it has been taken back
 */
public record BookedGift(List<Leg> legs, List<LotUse> lotUses, boolean reversed) {
    public BookedGift {
        legs = List.copyOf(legs);
        lotUses = List.copyOf(lotUses);
    }

    /** The same, taken back. */
    public BookedGift asReversed() {
        return new BookedGift(legs, lotUses, true);
    }
}
