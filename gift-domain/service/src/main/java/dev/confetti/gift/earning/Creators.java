package dev.confetti.gift.earning;

import dev.confetti.events.EventIds;
import dev.confetti.gift.aggregate.Aggregates;
import dev.confetti.gift.aggregate.Aggregates.Forgetting;
import dev.confetti.gift.earning.CreatorCommand.ReleaseEarnings;
import dev.confetti.gift.earning.CreatorDecision.Accepted;
import dev.confetti.gift.earning.EarningsBook.Due;
import dev.confetti.gift.log.AppendReceipt.Captured;
import dev.confetti.gift.log.DuplicateEventException;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.LogMetadata;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.log.OutdatedAppendException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.modelling.command.ConcurrencyException;

/** All creators, as new as the log however many instances write to it. Thread-safe. */
public final class Creators {
    private static final long MOST_CACHED = 10_000;

    /** Each attempt but the first means that another instance was faster: this many is a fault. */
    private static final int MOST_ATTEMPTS = 200;

    private static final long NO_EVENTS = -1;

    private final Aggregates aggregates;
    private final EventLog log;
    private final Forgetting cached;

    public Creators(Aggregates aggregates, EventLog log, PayoutRules rules) {
        this.aggregates = aggregates;
        this.log = log;
        this.cached =
                aggregates.add(
                        Creator.class,
                        name -> new Creator(name, rules),
                        Creators::nameFor,
                        MOST_CACHED);
    }

    /**
     * What became of a command.
     *
     * @param position of the event; empty without one
     */
    public record Done(CreatorDecision decision, Optional<Long> position) {}

    /**
     * Releases earnings.
     *
     * @return whether they were released by this; else the book is to be looked at again
     */
    public boolean release(Due due, Instant at) {
        UUID eventId =
                EventIds.of(
                        "confetti", "release-earnings", due.creatorId() + "/" + due.fromPosition());
        try {
            return perform(new ReleaseEarnings(eventId, at, due)).decision() instanceof Accepted;
        } catch (DuplicateEventException | OutdatedAppendException anotherWasFaster) {
            cached.forget(name(due.creatorId()));
            return false;
        }
    }

    /**
     * Decides and records; a refusal counts only when the creator had seen all that the log held.
     *
     * @throws DuplicateEventException when the event is in the log already
     */
    public Done perform(CreatorCommand command) {
        long atLeast = Long.MAX_VALUE;
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            try {
                Captured<Creator.Outcome> done = send(command);
                boolean accepted = done.value().decision() instanceof Accepted;
                if (!accepted && done.value().sequence() < atLeast) {
                    atLeast =
                            log.lastSequence(Creator.STREAM_TYPE, command.creatorId())
                                    .orElse(NO_EVENTS);
                }
                if (accepted || done.value().sequence() >= atLeast) {
                    return new Done(
                            done.value().decision(),
                            done.appended().map(appended -> appended.firstPosition()));
                }
            } catch (ConcurrencyException anotherInstanceWasFaster) {
                atLeast =
                        log.lastSequence(Creator.STREAM_TYPE, command.creatorId())
                                .orElse(NO_EVENTS);
            }
            cached.forget(name(command.creatorId()));
        }
        throw new LogUnavailableException(
                "creator "
                        + command.creatorId()
                        + " changed "
                        + MOST_ATTEMPTS
                        + " times under one command",
                false,
                null);
    }

    private Captured<Creator.Outcome> send(CreatorCommand command) {
        return aggregates.send(
                command, LogMetadata.of(command.eventId(), command.at()), Creator.Outcome.class);
    }

    private static String nameFor(Object command) {
        if (command instanceof CreatorCommand forCreator) {
            return name(forCreator.creatorId());
        }
        throw new IllegalArgumentException(command + ": expected a command for a creator");
    }

    private static String name(String creatorId) {
        return Creator.STREAM_TYPE + ":" + creatorId;
    }
}
