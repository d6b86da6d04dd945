package dev.confetti.ledger.projector;

import dev.confetti.events.Topic;
import dev.confetti.ledger.journal.PartitionMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All partitions of all topics, read from where the ledger stands. For one thread. */
final class TopicSource implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicSource.class);
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final int MAX_POLL_RECORDS = 5_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions = partitions();
    private Map<TopicPartition, Long> targets = Map.of();
    private boolean reached;

    TopicSource(String bootstrap) {
        Properties config = new Properties();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // Whoever silently goes to another offset loses events: a lost offset is an error here.
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
        // One answer for all that comes within a moment: each costs the broker as much as a gift.
        config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 256 << 10);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, "confetti-ledger");
        consumer =
                new KafkaConsumer<>(
                        config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions() {
        List<TopicPartition> all = new ArrayList<>();
        for (String topic : Topic.names()) {
            for (int partition = 0; partition < Topic.PARTITIONS; partition++) {
                all.add(new TopicPartition(topic, partition));
            }
        }
        return all;
    }

    /** Waits until the writer has made the topics; returns false when closing came first. */
    boolean awaitTopics(BooleanSupplier closing) {
        for (String topic : Topic.names()) {
            int found = partitionCount(topic);
            while (found == 0) {
                if (closing.getAsBoolean()) {
                    return false;
                }
                // The look itself waits for metadata, so this is no busy loop; but it may be
                // answered at once.
                consumer.assign(List.of());
                pauseBriefly();
                found = partitionCount(topic);
            }
            if (found != Topic.PARTITIONS) {
                throw new BrokenSourceException(
                        "topic "
                                + topic
                                + " has "
                                + found
                                + " partitions: expected "
                                + Topic.PARTITIONS,
                        null);
            }
        }
        return true;
    }

    private static void pauseBriefly() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int partitionCount(String topic) {
        try {
            List<PartitionInfo> found = consumer.partitionsFor(topic, LOOK);
            return found == null ? 0 : found.size();
        } catch (UnknownTopicOrPartitionException e) {
            return 0;
        }
    }

    /**
     * Goes to where the ledger stands in each partition.
     *
     * @return whether Kafka may have dropped something that the ledger has not read
     */
    boolean seek(List<PartitionMark> marks) {
        Map<TopicPartition, Long> nextOffsets = new HashMap<>();
        for (PartitionMark mark : marks) {
            nextOffsets.put(new TopicPartition(mark.topic(), mark.partition()), mark.nextOffset());
        }
        consumer.assign(partitions);
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, LOOK);
        targets = consumer.endOffsets(partitions, LOOK);
        boolean suspicious = false;
        for (TopicPartition partition : partitions) {
            long begin = first.getOrDefault(partition, 0L);
            long end = targets.getOrDefault(partition, 0L);
            long next = nextOffsets.getOrDefault(partition, 0L);
            if (next < begin) {
                LOG.info(
                        "{} begins at offset {}, the ledger would read on from {}: older records"
                                + " are past Kafka's retention",
                        partition,
                        begin,
                        next);
                suspicious = true;
                next = begin;
            } else if (next > end) {
                LOG.warn(
                        "{} ends at offset {}, the ledger would read on from {}: Kafka was set up"
                                + " anew; reading from its beginning, what is booked is skipped",
                        partition,
                        end,
                        next);
                suspicious = true;
                next = begin;
            }
            consumer.seek(partition, next);
        }
        reached = false;
        return suspicious;
    }

    ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        return consumer.poll(timeout);
    }

    /** Pauses exactly these partitions. */
    void pauseOnly(Set<TopicPartition> paused) {
        Set<TopicPartition> before = consumer.paused();
        if (!before.equals(paused)) {
            consumer.resume(before.stream().filter(p -> !paused.contains(p)).toList());
            consumer.pause(paused);
        }
    }

    /** Whether everything that was there at the seek has been polled. */
    boolean reachedTargets() {
        if (!reached) {
            reached =
                    partitions.stream()
                            .allMatch(p -> consumer.position(p) >= targets.getOrDefault(p, 0L));
        }
        return reached;
    }

    /** Records that are there and not polled, as far as is known. */
    long lag() {
        long lag = 0;
        for (TopicPartition partition : partitions) {
            lag += consumer.currentLag(partition).orElse(0);
        }
        return lag;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
