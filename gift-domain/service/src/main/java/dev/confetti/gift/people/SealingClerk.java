package dev.confetti.gift.people;

import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.vault.KeyRewrap;
import dev.confetti.gift.vault.KeyTable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be done once after a start, beside everything else: plain texts of an earlier version
 * are sealed, and keys are wrapped by the current master key.
 */
public final class SealingClerk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SealingClerk.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int KEYS = 500;

    private final KeyRewrap rewrap;
    private final PlainRows plainRows;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    public SealingClerk(GiftDatabase database, KeyTable keys) {
        this.rewrap = new KeyRewrap(database, keys);
        this.plainRows = new PlainRows(database, keys);
        this.thread = Thread.ofPlatform().name("sealing").daemon().unstarted(this::run);
    }

    /**
     * Begins.
     *
     * @throws IllegalStateException when a master key is missing, without which names and texts
     *     would be lost
     */
    public void start() {
        try {
            rewrap.requireMasters();
        } catch (SQLException e) {
            throw new IllegalStateException("the keys of persons cannot be looked at", e);
        }
        thread.start();
    }

    private void run() {
        try {
            do {
                if (work()) {
                    return;
                }
            } while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.debug("sealing was interrupted", e);
        }
    }

    /** Once; true when all is done. */
    public boolean work() {
        try {
            long sealed = plainRows.seal();
            if (sealed > 0) {
                LOG.info("{} names and texts of an earlier version are sealed", sealed);
            }
            rewrapAll();
            return true;
        } catch (SQLException | RuntimeException e) {
            LOG.warn("names and texts cannot be sealed now; trying again: {}", e.toString());
            return false;
        }
    }

    private void rewrapAll() throws SQLException {
        OptionalLong last = OptionalLong.of(0);
        while (last.isPresent() && stopping.getCount() > 0) {
            last = rewrap.rewrap(last.getAsLong(), KEYS);
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        thread.interrupt();
    }
}
