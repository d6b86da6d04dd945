package dev.confetti.gift.earning;

import dev.confetti.gift.aggregate.Together;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the book of earnings up to the log, at intervals, and releases what was held long enough.
 * Every instance does so; the book lets one at a time go on.
 */
public final class EarningsClerk implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EarningsClerk.class);
    private final EarningsBook book;
    private final Creators creators;
    private final InstantSource clock;
    private final ScheduledExecutorService clockwork =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("earnings").daemon().factory());
    private final Together together;
    private boolean failing;

    /**
     * @param together how many releases are under way at a time
     */
    public EarningsClerk(
            EarningsBook book, Creators creators, InstantSource clock, Together together) {
        this.together = together;
        this.book = book;
        this.creators = creators;
        this.clock = clock;
    }

    /**
     * Begins.
     *
     * @param every how long between two looks at the log
     */
    public void start(Duration every) {
        var _ = // look() itself reports what fails
                clockwork.scheduleWithFixedDelay(
                        this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            work();
            if (failing) {
                failing = false;
                log.info("Earnings are added up again");
            }
        } catch (RuntimeException | Error e) {
            // Also when memory is short: an exception would end the clockwork for ever.
            if (!failing) {
                failing = true;
                log.warn("Earnings cannot be added up; trying again: {}", e.getMessage());
            }
        }
    }

    /** Adds up, and releases; the releases are in the book the next time. */
    public void work() {
        Instant now = clock.instant();
        List<Due> allDue = book.catchUp(now);
        together.run(allDue.stream().map(due -> (Runnable) () -> release(due, now)).toList());
    }

    private void release(Due due, Instant now) {
        if (creators.release(due, now)) {
            log.debug("Earnings of creator {} released: {}", due.creatorId(), due.diamonds());
        }
    }

    @Override
    public void close() {
        clockwork.shutdownNow();
        try {
            if (!clockwork.awaitTermination(10, TimeUnit.SECONDS)) {
                log.warn("The earnings' clerk does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
