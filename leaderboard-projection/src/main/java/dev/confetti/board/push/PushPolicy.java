package dev.confetti.board.push;

import java.time.Duration;

/**
 * How boards are pushed.
 *
 * @param tick the shortest time between two versions of a board
 * @param heartbeat how long a connection may be silent before a comment is sent
 * @param maxListeners above this, a new listener is refused
 */
public record PushPolicy(Duration tick, Duration heartbeat, int maxListeners) {
    public static final PushPolicy DEFAULT =
            new PushPolicy(Duration.ofMillis(250), Duration.ofSeconds(15), 20_000);

    public PushPolicy {
        if (tick.toMillis() < 10 || heartbeat.toMillis() < 10 || maxListeners < 1) {
            throw new IllegalArgumentException(
                    "confetti.boards.push: tick "
                            + tick
                            + ", heartbeat "
                            + heartbeat
                            + ", max-listeners "
                            + maxListeners
                            + ": expected at least PT0.01S, PT0.01S and 1");
        }
    }
}
