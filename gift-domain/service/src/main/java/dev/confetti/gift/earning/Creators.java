package dev.confetti.gift.earning;

import dev.confetti.events.EventIds;
import dev.confetti.gift.aggregate.Aggregates;
import dev.confetti.gift.aggregate.UpToDate;
import dev.confetti.gift.earning.CreatorCommand.ReleaseEarnings;
import dev.confetti.gift.earning.CreatorCommand.RevalueEarnings;
import dev.confetti.gift.earning.CreatorDecision.Accepted;
import dev.confetti.gift.log.AppendReceipt.Captured;
import dev.confetti.gift.log.DuplicateEventException;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.LogMetadata;
import dev.confetti.gift.log.OutdatedAppendException;
import java.time.Instant;
import java.util.UUID;

/** All creators, as new as the log however many instances write to it. Thread-safe. */
public final class Creators {
    private static final long MOST_CACHED = 10_000;

    private final Aggregates aggregates;
    private final UpToDate creators;

    public Creators(Aggregates aggregates, EventLog log, PayoutRules rules) {
        this.aggregates = aggregates;
        this.creators =
                new UpToDate(
                        log,
                        Creator.STREAM_TYPE,
                        aggregates.add(
                                Creator.class,
                                name -> new Creator(name, rules),
                                Creators::nameFor,
                                MOST_CACHED));
    }

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
            return perform(new ReleaseEarnings(eventId, at, due)) instanceof Accepted;
        } catch (DuplicateEventException | OutdatedAppendException anotherWasFaster) {
            forget(due.creatorId());
            return false;
        }
    }

    /**
     * Revalues what a creator was not paid.
     *
     * @return whether it has happened, now or before; else the book is to be looked at again
     */
    public boolean revalue(RevalueEarnings revalue) {
        try {
            return perform(revalue) instanceof Accepted;
        } catch (DuplicateEventException anotherWasFaster) {
            forget(revalue.creatorId());
            return true;
        } catch (OutdatedAppendException somethingCameBetween) {
            forget(revalue.creatorId());
            return false;
        }
    }

    /**
     * Decides and records; a refusal counts only when the creator had seen all that the log held.
     *
     * @throws DuplicateEventException when the event is in the log already
     */
    public CreatorDecision perform(CreatorCommand command) {
        return creators.decide(command.creatorId(), () -> send(command)).value().decision();
    }

    /** Drops a creator from memory: the next command reads it from the log. */
    public void forget(String creatorId) {
        creators.forget(creatorId);
    }

    private Captured<Creator.Outcome> send(CreatorCommand command) {
        return aggregates.send(
                command, LogMetadata.of(command.eventId(), command.at()), Creator.Outcome.class);
    }

    private static String nameFor(Object command) {
        if (command instanceof CreatorCommand forCreator) {
            return Creator.STREAM_TYPE + ":" + forCreator.creatorId();
        }
        throw new IllegalArgumentException(command + ": expected a command for a creator");
    }
}
