package dev.confetti.ledger.projector;

import dev.confetti.events.LogReader;
import dev.confetti.events.LogRecord;
import dev.confetti.events.MalformedEventException;
import dev.confetti.events.Partitions;
import dev.confetti.events.UnknownEventTypeException;
import dev.confetti.ledger.journal.Delivery;
import dev.confetti.ledger.journal.SourceEvent;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The event log as deliveries, each as its partition would have brought it. Thread-safe. */
public final class LogPages {
    private final LogReader log;

    public LogPages(LogReader log) {
        this.log = log;
    }

    /**
     * What follows a position, in order.
     *
     * @param limit the most events, more than 0
     * @return empty at the log's head; fewer where the next one is broken
     * @throws BrokenSourceException when the first one is broken, or the log has a gap there
     */
    public List<Delivery> read(long after, int limit) throws SQLException {
        List<Delivery> deliveries = new ArrayList<>(limit);
        for (LogRecord row : log.read(after, limit)) {
            try {
                deliveries.add(delivery(row, after + deliveries.size() + 1));
            } catch (BrokenSourceException e) {
                // What came before it is sound, and booked first; then it is the first one.
                if (deliveries.isEmpty()) {
                    throw e;
                }
                return deliveries;
            }
        }
        return deliveries;
    }

    long head() throws SQLException {
        return log.head();
    }

    private static Delivery delivery(LogRecord row, long expectedPosition) {
        if (row.position() != expectedPosition) {
            throw new BrokenSourceException(
                    "event log: position "
                            + row.position()
                            + ": expected "
                            + expectedPosition
                            + ", the log has no gaps",
                    null);
        }
        try {
            SourceEvent source = SourceEvent.of(row);
            return new Delivery(
                    source,
                    source.type().topic().topicName(),
                    Partitions.of(source.event().key()),
                    Delivery.NOT_FROM_KAFKA);
        } catch (MalformedEventException | UnknownEventTypeException e) {
            throw new BrokenSourceException(
                    "event log: position " + row.position() + ": " + e.getMessage(), e);
        }
    }
}
