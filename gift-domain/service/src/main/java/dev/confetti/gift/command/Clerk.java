package dev.confetti.gift.command;

import dev.confetti.gift.log.LogUnavailableException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again for what is left to do, such as what somebody broke off in. Every instance
 * has one; what it does has effect once, however many do it.
 */
public final class Clerk implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Clerk.class);
    private static final Duration USUALLY = Duration.ofSeconds(10);

    private final String name;
    private final Duration every;
    private final Runnable work;
    private final ScheduledExecutorService timer;

    /** A clerk that looks every ten seconds. */
    public Clerk(String name, Runnable work) {
        this(name, USUALLY, work);
    }

    /**
     * A clerk that does not work yet.
     *
     * @param name of its thread
     * @param every pause between two looks
     */
    public Clerk(String name, Duration every, Runnable work) {
        this.name = name;
        this.every = every;
        this.work = work;
        this.timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name(name).factory());
    }

    /** Begins, after a first pause. */
    public void start() {
        var _ =
                timer.scheduleWithFixedDelay(
                        this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            work.run();
        } catch (LogUnavailableException e) {
            log.debug("{}: waits on: {}", name, e.getMessage());
        } catch (RuntimeException e) {
            log.error("{}: cannot go on", name, e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
