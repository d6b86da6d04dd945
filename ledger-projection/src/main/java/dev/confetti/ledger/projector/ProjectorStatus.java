package dev.confetti.ledger.projector;

import org.jspecify.annotations.Nullable;

/**
 * How the projector is doing.
 *
 * @param position every event up to it is in the ledger; -1 before the first look
 * @param lagRecords records in Kafka, or waiting for their turn, that are not booked yet
 * @param caughtUp whether it has reached, since it started, what was there when it started
 * @param reason why it does not run; null while it does
 */
public record ProjectorStatus(
        Phase phase, long position, long lagRecords, boolean caughtUp, @Nullable String reason) {

    /** What the projector is doing. */
    public enum Phase {
        /** It has not yet connected. */
        STARTING,
        /** It books what comes. */
        RUNNING,
        /** An engine is away; it tries again by itself. */
        RETRYING,
        /** Something is wrong that only a person can put right. */
        STOPPED
    }

    static final ProjectorStatus STARTING = new ProjectorStatus(Phase.STARTING, -1, 0, false, null);

    ProjectorStatus at(long newPosition) {
        return new ProjectorStatus(Phase.RUNNING, newPosition, lagRecords, caughtUp, null);
    }

    ProjectorStatus withLag(long newLagRecords, boolean caughtUpNow) {
        return new ProjectorStatus(phase, position, newLagRecords, caughtUp || caughtUpNow, reason);
    }

    ProjectorStatus because(Phase newPhase, String newReason) {
        return new ProjectorStatus(newPhase, position, lagRecords, caughtUp, newReason);
    }
}
