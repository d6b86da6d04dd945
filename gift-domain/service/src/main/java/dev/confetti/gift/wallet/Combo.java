package dev.confetti.gift.wallet;

import dev.confetti.events.GiftEvent.GiftSent;
import java.time.Instant;
import java.util.UUID;

/**
 * A viewer's latest run of one gift in one live.
 *
 * @param count gifts so far, quantities added up
 * @param endsAt when it is over, unless a send joins before
 */
public record Combo(UUID comboId, String liveId, String giftId, int count, Instant endsAt) {

    /** The run as a sent gift leaves it. */
    static Combo after(GiftSent sent, Instant at) {
        return new Combo(
                sent.comboId(),
                sent.liveId(),
                sent.giftId(),
                sent.comboCount(),
                at.plusMillis(sent.comboWindowMs()));
    }

    boolean isOf(String otherLiveId, String otherGiftId) {
        return liveId.equals(otherLiveId) && giftId.equals(otherGiftId);
    }

    /** Whether a send at this time belongs to the run. */
    boolean isOpen(Instant at) {
        return at.isBefore(endsAt);
    }
}
