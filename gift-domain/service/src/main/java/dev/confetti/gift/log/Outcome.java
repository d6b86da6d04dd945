package dev.confetti.gift.log;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of one append. */
sealed interface Outcome {

    /** Durable. */
    record Written(Appended appended) implements Outcome {}

    /** A repeat: the event is in the log already. */
    record Duplicate(UUID eventId) implements Outcome {}

    /** The stream went on without this append. */
    record Stale(NewEvent event, long actualNext) implements Outcome {}

    /** It rests on something that is not so any more. */
    record Outdated(String why) implements Outcome {}

    /** The database failed; when {@code unknown} the events may be in the log all the same. */
    record Failed(String what, boolean unknown, @Nullable Throwable cause) implements Outcome {}

    /** The good result, or the exception that tells of another, made in the caller's own thread. */
    default Appended orThrow() {
        return switch (this) {
            case Written(Appended appended) -> appended;
            case Duplicate(UUID eventId) -> throw new DuplicateEventException(eventId);
            case Stale(NewEvent event, long actualNext) ->
                    throw new StaleStreamException(
                            event.streamType(), event.streamId(), event.sequence(), actualNext);
            case Outdated(String why) -> throw new OutdatedAppendException(why);
            case Failed(String what, boolean unknown, Throwable cause) ->
                    throw new LogUnavailableException(what, unknown, cause);
        };
    }
}
