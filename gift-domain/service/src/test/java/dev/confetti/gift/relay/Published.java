package dev.confetti.gift.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.Envelope;
import dev.confetti.events.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Utils;

/** Everything on the topics, as a stranger with read_committed sees it. */
final class Published implements AutoCloseable {
    private final String bootstrap;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();

    Published(String bootstrap) {
        this.bootstrap = bootstrap;
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrap,
                                "isolation.level",
                                "read_committed",
                                "auto.offset.reset",
                                "earliest"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> all =
                Topic.names().stream()
                        .flatMap(
                                name ->
                                        IntStream.range(0, 12)
                                                .mapToObj(i -> new TopicPartition(name, i)))
                        .toList();
        consumer.assign(all);
    }

    /** Waits until so many events are there, and goes over whatever is there beyond them. */
    Published await(int events) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (records.size() < events && System.nanoTime() < deadline) {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        }
        consumer.endOffsets(consumer.assignment())
                .forEach(
                        (partition, end) -> {
                            while (consumer.position(partition) < end) {
                                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                            }
                        });
        return this;
    }

    /** As the retention does, once they are old. */
    void deleteAllThatIsCommitted() throws Exception {
        Map<TopicPartition, RecordsToDelete> before = new HashMap<>();
        consumer.endOffsets(consumer.assignment())
                .forEach((p, end) -> before.put(p, RecordsToDelete.beforeOffset(end)));
        await(0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.deleteRecords(before).all().get();
        }
    }

    List<ConsumerRecord<String, byte[]>> records() {
        return records;
    }

    /** Proves, by what the records say of themselves, that each position is there once. */
    Published assertComplete(long head) {
        Map<TopicPartition, Long> last = new HashMap<>();
        List<Long> positions = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            Envelope envelope = envelope(record);
            assertThat(envelope.key()).isEqualTo(record.key());
            assertThat(record.partition()).isEqualTo(partitionByKafka(record.key()));
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            assertThat(envelope.previous()).isEqualTo(last.getOrDefault(partition, 0L));
            last.put(partition, envelope.position());
            positions.add(envelope.position());
        }
        assertThat(positions)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, head).boxed().toList());
        return this;
    }

    /** Where Kafka's own client would put it. */
    private static int partitionByKafka(String key) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8)))
                % Topic.PARTITIONS;
    }

    static Envelope envelope(ConsumerRecord<String, byte[]> record) {
        return Envelope.fromHeaders(
                name -> {
                    Header header = record.headers().lastHeader(name);
                    return header == null ? null : header.value();
                });
    }

    static String text(ConsumerRecord<String, byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
