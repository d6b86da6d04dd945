package dev.confetti.gift.relay;

import dev.confetti.events.Envelope;
import dev.confetti.events.LogReader;
import dev.confetti.events.LogRecord;
import dev.confetti.events.MalformedEventException;
import dev.confetti.events.Topic;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Where a relay goes on: the state that the last one committed, and the proof that topics, state
 * and log agree on it.
 */
final class ResumePoint {
    private static final TopicPartition STATE = new TopicPartition(Topic.RELAY_STATE, 0);

    private final LastRecords lastRecords;
    private final LogReader log;

    ResumePoint(Consumer<byte[], byte[]> readCommitted, LogReader log, Duration timeout) {
        this.lastRecords = new LastRecords(readCommitted, timeout);
        this.log = log;
    }

    /**
     * The committed state.
     *
     * @throws RelayRefusedException when it is not of this log
     */
    RelayState state() throws SQLException {
        ConsumerRecord<byte[], byte[]> last = lastRecords.find(List.of(STATE)).getFirst().last();
        RelayState state = last == null ? RelayState.initial() : RelayState.parse(last.value());
        requireOfThisLog(state);
        return state;
    }

    /**
     * The committed state, proven by the topics. Only for a relay that fenced out the others: while
     * one publishes, topics and state are never seen at the same moment.
     *
     * @throws RelayRefusedException when going on would lose events or publish them twice
     */
    RelayState provenState() throws SQLException {
        RelayState state = state();
        for (Topic topic : Topic.values()) {
            for (PartitionEnd end : lastRecords.find(partitions(topic))) {
                requireAgreement(end, state.previous(topic, end.partition().partition()));
            }
        }
        return state;
    }

    private void requireOfThisLog(RelayState state) throws SQLException {
        if (state.position() == 0) {
            return;
        }
        List<LogRecord> row = log.read(state.position() - 1, 1);
        if (row.isEmpty()) {
            throw new RelayRefusedException(
                    "the topics are published up to position "
                            + state.position()
                            + ", the log ends at "
                            + log.head()
                            + ": expected a log that is not behind its topics; was an older backup"
                            + " restored?");
        }
        if (!row.getFirst().eventId().equals(state.eventId())) {
            throw new RelayRefusedException(
                    "position "
                            + state.position()
                            + " was published as event "
                            + state.eventId()
                            + ", the log has "
                            + row.getFirst().eventId()
                            + " there: expected the log that these topics belong to");
        }
    }

    private static List<TopicPartition> partitions(Topic topic) {
        return IntStream.range(0, Topic.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic.topicName(), partition))
                .toList();
    }

    private static void requireAgreement(PartitionEnd end, long expected) {
        if (end.last() == null) {
            // Past records may be older than the retention; that there were some shows in the end.
            if (expected > 0 && end.endOffset() == 0) {
                throw new RelayRefusedException(
                        end.partition()
                                + " is empty: expected position "
                                + expected
                                + " as its last; was the topic deleted?");
            }
            return;
        }
        long position = position(end.partition(), end.last());
        if (position != expected) {
            throw new RelayRefusedException(
                    end.partition()
                            + " ends with position "
                            + position
                            + ": expected "
                            + expected
                            + " by the state in topic "
                            + Topic.RELAY_STATE);
        }
    }

    private static long position(TopicPartition at, ConsumerRecord<byte[], byte[]> record) {
        try {
            return Envelope.fromHeaders(
                            name -> {
                                Header header = record.headers().lastHeader(name);
                                return header == null ? null : header.value();
                            })
                    .position();
        } catch (MalformedEventException e) {
            throw new RelayRefusedException(
                    at
                            + ", offset "
                            + record.offset()
                            + ": expected an event of ours; "
                            + e.getMessage(),
                    e);
        }
    }
}
