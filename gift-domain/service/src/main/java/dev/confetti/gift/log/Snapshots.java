package dev.confetti.gift.log;

import java.util.Optional;

/** Finds the states from which streams can be read on. Thread-safe. */
@FunctionalInterface
public interface Snapshots {

    /**
     * A stream's state right after one of its events.
     *
     * @param sequence of that event
     * @param state what the aggregate takes as its first event
     */
    record Snapshot(long sequence, Object state) {}

    /** The latest snapshot of a stream that this build can read. */
    Optional<Snapshot> find(AggregateName name);

    /** Every stream is read from its beginning. */
    static Snapshots none() {
        return name -> Optional.empty();
    }
}
