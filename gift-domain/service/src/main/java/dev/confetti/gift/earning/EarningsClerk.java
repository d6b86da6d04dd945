package dev.confetti.gift.earning;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
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
    private final int atOnce;
    private boolean failing;

    /**
     * @param atOnce how many releases are under way at a time, 1 or more
     */
    public EarningsClerk(EarningsBook book, Creators creators, InstantSource clock, int atOnce) {
        this.atOnce = atOnce;
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
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<Due> allDue = book.catchUp(now);
        if (atOnce == 1) {
            allDue.forEach(due -> release(due, now));
            return;
        }
        // Together, since one commit of the log serves many.
        Semaphore turns = new Semaphore(atOnce);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> releases = new ArrayList<>();
            for (Due due : allDue) {
                turns.acquireUninterruptibly();
                releases.add(
                        threads.submit(
                                () -> {
                                    try {
                                        release(due, now);
                                    } finally {
                                        turns.release();
                                    }
                                }));
            }
            for (Future<?> release : releases) {
                release.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("earnings cannot be released", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
