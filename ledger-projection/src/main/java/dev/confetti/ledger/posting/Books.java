package dev.confetti.ledger.posting;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What posting rules must know of earlier entries. */
public interface Books {
    /** The lot as it stands now; null when there is none. */
    @Nullable Lot lot(UUID lotId);

    /** The entry of a sent gift; null when there is none. */
    @Nullable BookedGift gift(UUID giftSendId);

    /** What a creator can be paid, in the currency's smallest unit; below 0 after a clawback. */
    long payable(String creatorId, Asset currency);
}
