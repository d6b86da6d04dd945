package dev.confetti.gift.people;

import dev.confetti.events.EventCodec;
import dev.confetti.events.EventIds;
import dev.confetti.events.EventType;
import dev.confetti.events.LogRecord;
import dev.confetti.events.PersonEvent.BoardVisibilityChanged;
import dev.confetti.gift.log.DuplicateEventException;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.log.NewEvent;
import dev.confetti.gift.log.StaleStreamException;
import dev.confetti.gift.problem.RefusedException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether boards show who a person is, as the person chose. Thread-safe. */
public final class BoardVisibility {
    /** The stream type of these choices; their stream id is the person's. */
    static final String STREAM_TYPE = "board-visibility";

    private static final Logger LOG = LoggerFactory.getLogger(BoardVisibility.class);
    private static final int MOST_LOOKS = 20;

    private final EventLog log;
    private final InstantSource clock;

    public BoardVisibility(EventLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Whether boards show a person's place without id and name; they do not by default. */
    public record Choice(String personId, boolean hidden) {}

    /** What a person, known or not, has chosen last. */
    public Choice of(String personId) {
        return new Choice(personId, last(personId).hidden);
    }

    /**
     * Hides a person on boards or shows them again; the same again has no effect.
     *
     * @param by who asked for it
     * @throws RefusedException {@code unavailable}
     */
    public Choice choose(String personId, boolean hidden, String by) {
        for (int look = 1; look <= MOST_LOOKS; look++) {
            Last last = last(personId);
            if (last.hidden == hidden || append(last.sequence + 1, personId, hidden, by)) {
                return new Choice(personId, hidden);
            }
        }
        throw new LogUnavailableException(
                "the board visibility of " + personId + " changes too often", false, null);
    }

    private record Last(long sequence, boolean hidden) {}

    private Last last(String personId) {
        List<LogRecord> latest =
                log.readStreamBackward(STREAM_TYPE, personId, Long.MAX_VALUE, Set.of(), 1);
        if (latest.isEmpty()) {
            return new Last(-1, false);
        }
        LogRecord record = latest.getFirst();
        if (!(record.event() instanceof BoardVisibilityChanged changed)) {
            throw new IllegalStateException(
                    record.type() + " in a stream of choices at position " + record.position());
        }
        return new Last(record.sequence(), changed.hidden());
    }

    /** False when another choice came first: look again. */
    private boolean append(long sequence, String personId, boolean hidden, String by) {
        // The event's place names it, so that two requests at once record it once.
        UUID eventId = EventIds.of("confetti", STREAM_TYPE, personId + "/" + sequence);
        try {
            log.append(
                    List.of(
                            new NewEvent(
                                    eventId,
                                    STREAM_TYPE,
                                    personId,
                                    sequence,
                                    EventType.BOARD_VISIBILITY_CHANGED.typeName(),
                                    EventCodec.encode(
                                            new BoardVisibilityChanged(personId, hidden, by)),
                                    clock.instant())));
            return true;
        } catch (DuplicateEventException | StaleStreamException e) {
            LOG.debug("the choice of {} is looked at again: {}", personId, e.getMessage());
            return false;
        }
    }
}
