package dev.confetti.gift.aggregate;

import org.axonframework.modelling.command.AggregateLifecycle;

/** What an aggregate answers to a command. */
public interface Decided {
    /** The sequence of an aggregate without events. */
    long NO_EVENTS = -1;

    /** Whether the command changes the aggregate by an event. */
    boolean isAccepted();

    /** Of the aggregate's last event, the command's included; {@link #NO_EVENTS} without one. */
    long sequence();

    /** The {@link #sequence} of the aggregate whose command handler calls this. */
    static long lastSequence() {
        Long version = AggregateLifecycle.getVersion();
        return version == null ? NO_EVENTS : version;
    }
}
