package dev.confetti.board;

import dev.confetti.board.push.PushPolicy;
import dev.confetti.board.standing.BoardRetention;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is configured under {@code confetti.boards}. An unknown key there fails the start.
 *
 * @param batchEvents the most events in one step, 1 to 10,000; a larger step is faster, and holds
 *     up readers for longer
 */
@ConfigurationProperties(prefix = "confetti.boards", ignoreUnknownFields = false)
record BoardSettings(
        @DefaultValue("1000") int batchEvents,
        @DefaultValue Retention retention,
        @DefaultValue Push push) {
    private static final int MOST_EVENTS = 10_000;

    BoardSettings {
        if (batchEvents < 1 || batchEvents > MOST_EVENTS) {
            throw new IllegalArgumentException(
                    "confetti.boards.batch-events = "
                            + batchEvents
                            + ": expected 1 to "
                            + MOST_EVENTS);
        }
    }

    /** See {@link BoardRetention}. */
    record Retention(
            @DefaultValue("P8D") Duration hour,
            @DefaultValue("P62D") Duration day,
            @DefaultValue("P400D") Duration week,
            @DefaultValue("P400D") Duration month,
            @DefaultValue("P90D") Duration live) {
        BoardRetention checked() {
            return new BoardRetention(hour, day, week, month, live);
        }
    }

    /** See {@link PushPolicy}. */
    record Push(
            @DefaultValue("PT0.1S") Duration tick,
            @DefaultValue("PT15S") Duration heartbeat,
            @DefaultValue("PT20S") Duration writeTimeout,
            @DefaultValue("20000") int maxListeners) {
        PushPolicy checked() {
            return new PushPolicy(tick, heartbeat, writeTimeout, maxListeners);
        }
    }
}
