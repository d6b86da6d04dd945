package dev.confetti.bench.inprocess;

import java.util.OptionalLong;

/** What takes gift sends and makes them durable. Thread-safe. */
interface WriteSide extends AutoCloseable {
    /** Gives a viewer coins for every send of the bench. */
    void fund(String viewerId, String key);

    /** Sends one gift of one coin, and returns when it is durable. */
    void send(String viewerId, String key);

    /** How many positions the log has that are not on Kafka yet; empty without a relay. */
    OptionalLong lagPositions();

    @Override
    void close();
}
