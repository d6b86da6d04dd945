package dev.confetti.simulation.world;

/** What goes wrong with the database, once, while an instance performs one command. */
public enum Fault {
    NONE,
    /** The connection dies in the middle of the writer's transaction. */
    IN_TRANSACTION,
    /** The connection dies before the commit reaches the server. */
    BEFORE_COMMIT,
    /** The server has committed, the answer is lost. */
    AFTER_COMMIT,
    /** No connection can be had. */
    NO_CONNECTION
}
