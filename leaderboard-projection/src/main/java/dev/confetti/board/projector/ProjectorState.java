package dev.confetti.board.projector;

/** What the projector is doing. */
public sealed interface ProjectorState {

    /** Not yet level with what was in Kafka when it started. */
    record CatchingUp() implements ProjectorState {}

    /** Level with Kafka once, and following it. */
    record Following() implements ProjectorState {}

    /** Waits for an engine, and goes on by itself when that is back. */
    record Waiting(String reason) implements ProjectorState {}

    /** Stopped by something that waiting does not heal. */
    record Stopped(String reason) implements ProjectorState {}
}
