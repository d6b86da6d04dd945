package dev.confetti.gift.live;

import dev.confetti.events.LiveEvent.EndReason;
import dev.confetti.gift.live.Publishers.Silent;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after lives whose publisher went without a word: a lapsed lease makes them away, and after
 * the grace they end. Every instance does so; the log lets each step happen once.
 */
public final class LiveReaper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LiveReaper.class);

    private final Lives lives;
    private final Duration grace;
    private final ScheduledExecutorService clockwork =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("live-reaper").daemon().factory());

    public LiveReaper(Lives lives, Duration grace) {
        this.lives = lives;
        this.grace = grace;
    }

    /** Begins after one lease, so that gateways which outlived a restart can renew theirs first. */
    public void start() {
        Duration lease = lives.publishers().lease();
        long everyMs = Math.clamp(lease.toMillis() / 4, 50, 1_000);
        var _ = // look() itself reports what fails
                clockwork.scheduleWithFixedDelay(
                        this::look, lease.toMillis(), everyMs, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            for (Silent silent : lives.publishers().lapsed()) {
                lives.leave(silent.liveId(), silent.publisherId());
                log.info("Live {} is away: its publisher fell silent", silent.liveId());
            }
            for (String liveId : lives.publishers().awayFor(grace)) {
                lives.end(liveId, EndReason.PUBLISHER_GONE);
                log.info("Live {} ended: its publisher did not come back", liveId);
            }
        } catch (RuntimeException e) {
            log.warn("Lives could not be looked after; trying again: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        clockwork.shutdownNow();
        try {
            if (!clockwork.awaitTermination(10, TimeUnit.SECONDS)) {
                log.warn("The live reaper does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
