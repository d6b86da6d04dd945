package dev.confetti.gift.people;

import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shreds, once a minute, the keys of locked records whose period is over. */
public final class RecordsClerk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordsClerk.class);
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final PeopleTables tables;
    private final InstantSource clock;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("payout-records").factory());

    public RecordsClerk(GiftDatabase database, InstantSource clock) {
        this.tables = new PeopleTables(database);
        this.clock = clock;
    }

    public void start() {
        var _ =
                timer.scheduleWithFixedDelay(
                        this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Shreds what is due; how many records. */
    public int work() {
        int shredded = tables.shredDue(clock.instant());
        if (shredded > 0) {
            LOG.info("{} payout records were kept long enough and are gone", shredded);
        }
        return shredded;
    }

    private void look() {
        try {
            work();
        } catch (LogUnavailableException e) {
            LOG.debug("payout records wait: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("payout records cannot be looked at", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
