package dev.confetti.engines;

/** A start that was called off: somebody wants the process to end. */
final class Interruption {
    private Interruption() {}

    /** Keeps the thread interrupted and gives the exception to throw. */
    static EngineException of(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new EngineException("the start was interrupted", e);
    }
}
