package dev.confetti.gift.relay;

import dev.confetti.events.Envelope;
import dev.confetti.events.LogReader;
import dev.confetti.events.LogRecord;
import dev.confetti.events.Topic;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a relay goes on: the state that the last one committed, and the proof that topics, state
 * and log agree on it.
 *
 * <p>A transaction that the broker ended in some partitions only ({@link OpenTransactions}) leaves
 * them apart: the state without some of its events, or events without their state. What is there
 * counts as published, and the relay goes on from the first event that is not.
 */
final class ResumePoint {
    private static final TopicPartition STATE = new TopicPartition(Topic.RELAY_STATE, 0);

    private final LastRecords lastRecords;
    private final AbortedRecords abortedRecords;
    private final LogReader log;

    ResumePoint(
            Consumer<byte[], byte[]> readCommitted,
            Consumer<byte[], byte[]> readUncommitted,
            LogReader log,
            Duration timeout) {
        this.lastRecords = new LastRecords(readCommitted, timeout);
        this.abortedRecords = new AbortedRecords(readUncommitted, timeout);
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
     * The committed state, proven by the topics and brought to what is in them. Only for a relay
     * that fenced out the others and aborted what they left open: while one publishes, topics and
     * state are never seen at the same moment.
     *
     * @throws RelayRefusedException when going on would lose events or publish them twice
     */
    RelayState provenState() throws SQLException {
        RelayState state = state();
        RelayState.Step proven = state.step();
        long position = state.position();
        for (Topic topic : Topic.values()) {
            for (PartitionEnd end : lastRecords.find(partitions(topic))) {
                int partition = end.partition().partition();
                long expected = state.previous(topic, partition);
                if (end.lastPosition() > expected) {
                    requireInLog(end, topic, expected);
                    proven.advance(topic, partition, end.lastPosition());
                } else if (end.lastPosition() < expected) {
                    Optional<Envelope> missing = abortedRecords.firstUpTo(end, state.position());
                    if (missing.isPresent()) {
                        proven.advance(topic, partition, missing.get().previous());
                        position = Math.min(position, missing.get().position() - 1);
                    }
                    requireNothingLost(end, expected, missing);
                }
            }
        }
        return proven.end(position == 0 ? null : log.read(position - 1, 1).getFirst());
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

    /** A partition that is ahead of the state ends with an event that belongs there. */
    private void requireInLog(PartitionEnd end, Topic topic, long expected) throws SQLException {
        ConsumerRecord<byte[], byte[]> last = Objects.requireNonNull(end.last());
        Envelope found = PartitionEnd.envelope(end.partition(), last);
        List<LogRecord> row = log.read(found.position() - 1, 1);
        if (row.isEmpty() || !row.getFirst().eventId().equals(found.eventId())) {
            throw disagreement(end, expected);
        }
        RecordPlace place = RecordPlace.of(row.getFirst());
        if (place.topic() != topic || place.partition() != end.partition().partition()) {
            throw disagreement(end, expected);
        }
    }

    /**
     * A partition that is behind the state has the rest in a transaction that was aborted, or has
     * lost the whole to its retention.
     */
    private static void requireNothingLost(
            PartitionEnd end, long expected, Optional<Envelope> missing) {
        if (missing.isPresent()) {
            long before = missing.get().previous();
            if (end.last() != null && before != end.lastPosition()) {
                throw disagreement(end, before);
            }
            return;
        }
        if (end.endOffset() == 0) {
            throw new RelayRefusedException(
                    end.partition()
                            + " is empty: expected position "
                            + expected
                            + " as its last; was the topic deleted?");
        }
        if (end.last() != null || end.beginOffset() == 0) {
            throw disagreement(end, expected);
        }
    }

    private static RelayRefusedException disagreement(PartitionEnd end, long expected) {
        return new RelayRefusedException(
                end.partition()
                        + " ends with position "
                        + end.lastPosition()
                        + ": expected "
                        + expected
                        + " by the state in topic "
                        + Topic.RELAY_STATE);
    }
}
