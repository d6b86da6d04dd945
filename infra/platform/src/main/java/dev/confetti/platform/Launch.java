package dev.confetti.platform;

import dev.confetti.engines.Engines;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the platform, from the first line on the screen until a signal has ended everything.
 *
 * <p>The signal's hook only interrupts the thread that runs the platform: that thread closes what
 * it opened, whether the start was complete or not.
 */
final class Launch {
    private static final Logger LOG = LoggerFactory.getLogger(Launch.class);
    private static final long STOP_PATIENCE_S = 60;

    private final PlatformConfig config;
    private final CountDownLatch stopped = new CountDownLatch(1);

    Launch(PlatformConfig config) {
        this.config = config;
    }

    /** Runs until interrupted; the exit code for a run that nobody had to end by a signal. */
    int run() throws Exception {
        return runFor(
                engines -> {
                    System.out.println(Welcome.text(config));
                    new CountDownLatch(1).await();
                });
    }

    /** What happens between a complete start and the stop. */
    interface Stay {
        void stay(Engines engines) throws Exception;
    }

    /** The same, but stops when the stay is over. */
    int runFor(Stay stay) throws Exception {
        Thread runner = Thread.currentThread();
        Thread hook =
                new Thread(
                        () -> {
                            runner.interrupt();
                            awaitStopped();
                        },
                        "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        long beginNanos = System.nanoTime();
        Platform platform = new Platform(config);
        boolean signalled = false;
        try {
            Engines engines = platform.start();
            LOG.info(
                    "ready after {} ms",
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNanos));
            stay.stay(engines);
        } catch (Exception e) {
            signalled = Thread.interrupted() || e instanceof InterruptedException;
            if (!signalled) {
                LOG.debug("the start failed", e);
                throw e;
            }
            System.out.println();
            LOG.info("stopping");
        } finally {
            platform.close();
            if (signalled) {
                LOG.info("stopped; the data stays in {}", config.engines().dataDir());
            }
            stopped.countDown();
        }
        return 0;
    }

    private void awaitStopped() {
        try {
            if (!stopped.await(STOP_PATIENCE_S, TimeUnit.SECONDS)) {
                LOG.error("not everything stopped within {} s", STOP_PATIENCE_S);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
