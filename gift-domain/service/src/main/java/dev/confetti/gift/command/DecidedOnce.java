package dev.confetti.gift.command;

import dev.confetti.events.LogRecord;
import dev.confetti.gift.problem.RefusedException;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A decision that is made once, and whose event is named after what it is about: the same again is
 * a repeat, any other is refused.
 *
 * @param texts free texts that are kept with the event
 * @param act decides and appends; throws a {@link RefusedException} when the rules refuse
 * @param own whether a recorded decision is this one
 * @param otherwise the refusal when another decision came before
 */
public record DecidedOnce(
        UUID eventId,
        Map<String, String> texts,
        Runnable act,
        Predicate<LogRecord> own,
        Supplier<RefusedException> otherwise)
        implements OnceOnly.Request<UUID> {
    public DecidedOnce {
        texts = Map.copyOf(texts);
    }

    @Override
    public UUID perform() {
        act.run();
        return eventId;
    }

    /** Whatever words came with it. */
    @Override
    public boolean isSameAs(LogRecord recorded, Map<String, String> recordedTexts) {
        if (own.test(recorded)) {
            return true;
        }
        throw otherwise.get();
    }

    @Override
    public UUID answerAgain(LogRecord recorded) {
        return recorded.eventId();
    }
}
