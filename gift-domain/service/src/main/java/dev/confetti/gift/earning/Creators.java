package dev.confetti.gift.earning;

import dev.confetti.events.EventIds;
import dev.confetti.gift.aggregate.Aggregates;
import dev.confetti.gift.aggregate.Aggregates.Forgetting;
import dev.confetti.gift.earning.Creator.ReleaseEarnings;
import dev.confetti.gift.earning.EarningsBook.Due;
import dev.confetti.gift.log.DuplicateEventException;
import dev.confetti.gift.log.LogMetadata;
import dev.confetti.gift.log.OutdatedAppendException;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.modelling.command.ConcurrencyException;

/** All creators. Thread-safe. */
public final class Creators {
    private static final long MOST_CACHED = 10_000;

    private final Aggregates aggregates;
    private final Forgetting cached;

    public Creators(Aggregates aggregates) {
        this.aggregates = aggregates;
        this.cached = aggregates.add(Creator.class, Creator::new, Creators::nameFor, MOST_CACHED);
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
            return aggregates
                    .send(new ReleaseEarnings(due), LogMetadata.of(eventId, at), Boolean.class)
                    .value();
        } catch (ConcurrencyException
                | DuplicateEventException
                | OutdatedAppendException anotherWasFaster) {
            cached.forget(name(due.creatorId()));
            return false;
        }
    }

    private static String nameFor(Object command) {
        if (command instanceof ReleaseEarnings release) {
            return name(release.due().creatorId());
        }
        throw new IllegalArgumentException(command + ": expected a command for a creator");
    }

    private static String name(String creatorId) {
        return Creator.STREAM_TYPE + ":" + creatorId;
    }
}
