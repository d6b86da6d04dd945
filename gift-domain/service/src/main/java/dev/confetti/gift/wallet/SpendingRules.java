package dev.confetti.gift.wallet;

import java.time.Duration;

/**
 * The operator's numbers that a wallet decides by.
 *
 * @param creatorShareBps the creator's share of a gift, in basis points
 * @param rateMicros micro-units of {@code payoutCurrency} per 0.0001 diamond
 * @param comboWindow how long after its last send a combo is open; zero: every send is its own
 * @param sendsPerSecond the most sends of one wallet in any second
 * @param coinsPerDay the most coins that one wallet sends in a UTC day; 0: any number
 * @param limitRaiseDelay how long after the choice a viewer's higher limit counts
 */
public record SpendingRules(
        int creatorShareBps,
        long rateMicros,
        String payoutCurrency,
        Duration comboWindow,
        int sendsPerSecond,
        long coinsPerDay,
        Duration limitRaiseDelay) {

    /** The longest combo window. */
    public static final Duration LONGEST_COMBO_WINDOW = Duration.ofMinutes(5);

    /** The most combos that a wallet remembers; the oldest is over first. */
    static final int MOST_COMBOS = 64;

    /**
     * The most lots with coins when one more is bought. A gift that takes from all of them must fit
     * into one event: a share of a lot takes up to 80 bytes of the 256 KiB that the log allows.
     * Reversals are never refused, so that a wallet may come to hold a few more.
     */
    public static final int MOST_LOTS = 1_000;

    /** No wallet holds more, so that a gift's diamonds are exact in 64 bits. */
    public static final long MOST_COINS = 100_000_000_000_000L;
}
