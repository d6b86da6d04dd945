package dev.confetti.gift.purchase;

import dev.confetti.gift.log.LogUnavailableException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks again, every ten seconds, at payment notices that came too early. */
public final class NoticeClerk implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NoticeClerk.class);
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final PaymentNotices notices;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("payment-notices").factory());

    public NoticeClerk(PaymentNotices notices) {
        this.notices = notices;
    }

    public void start() {
        var _ =
                timer.scheduleWithFixedDelay(
                        this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            notices.lookAgain();
        } catch (LogUnavailableException e) {
            log.debug("payment notices wait on: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.error("payment notices cannot be looked at", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
