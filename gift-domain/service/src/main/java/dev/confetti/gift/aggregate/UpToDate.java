package dev.confetti.gift.aggregate;

import dev.confetti.gift.aggregate.Aggregates.Forgetting;
import dev.confetti.gift.log.AppendReceipt.Captured;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.LogUnavailableException;
import java.util.function.Supplier;
import org.axonframework.modelling.command.ConcurrencyException;

/**
 * The aggregates of one kind, as new as the log however many instances write to it. Thread-safe.
 *
 * <p>An aggregate in memory may be older than the log, because another instance went on with it. An
 * acceptance proves itself when it is appended; a refusal, and what is shown, counts only when the
 * aggregate had seen all that the log held.
 */
public final class UpToDate {
    /** Each attempt but the first means that another instance was faster: this many is a fault. */
    private static final int MOST_ATTEMPTS = 200;

    private final EventLog log;
    private final String streamType;
    private final Forgetting cached;

    /**
     * @param cached as it came from {@link Aggregates#add}
     */
    public UpToDate(EventLog log, String streamType, Forgetting cached) {
        this.log = log;
        this.streamType = streamType;
        this.cached = cached;
    }

    /**
     * Has a command decided.
     *
     * @param streamId of the aggregate that the command is for
     * @param attempt sends the command, each time anew; a {@link ConcurrencyException} says that
     *     another instance was faster
     * @throws LogUnavailableException when others are faster again and again
     */
    public <R extends Decided> Captured<R> decide(String streamId, Supplier<Captured<R>> attempt) {
        long atLeast = Long.MAX_VALUE;
        for (int tries = 1; tries <= MOST_ATTEMPTS; tries++) {
            try {
                Captured<R> done = attempt.get();
                if (done.value().isAccepted() || done.value().sequence() >= atLeast) {
                    return done;
                }
                atLeast = lastSequence(streamId);
                if (done.value().sequence() >= atLeast) {
                    return done;
                }
            } catch (ConcurrencyException anotherInstanceWasFaster) {
                atLeast = lastSequence(streamId);
            }
            forget(streamId);
        }
        throw new LogUnavailableException(
                streamType
                        + " "
                        + streamId
                        + " changed "
                        + MOST_ATTEMPTS
                        + " times under one command",
                false,
                null);
    }

    /** Drops an aggregate from memory: the next command reads it from the log. */
    public void forget(String streamId) {
        cached.forget(streamType + ":" + streamId);
    }

    private long lastSequence(String streamId) {
        return log.lastSequence(streamType, streamId).orElse(Decided.NO_EVENTS);
    }
}
