package dev.confetti.bench.gifts;

import dev.confetti.demo.api.ApiProblem;
import dev.confetti.demo.api.ConfettiApi;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks the ledger for its newest entry on and on, as a finance person, and notes when each position
 * was there at the latest. Thread-safe.
 */
final class LedgerWatch implements AutoCloseable {
    /** A gift counts as booked up to so much later than it was. */
    private static final long EVERY_MS = 10;

    private final ConcurrentSkipListMap<Long, Long> nanosByPosition = new ConcurrentSkipListMap<>();
    private final Thread thread;
    private volatile @Nullable String failure;

    private LedgerWatch(ConfettiApi api, String financeToken) {
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("ledger-watch")
                        .unstarted(() -> watch(api, financeToken));
    }

    /** Begins to watch. */
    static LedgerWatch open(ConfettiApi api, String financeToken) {
        LedgerWatch watch = new LedgerWatch(api, financeToken);
        watch.thread.start();
        return watch;
    }

    private void watch(ConfettiApi api, String financeToken) {
        try {
            while (true) {
                seen(api.lastLedgerPosition(financeToken), System.nanoTime());
                Thread.sleep(EVERY_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | ApiProblem e) {
            failure = "the ledger's newest entry: " + e.getMessage();
        }
    }

    /** Notes that the ledger had everything up to a position. */
    void seen(long position, long nanoTime) {
        nanosByPosition.putIfAbsent(position, nanoTime);
    }

    /** When a position was first seen there; {@link Long#MIN_VALUE} when it was not. */
    long nanosOf(long position) {
        var seen = nanosByPosition.ceilingEntry(position);
        return seen == null ? Long.MIN_VALUE : seen.getValue();
    }

    /** Why it watches no more; empty while it does. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
