package dev.confetti.gift.wallet;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A viewer's latest run of one gift in one live.
 *
 * @param count gifts so far, quantities added up
 * @param lastAt when the last of them was sent
 */
public record Combo(UUID comboId, String liveId, String giftId, int count, Instant lastAt) {

    boolean isOf(String otherLiveId, String otherGiftId) {
        return liveId.equals(otherLiveId) && giftId.equals(otherGiftId);
    }

    /** Whether a send at this time belongs to the run. */
    boolean isOpen(Instant at, Duration window) {
        return at.isBefore(lastAt.plus(window));
    }
}
