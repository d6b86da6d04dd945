package dev.confetti.ledger.projector;

import dev.confetti.events.LogReader;
import dev.confetti.events.LogRecord;
import dev.confetti.events.MalformedEventException;
import dev.confetti.events.Topic;
import dev.confetti.events.UnknownEventTypeException;
import dev.confetti.ledger.journal.Delivery;
import dev.confetti.ledger.journal.JournalWriter;
import dev.confetti.ledger.journal.SourceEvent;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.apache.kafka.common.utils.Utils;

/** Books from the event log itself what Kafka no longer has. */
final class LogCatchUp {
    private static final int PAGE = 5_000;

    private final LogReader log;
    private final JournalWriter writer;

    LogCatchUp(LogReader log, JournalWriter writer) {
        this.log = log;
        this.writer = writer;
    }

    /**
     * Books all that the log has now.
     *
     * @param position where the ledger stands
     * @param applied told of each step
     * @return where the ledger then stands
     */
    long run(long position, BooleanSupplier closing, LongConsumer applied) throws SQLException {
        long head = log.head();
        long reached = position;
        while (reached < head && !closing.getAsBoolean()) {
            reached = bookPage(reached);
            applied.accept(reached);
        }
        return reached;
    }

    private long bookPage(long after) throws SQLException {
        List<Delivery> deliveries = new ArrayList<>(PAGE);
        BrokenSourceException broken = null;
        for (LogRecord row : log.read(after, PAGE)) {
            try {
                deliveries.add(delivery(row, after + deliveries.size() + 1));
            } catch (BrokenSourceException e) {
                broken = e;
                break;
            }
        }
        long reached = deliveries.isEmpty() ? after : writer.book(deliveries).position();
        if (broken != null) {
            throw broken;
        }
        return reached;
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
                    partition(source.event().key()),
                    Delivery.NOT_FROM_KAFKA);
        } catch (MalformedEventException | UnknownEventTypeException e) {
            throw new BrokenSourceException(
                    "event log: position " + row.position() + ": " + e.getMessage(), e);
        }
    }

    /** Where the relay publishes a key. */
    private static int partition(String key) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8)))
                % Topic.PARTITIONS;
    }
}
