package dev.confetti.board.rebuild;

import dev.confetti.board.score.ScoreRules;
import dev.confetti.board.standing.PlacedGift;
import dev.confetti.events.EventType;
import dev.confetti.events.GiftEvent;
import dev.confetti.events.LogReader;
import dev.confetti.events.LogRecord;
import dev.confetti.events.Partitions;
import dev.confetti.events.Topic;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The gifts of a stretch of the event log.
 *
 * @param gifts in order; their offsets in Kafka are not known, and 0 here
 * @param upTo the last position that was read
 */
record LoggedGifts(List<PlacedGift> gifts, long upTo) {
    private static final int NO_OFFSET = 0;

    /**
     * Reads on.
     *
     * @param after the position to read after
     * @param upTo the last position that is wanted, of which the log has all
     * @param most records to read
     */
    static LoggedGifts read(LogReader log, long after, long upTo, int most) throws SQLException {
        List<LogRecord> records = log.read(after, (int) Math.min(most, upTo - after));
        if (records.isEmpty()) {
            throw new BoardRebuildException(
                    "the event log ends after position "
                            + after
                            + ": expected it to reach "
                            + upTo);
        }
        List<PlacedGift> gifts = new ArrayList<>();
        for (LogRecord record : records) {
            if (EventType.named(record.type()).topic() == Topic.GIFTS
                    && record.event() instanceof GiftEvent gift) {
                gifts.add(
                        new PlacedGift(
                                Partitions.of(gift.key()),
                                NO_OFFSET,
                                record.position(),
                                record.recordedAt(),
                                ScoreRules.changes(gift, record.occurredAt())));
            }
        }
        return new LoggedGifts(gifts, records.getLast().position());
    }
}
