package dev.confetti.board.projector;

import dev.confetti.board.standing.Fence;
import dev.confetti.events.Envelope;
import dev.confetti.events.EventCodec;
import dev.confetti.events.EventType;
import dev.confetti.events.MalformedEventException;
import dev.confetti.events.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads committed events of topics from given places on, and proves by {@code previous} that none
 * is missing. Used by one thread.
 *
 * <p>The place is an offset and the position expected before it. Where they do not fit (the topic
 * was made anew, its head was deleted), the partition is read once from its start; if the events
 * still do not join up, that is an error.
 */
final class EventSource implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventSource.class);

    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();
    private final Map<TopicPartition, Long> lastPositions = new HashMap<>();
    private final Set<TopicPartition> readFromStart = new HashSet<>();
    private final Set<TopicPartition> joining = new HashSet<>();
    private Map<TopicPartition, Long> endsAtStart = Map.of();

    EventSource(Consumer<byte[], byte[]> consumer, Set<Topic> topics) {
        this.consumer = consumer;
        for (Topic topic : topics) {
            for (int i = 0; i < Topic.PARTITIONS; i++) {
                partitions.add(new TopicPartition(topic.topicName(), i));
            }
        }
    }

    /** A consumer that reads only what was committed and keeps no state at the broker. */
    static Consumer<byte[], byte[]> consumer(String bootstrap, int batchEvents) {
        Properties config = new Properties();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batchEvents);
        // One answer for all that comes within a moment: each costs the broker as much as a gift.
        config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 256 << 10);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, "confetti-boards");
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Whether the topics are there; they come with the first start of the service. */
    boolean topicsExist() {
        for (String topic : topics()) {
            int found = partitionsOf(topic);
            if (found == 0) {
                return false;
            }
            if (found != Topic.PARTITIONS) {
                throw new EventsMissingException(
                        "topic "
                                + topic
                                + " has "
                                + found
                                + " partitions: expected "
                                + Topic.PARTITIONS);
            }
        }
        return true;
    }

    /**
     * Goes to the place after each fence.
     *
     * @param joined topics that may begin anywhere where they have no fence: what they kept no
     *     longer when they were read first is of no concern
     */
    void seek(Map<TopicPartition, Fence> fences, Set<String> joined) {
        consumer.assign(partitions);
        readFromStart.clear();
        joining.clear();
        lastPositions.clear();
        for (TopicPartition partition : partitions) {
            Fence fence = fences.getOrDefault(partition, Fence.NONE);
            lastPositions.put(partition, fence.position());
            if (fence.position() == 0) {
                toStart(partition);
                if (joined.contains(partition.topic())) {
                    joining.add(partition);
                }
            } else {
                consumer.seek(partition, fence.offset() + 1);
            }
        }
        endsAtStart = consumer.endOffsets(partitions);
    }

    /** Whether everything has been read that was there when reading began. */
    boolean caughtUp() {
        return endsAtStart.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Records known to wait at the broker. */
    long lag() {
        long lag = 0;
        for (TopicPartition partition : partitions) {
            OptionalLong known = consumer.currentLag(partition);
            lag += known.orElse(0);
        }
        return lag;
    }

    /**
     * The next events by topic, in order within each partition.
     *
     * @param patience how long to wait for the first
     * @param most as soon as there are so many, no more are waited for
     */
    Map<String, List<ArrivedEvent>> poll(Duration patience, int most) {
        Map<String, List<ArrivedEvent>> arrived = new HashMap<>();
        int count = 0;
        int more = take(patience, arrived);
        while (more > 0) {
            count += more;
            more = count < most ? take(Duration.ZERO, arrived) : 0;
        }
        return arrived;
    }

    /** Takes what is there; how many records that was. */
    private int take(Duration patience, Map<String, List<ArrivedEvent>> arrived) {
        ConsumerRecords<byte[], byte[]> records;
        try {
            records = consumer.poll(patience);
        } catch (OffsetOutOfRangeException e) {
            e.offsetOutOfRangePartitions().forEach(this::rereadOrFail);
            return 0;
        }
        Set<TopicPartition> moved = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (moved.contains(partition)) {
                continue;
            }
            Envelope envelope = envelope(record);
            long last =
                    joining.remove(partition)
                            ? envelope.previous()
                            : lastPositions.getOrDefault(partition, 0L);
            if (envelope.position() <= last) {
                continue;
            }
            if (envelope.previous() != last) {
                moved.add(partition);
                rereadOrFail(partition, envelope, last);
                continue;
            }
            arrived.computeIfAbsent(record.topic(), t -> new ArrayList<>())
                    .add(arrived(record, envelope));
            lastPositions.put(partition, envelope.position());
        }
        return records.count();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void toStart(TopicPartition partition) {
        readFromStart.add(partition);
        consumer.seekToBeginning(List.of(partition));
    }

    private void rereadOrFail(TopicPartition partition, Envelope found, long last) {
        if (readFromStart.contains(partition)) {
            throw new EventsMissingException(
                    partition
                            + ": the event at position "
                            + found.position()
                            + " follows position "
                            + found.previous()
                            + ": expected one that follows "
                            + last
                            + "; the topic no longer keeps the events between, rebuild the boards"
                            + " from the event log");
        }
        LOG.warn(
                "{}: does not continue at position {}, reading it from its start", partition, last);
        toStart(partition);
    }

    private void rereadOrFail(TopicPartition partition, long offset) {
        if (readFromStart.contains(partition)) {
            throw new EventsMissingException(
                    partition + ": offset " + offset + " is gone while it was being read");
        }
        LOG.warn("{}: has no offset {}, reading it from its start", partition, offset);
        toStart(partition);
    }

    private Set<String> topics() {
        Set<String> topics = new HashSet<>();
        partitions.forEach(partition -> topics.add(partition.topic()));
        return topics;
    }

    private int partitionsOf(String topic) {
        try {
            List<PartitionInfo> found = consumer.partitionsFor(topic);
            return found == null ? 0 : found.size();
        } catch (UnknownTopicOrPartitionException e) {
            return 0;
        }
    }

    private static Envelope envelope(ConsumerRecord<byte[], byte[]> record) {
        return Envelope.fromHeaders(
                name -> {
                    Header header = record.headers().lastHeader(name);
                    return header == null ? null : header.value();
                });
    }

    private static ArrivedEvent arrived(ConsumerRecord<byte[], byte[]> record, Envelope envelope) {
        byte[] json = record.value();
        if (json == null) {
            throw new MalformedEventException(
                    record.topic()
                            + "-"
                            + record.partition()
                            + " offset "
                            + record.offset()
                            + ": expected an event's JSON, found a record without value",
                    null);
        }
        // Of coins only who is forgotten or hidden concerns the boards; new types of others must
        // not stop them.
        boolean concerns =
                !record.topic().equals(Topic.COINS.topicName())
                        || envelope.type().equals(EventType.PERSON_FORGOTTEN.typeName())
                        || envelope.type().equals(EventType.BOARD_VISIBILITY_CHANGED.typeName());
        return new ArrivedEvent(
                record.partition(),
                record.offset(),
                envelope,
                concerns ? EventCodec.decode(envelope.type(), json) : null);
    }
}
