package dev.confetti.gift.relay;

import dev.confetti.events.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions that stay open in our partitions though nobody will ever end them: readers of
 * committed records wait there for ever.
 *
 * <p>A broker can drop the markers that end a transaction, in all of its partitions or in some: one
 * of Kafka 4.4 does when it is killed right after a commit (KAFKA-20734). See <a
 * href="https://cwiki.apache.org/confluence/x/TIG0CQ">KIP-664</a> on finding and aborting them.
 */
final class OpenTransactions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenTransactions.class);

    private final Admin admin;
    private final List<TopicPartition> partitions;
    private Map<TopicPartition, Long> waiting = Map.of();

    OpenTransactions(Admin admin) {
        this.admin = admin;
        this.partitions =
                Stream.concat(
                                Stream.of(new TopicPartition(Topic.RELAY_STATE, 0)),
                                Topic.names().stream()
                                        .flatMap(
                                                topic ->
                                                        IntStream.range(0, Topic.PARTITIONS)
                                                                .mapToObj(
                                                                        p ->
                                                                                new TopicPartition(
                                                                                        topic, p))))
                        .toList();
    }

    /**
     * Aborts all of them. Only for a relay that has fenced out the others: what it has not ended
     * itself by then, nobody will.
     */
    void abort() throws InterruptedException {
        List<AbortTransactionSpec> open = new ArrayList<>();
        RelayClients.answer(admin.describeProducers(partitions).all())
                .forEach((partition, state) -> addOpen(partition, state, open));
        for (AbortTransactionSpec each : open) {
            LOG.warn(
                    "{} has a transaction that nobody ends, of producer {}; it is aborted, and what"
                            + " was in it is published again",
                    each.topicPartition(),
                    each.producerId());
            try {
                RelayClients.answer(admin.abortTransaction(each).all());
            } catch (AuthorizationException e) {
                throw new RelayRefusedException(
                        each.topicPartition()
                                + " has a transaction that nobody ends, of producer "
                                + each.producerId()
                                + ", and the broker does not let the relay abort it ("
                                + e.getMessage()
                                + "): expected the right Alter on the cluster",
                        e);
            }
        }
    }

    private static void addOpen(
            TopicPartition partition,
            PartitionProducerState state,
            List<AbortTransactionSpec> open) {
        for (ProducerState producer : state.activeProducers()) {
            if (producer.currentTransactionStartOffset().isPresent()) {
                open.add(
                        new AbortTransactionSpec(
                                partition,
                                producer.producerId(),
                                (short) producer.producerEpoch(),
                                producer.coordinatorEpoch().orElse(0)));
            }
        }
    }

    /**
     * Whether readers have waited at the same record of a partition since the call before. Between
     * the two calls each transaction must have had the time to end.
     */
    boolean anyStuck() throws InterruptedException {
        Map<TopicPartition, ListOffsetsResultInfo> committed = ends(IsolationLevel.READ_COMMITTED);
        Map<TopicPartition, ListOffsetsResultInfo> written = ends(IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Long> now = new HashMap<>();
        committed.forEach(
                (partition, end) -> {
                    ListOffsetsResultInfo last = written.get(partition);
                    if (last != null && last.offset() > end.offset()) {
                        now.put(partition, end.offset());
                    }
                });
        boolean stuck = now.entrySet().stream().anyMatch(waiting.entrySet()::contains);
        waiting = now;
        return stuck;
    }

    private Map<TopicPartition, ListOffsetsResultInfo> ends(IsolationLevel isolation)
            throws InterruptedException {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream()
                        .collect(Collectors.toMap(Function.identity(), p -> OffsetSpec.latest()));
        return RelayClients.answer(
                admin.listOffsets(latest, new ListOffsetsOptions(isolation)).all());
    }

    /** Without waiting for a broker that may be away. */
    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
