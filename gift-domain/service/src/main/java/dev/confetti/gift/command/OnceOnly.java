package dev.confetti.gift.command;

import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.DuplicateEventException;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Lets a request have effect once, however often it comes. Thread-safe.
 *
 * <p>The request's event id is its memory: once the event is in the log, every repeat gets the
 * answer that the event tells, whatever the rules would say by now. A repeat that comes while the
 * request is under way waits for it. A refusal is final only after a look into the log.
 */
public final class OnceOnly {
    private final EventLog log;
    private final EventTexts texts;
    private final Map<UUID, CountDownLatch> underWay = new ConcurrentHashMap<>();

    public OnceOnly(EventLog log, EventTexts texts) {
        this.log = log;
        this.texts = texts;
    }

    /**
     * A request that names its event.
     *
     * @param <A> its answer
     */
    public interface Request<A> {
        UUID eventId();

        /**
         * Whether {@link #perform} does something outside of the log that must not be done for a
         * repeat, such as moving money: the log is then asked before.
         */
        default boolean reachesOutside() {
            return false;
        }

        /** Free texts that are kept with the event. */
        Map<String, String> texts();

        /**
         * Decides and appends.
         *
         * @throws RefusedException when the rules refuse
         * @throws DuplicateEventException when the event is there already
         */
        A perform();

        /** Whether the recorded event came from a request of the same content. */
        boolean isSameAs(LogRecord recorded, Map<String, String> recordedTexts);

        /** The answer that was given when the event was recorded. */
        A answerAgain(LogRecord recorded);
    }

    /**
     * An answer.
     *
     * @param repeated whether it was given before
     */
    public record Answer<A>(A body, boolean repeated) {}

    /**
     * Performs the request, or answers it again.
     *
     * @throws RefusedException when the rules refuse, or {@code idempotency-key-reused}
     */
    public <A> Answer<A> answer(Request<A> request) {
        CountDownLatch done = new CountDownLatch(1);
        boolean waited = enter(request.eventId(), done);
        try {
            if (waited || request.reachesOutside()) {
                Optional<LogRecord> recorded = log.find(request.eventId());
                if (recorded.isPresent()) {
                    return again(request, recorded.get());
                }
            }
            return new Answer<>(
                    texts.with(request.eventId(), request.texts(), request::perform), false);
        } catch (RefusedException | DuplicateEventException e) {
            Optional<LogRecord> recorded = log.find(request.eventId());
            if (recorded.isPresent() && !isKeyReused(e)) {
                return again(request, recorded.get());
            }
            throw e;
        } finally {
            underWay.remove(request.eventId(), done);
            done.countDown();
        }
    }

    /** Takes the request's turn; true when another had it before. */
    private boolean enter(UUID eventId, CountDownLatch mine) {
        boolean waited = false;
        CountDownLatch other = underWay.putIfAbsent(eventId, mine);
        while (other != null) {
            waited = true;
            try {
                other.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RefusedException(
                        ProblemType.UNAVAILABLE, "The server is stopping; repeat the request");
            }
            other = underWay.putIfAbsent(eventId, mine);
        }
        return waited;
    }

    private <A> Answer<A> again(Request<A> request, LogRecord recorded) {
        if (!request.isSameAs(recorded, recordedTexts(request, recorded))) {
            throw new RefusedException(
                    ProblemType.IDEMPOTENCY_KEY_REUSED,
                    "Idempotency-Key: this key came before with other content, recorded at position "
                            + recorded.position()
                            + "; expected the same content, or a new key",
                    Map.of("position", recorded.position()));
        }
        return new Answer<>(request.answerAgain(recorded), true);
    }

    /** What was forgotten cannot be compared: it passes for the same. */
    private Map<String, String> recordedTexts(Request<?> request, LogRecord recorded) {
        EventTexts.Kept kept = texts.kept(recorded.eventId());
        if (kept.forgotten().isEmpty()) {
            return kept.values();
        }
        Map<String, String> asTheyWere = new HashMap<>(kept.values());
        Map<String, String> again = request.texts();
        for (String field : kept.forgotten()) {
            String value = again.get(field);
            if (value != null) {
                asTheyWere.put(field, value);
            }
        }
        return asTheyWere;
    }

    private static boolean isKeyReused(RuntimeException e) {
        return e instanceof RefusedException refused
                && refused.problemType() == ProblemType.IDEMPOTENCY_KEY_REUSED;
    }
}
