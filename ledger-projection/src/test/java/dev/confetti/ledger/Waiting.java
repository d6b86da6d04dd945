package dev.confetti.ledger;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** Waits for conditions, generously: other builds load the machine. */
public final class Waiting {
    private Waiting() {}

    public static void until(ThrowingRunnable holds) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(holds);
    }
}
