package dev.confetti.events;

import java.util.List;

/** What happens to a creator's earnings; topic {@code confetti.creators}. */
public sealed interface CreatorEvent extends ConfettiEvent {

    String creatorId();

    @Override
    default String key() {
        return creatorId();
    }

    /**
     * The hold of some earnings is over: those of all gifts in a range of positions, but for gifts
     * that were reversed before this event.
     *
     * @param diamonds the earnings, more than 0
     * @param fromPosition of the first gift; all gifts before it were released earlier
     * @param throughPosition of the last gift
     * @param countedThrough reversals up to this position are taken off; there are none between it
     *     and this event
     * @param amounts what the diamonds are worth, by currency, each at its own gift's rate
     */
    record EarningsReleased(
            String creatorId,
            Diamonds diamonds,
            long fromPosition,
            long throughPosition,
            long countedThrough,
            List<Worth> amounts)
            implements CreatorEvent {
        public EarningsReleased {
            amounts = List.copyOf(amounts);
        }
    }

    /**
     * An amount of money that diamonds are worth.
     *
     * @param currency ISO 4217 code
     * @param micros in units of 0.000001
     */
    record Worth(String currency, long micros) {}
}
