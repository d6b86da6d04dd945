package dev.confetti.gateway.stream;

import dev.confetti.gateway.channel.Connection;

/** A publishing connection, as its stream sees it; any protocol. */
public interface Publisher {
    /** Who it is. */
    Connection connection();

    /**
     * Must stop: replaced by a newer one, refused by the service, or the live is over. Called once,
     * on the stream's event loop.
     *
     * @param reason for the person who publishes
     */
    void stop(String reason);
}
