package dev.confetti.gift.log;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One caller's events on their way to the log, and the place where the caller waits. */
final class PendingAppend {
    private final List<NewEvent> events;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    PendingAppend(List<NewEvent> events) {
        this.events = events;
    }

    List<NewEvent> events() {
        return events;
    }

    /** Lets the caller go on; only the first outcome counts. */
    void finish(Outcome result) {
        outcome.complete(result);
    }

    /**
     * Waits for the outcome. An interrupt does not end the wait, since the events may be on their
     * way to the disk already; the flag stays set.
     */
    Outcome await() {
        return outcome.join();
    }
}
