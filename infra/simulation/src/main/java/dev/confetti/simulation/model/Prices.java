package dev.confetti.simulation.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Prices that were scheduled, in the order in which they were. */
final class Prices {
    private final List<Change> changes = new ArrayList<>();

    private record Change(String giftId, long coins, Instant effectiveAt) {}

    void add(String giftId, long coins, Instant effectiveAt) {
        changes.add(new Change(giftId, coins, effectiveAt));
    }

    /** The price that took effect last; of two at one instant, the one that was scheduled later. */
    long coins(String giftId, long firstCoins, Instant at) {
        long coins = firstCoins;
        Instant since = Instant.MIN;
        for (Change change : changes) {
            if (change.giftId.equals(giftId)
                    && !change.effectiveAt.isAfter(at)
                    && !change.effectiveAt.isBefore(since)) {
                coins = change.coins;
                since = change.effectiveAt;
            }
        }
        return coins;
    }

    long version(Instant at) {
        return 1 + changes.stream().filter(change -> !change.effectiveAt.isAfter(at)).count();
    }
}
