package dev.confetti.gift.earning;

import dev.confetti.gift.earning.EarningsBook.Due;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the book of earnings up to the log, once a second, and releases what was held long enough.
 * Every instance does so; the book lets one at a time go on.
 */
public final class EarningsClerk implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EarningsClerk.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final EarningsBook book;
    private final Creators creators;
    private final InstantSource clock;
    private final ScheduledExecutorService clockwork =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("earnings").daemon().factory());
    private boolean failing;

    public EarningsClerk(EarningsBook book, Creators creators, InstantSource clock) {
        this.book = book;
        this.creators = creators;
        this.clock = clock;
    }

    public void start() {
        var _ = // look() itself reports what fails
                clockwork.scheduleWithFixedDelay(
                        this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            work();
            if (failing) {
                failing = false;
                log.info("Earnings are added up again");
            }
        } catch (RuntimeException e) {
            if (!failing) {
                failing = true;
                log.warn("Earnings cannot be added up; trying again: {}", e.getMessage());
            }
        }
    }

    /** Adds up, and releases; the releases are in the book the next time. */
    public void work() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        for (Due due : book.catchUp(now)) {
            if (creators.release(due, now)) {
                log.debug("Earnings of creator {} released: {}", due.creatorId(), due.diamonds());
            }
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
