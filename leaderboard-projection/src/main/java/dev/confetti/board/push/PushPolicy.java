package dev.confetti.board.push;

import java.time.Duration;

/**
 * How boards are pushed.
 *
 * @param tick how often boards are looked at, which is the shortest time between two versions
 * @param heartbeat how often every listener is sent a sign of life beside the versions
 * @param writeTimeout how long one message may wait for a WebSocket that does not read; an event
 *     stream has the server's own
 * @param maxListeners above this, a new listener is refused
 */
public record PushPolicy(
        Duration tick, Duration heartbeat, Duration writeTimeout, int maxListeners) {
    public static final PushPolicy DEFAULT =
            new PushPolicy(
                    Duration.ofMillis(100), Duration.ofSeconds(15), Duration.ofSeconds(20), 20_000);

    public PushPolicy {
        if (tick.toMillis() < 10
                || heartbeat.toMillis() < 10
                || writeTimeout.toMillis() < 10
                || maxListeners < 1) {
            throw new IllegalArgumentException(
                    "confetti.boards.push: tick "
                            + tick
                            + ", heartbeat "
                            + heartbeat
                            + ", write-timeout "
                            + writeTimeout
                            + ", max-listeners "
                            + maxListeners
                            + ": expected at least PT0.01S three times and 1");
        }
    }
}
