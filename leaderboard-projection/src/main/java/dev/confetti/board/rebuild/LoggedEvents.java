package dev.confetti.board.rebuild;

import dev.confetti.board.score.ScoreRules;
import dev.confetti.board.standing.PlacedGift;
import dev.confetti.events.EventType;
import dev.confetti.events.GiftEvent;
import dev.confetti.events.LogReader;
import dev.confetti.events.LogRecord;
import dev.confetti.events.Partitions;
import dev.confetti.events.PersonEvent;
import dev.confetti.events.Topic;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What concerns boards in a stretch of the event log.
 *
 * @param gifts in order; their offsets in Kafka are not known, and 0 here
 * @param persons what persons chose for themselves, in order
 * @param upTo the last position that was read
 */
record LoggedEvents(List<PlacedGift> gifts, List<OfPerson> persons, long upTo) {
    /** A person's event and its position. */
    record OfPerson(PersonEvent event, long position) {}

    private static final int NO_OFFSET = 0;
    private static final Set<EventType> PERSONS =
            EnumSet.of(EventType.PERSON_FORGOTTEN, EventType.BOARD_VISIBILITY_CHANGED);

    /**
     * Reads on.
     *
     * @param after the position to read after
     * @param upTo the last position that is wanted, of which the log has all
     * @param most records to read
     */
    static LoggedEvents read(LogReader log, long after, long upTo, int most) throws SQLException {
        List<LogRecord> records = log.read(after, (int) Math.min(most, upTo - after));
        if (records.isEmpty()) {
            throw new BoardRebuildException(
                    "the event log ends after position "
                            + after
                            + ": expected it to reach "
                            + upTo);
        }
        List<PlacedGift> gifts = new ArrayList<>();
        List<OfPerson> persons = new ArrayList<>();
        for (LogRecord record : records) {
            EventType type = EventType.named(record.type());
            if (PERSONS.contains(type) && record.event() instanceof PersonEvent person) {
                persons.add(new OfPerson(person, record.position()));
            }
            if (type.topic() == Topic.GIFTS && record.event() instanceof GiftEvent gift) {
                gifts.add(
                        new PlacedGift(
                                Partitions.of(gift.key()),
                                NO_OFFSET,
                                record.position(),
                                record.recordedAt(),
                                ScoreRules.changes(gift, record.occurredAt())));
            }
        }
        return new LoggedEvents(gifts, persons, records.getLast().position());
    }
}
