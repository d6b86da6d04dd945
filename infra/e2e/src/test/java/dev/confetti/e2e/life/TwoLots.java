package dev.confetti.e2e.life;

import java.util.List;
import java.util.stream.Stream;

/** What is left of two lots of 1,000 coins, of which the first is disputed at some time. */
final class TwoLots {
    private long disputed = 1_000;
    private long sound = 1_000;
    private long frozen;

    /** What is taken from which of them. */
    List<Long> spend(long coins) {
        long first = Math.min(coins, disputed);
        disputed -= first;
        sound -= coins - first;
        return Stream.of(first, coins - first).filter(taken -> taken > 0).toList();
    }

    void freeze() {
        frozen = disputed;
        disputed = 0;
    }

    long frozen() {
        return frozen;
    }

    long left() {
        return disputed + sound;
    }
}
