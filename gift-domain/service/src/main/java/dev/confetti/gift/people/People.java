package dev.confetti.gift.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confetti.events.EventCodec;
import dev.confetti.events.EventIds;
import dev.confetti.events.EventType;
import dev.confetti.events.LiveEvent.EndReason;
import dev.confetti.events.PersonEvent.PersonForgotten;
import dev.confetti.gift.live.Lives;
import dev.confetti.gift.log.DuplicateEventException;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.log.NewEvent;
import dev.confetti.gift.log.OutdatedAppendException;
import dev.confetti.gift.log.StaleStreamException;
import dev.confetti.gift.people.PeopleTables.Standing;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.signin.Persons;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets persons: the log records it, and in the same transaction their keys are shredded. */
public final class People {
    /** The stream type of persons; their stream id is the person's. */
    public static final String STREAM_TYPE = "person";

    private static final Logger LOG = LoggerFactory.getLogger(People.class);
    private static final int MOST_LOOKS = 20;

    private final PeopleTables tables;
    private final EventLog log;
    private final Lives lives;
    private final Persons persons;
    private final InstantSource clock;

    public People(
            GiftDatabase database,
            EventLog log,
            Lives lives,
            Persons persons,
            InstantSource clock) {
        this.tables = new PeopleTables(database);
        this.log = log;
        this.lives = lives;
        this.persons = persons;
        this.clock = clock;
    }

    /**
     * What is left of a person: the id alone, in events, books and boards.
     *
     * @param forgottenAt the last time; none for a person of whom nothing was ever known
     * @param payoutRecordsKept payouts whose bank details the law wants kept, for finance alone
     * @param keptUntil when the last of them goes
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Forgotten(
            String personId,
            @Nullable Instant forgottenAt,
            long payoutRecordsKept,
            @Nullable Instant keptUntil) {}

    /**
     * Forgets a person, whose lives end; again has no effect, as has an id that nobody has.
     *
     * @throws RefusedException {@code payouts-open}, {@code disputes-open}, {@code unavailable}
     */
    public Forgotten forget(String personId, String by) {
        if (tables.hasPlain()) {
            throw new RefusedException(
                    ProblemType.UNAVAILABLE,
                    "texts of an earlier version are still being sealed; repeat the request later");
        }
        for (int look = 1; look <= MOST_LOOKS; look++) {
            requireNothingOpen(personId);
            lives.open(personId).forEach(live -> lives.end(live, EndReason.ENDED_BY_CREATOR));
            Standing standing = tables.standing(personId);
            if (!standing.isKnown() || append(personId, by)) {
                persons.forgotten(personId);
                return forgotten(personId, tables.standing(personId));
            }
        }
        throw new LogUnavailableException(
                "person " + personId + " is too busy to be forgotten", false, null);
    }

    private static Forgotten forgotten(String personId, Standing standing) {
        return new Forgotten(
                personId, standing.forgottenAt(), standing.lockedRecords(), standing.lockedUntil());
    }

    private void requireNothingOpen(String personId) {
        Obstacles obstacles = tables.obstacles(personId);
        if (obstacles.openPayouts() > 0) {
            throw new RefusedException(
                    ProblemType.PAYOUTS_OPEN,
                    "person "
                            + personId
                            + " has "
                            + obstacles.openPayouts()
                            + " payouts under way; expected them to be settled, rejected or failed",
                    Map.of("openPayouts", obstacles.openPayouts()));
        }
        if (obstacles.openDisputes() > 0) {
            throw new RefusedException(
                    ProblemType.DISPUTES_OPEN,
                    "person "
                            + personId
                            + " has "
                            + obstacles.openDisputes()
                            + " disputed purchases; expected the disputes to be won or lost",
                    Map.of("openDisputes", obstacles.openDisputes()));
        }
    }

    /** False when something came in between: look again. */
    private boolean append(String personId, String by) {
        long sequence = log.lastSequence(STREAM_TYPE, personId).orElse(-1) + 1;
        // The event's place names it, so that two requests at once record it once.
        UUID eventId = EventIds.of("confetti", "forget-person", personId + "/" + sequence);
        try {
            long position =
                    log.append(
                                    List.of(
                                            new NewEvent(
                                                    eventId,
                                                    STREAM_TYPE,
                                                    personId,
                                                    sequence,
                                                    EventType.PERSON_FORGOTTEN.typeName(),
                                                    EventCodec.encode(
                                                            new PersonForgotten(personId, by)),
                                                    clock.instant())))
                            .firstPosition();
            LOG.info("person {} is forgotten, at position {}", personId, position);
            return true;
        } catch (DuplicateEventException | StaleStreamException | OutdatedAppendException e) {
            LOG.debug("person {} is looked at again: {}", personId, e.getMessage());
            return false;
        }
    }
}
