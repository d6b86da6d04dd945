package dev.confetti.simulation.model;

import java.time.Duration;
import java.util.Map;

/**
 * The operator's numbers and goods of one run.
 *
 * @param coinsPerDay 0: any number
 * @param earningsHold how long earnings are held before they are released
 * @param payoutMinimum whole diamonds
 * @param awayTakesGifts whether a live without its publisher still takes gifts
 */
public record Rules(
        int sendsPerSecond,
        long coinsPerDay,
        Duration comboWindow,
        Duration limitRaiseDelay,
        Duration priceLead,
        int creatorShareBps,
        Duration earningsHold,
        long payoutMinimum,
        long payoutFeeMinor,
        int withholdingBps,
        boolean awayTakesGifts,
        Map<String, Article> gifts,
        Map<String, Bundle> packages) {
    /** In which everything is sold, and creators are paid. */
    static final String CURRENCY = "USD";

    public Rules {
        gifts = Map.copyOf(gifts);
        packages = Map.copyOf(packages);
    }

    /** A gift at its first price. */
    public record Article(String name, long coins, int tier) {}

    /** Coins on sale. */
    public record Bundle(long coins, long bonusCoins, long priceMinor) {}
}
