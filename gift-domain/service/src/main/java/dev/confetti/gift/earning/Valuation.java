package dev.confetti.gift.earning;

import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.Diamonds;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a creator has that is not paid, nor on its way, and what it is worth.
 *
 * @param countedThrough events up to this position are counted, no others
 * @param available below 0 when gifts were reversed after they were paid out
 * @param availableAmounts of {@code available}, by currency; none of them 0
 * @param lastRevaluation the revaluation that the creator had last; null without one
 */
public record Valuation(
        String creatorId,
        long countedThrough,
        Diamonds pending,
        List<Worth> pendingAmounts,
        Diamonds available,
        List<Worth> availableAmounts,
        @Nullable UUID lastRevaluation) {
    public Valuation {
        pendingAmounts = List.copyOf(pendingAmounts);
        availableAmounts = List.copyOf(availableAmounts);
    }

    /**
     * Whether a revaluation at this rate would change anything. One who has no diamonds at all is
     * left alone: an entry in the books could not say whose it is.
     *
     * @param rateMicros in 0.000001 of {@code currency} for 0.0001 diamond
     */
    public boolean isChangedBy(String currency, long rateMicros) {
        boolean hasDiamonds = pending.tenThousandths() != 0 || available.tenThousandths() != 0;
        return hasDiamonds
                && !(isWorth(pendingAmounts, pending, currency, rateMicros)
                        && isWorth(availableAmounts, available, currency, rateMicros));
    }

    private static boolean isWorth(
            List<Worth> amounts, Diamonds diamonds, String currency, long rateMicros) {
        List<Worth> counting = amounts.stream().filter(each -> each.micros() != 0).toList();
        long micros = Math.multiplyExact(diamonds.tenThousandths(), rateMicros);
        return micros == 0
                ? counting.isEmpty()
                : counting.equals(List.of(new Worth(currency, micros)));
    }
}
