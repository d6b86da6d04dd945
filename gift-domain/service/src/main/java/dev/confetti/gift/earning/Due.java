package dev.confetti.gift.earning;

import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.Diamonds;
import java.util.ArrayList;
import java.util.List;

/**
 * Earnings whose hold is over.
 *
 * @param countedThrough as in {@link EarningsReleased}
 */
public record Due(
        String creatorId,
        long fromPosition,
        long throughPosition,
        Diamonds diamonds,
        List<Worth> amounts,
        long countedThrough) {
    public Due {
        amounts = List.copyOf(amounts);
    }

    /** The same creator's earnings of two currencies together. */
    Due with(Due other) {
        List<Worth> both = new ArrayList<>(amounts);
        both.addAll(other.amounts);
        return new Due(
                creatorId,
                Math.min(fromPosition, other.fromPosition),
                Math.max(throughPosition, other.throughPosition),
                diamonds.plus(other.diamonds),
                both,
                countedThrough);
    }
}
