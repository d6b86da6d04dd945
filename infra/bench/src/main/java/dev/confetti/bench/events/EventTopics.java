package dev.confetti.bench.events;

import dev.confetti.bench.stage.BenchFailure;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.Envelope;
import dev.confetti.events.EventCodec;
import dev.confetti.events.EventIds;
import dev.confetti.events.EventType;
import dev.confetti.events.LogRecord;
import dev.confetti.events.Partitions;
import dev.confetti.events.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The topics as the relay fills them: every record with its position and that before it. */
public final class EventTopics implements AutoCloseable {
    /** 30 million gifts make a month. */
    private static final Duration BETWEEN_EVENTS = Duration.ofNanos(86_400_000);

    /** Not long ago: what is long ago has left the boards of days and hours. */
    private final Instant first = Instant.now().truncatedTo(ChronoUnit.HOURS);

    private static final short REPLICAS = 1;

    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<TopicPartition, Long> previous = new HashMap<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private long position;

    private EventTopics(KafkaProducer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** Makes the topics. */
    public static EventTopics create(String bootstrap) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(
                            Topic.names().stream()
                                    .map(name -> new NewTopic(name, Topic.PARTITIONS, REPLICAS))
                                    .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new BenchFailure("the topics cannot be made: " + e.getCause(), e);
        }
        return new EventTopics(
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrap,
                                "acks",
                                "all",
                                "linger.ms",
                                5,
                                // Right after topics are made an answer may get lost, and what is
                                // sent again behind later batches is refused for ever.
                                "max.in.flight.requests.per.connection",
                                1,
                                "batch.size",
                                1 << 17),
                        new ByteArraySerializer(),
                        new ByteArraySerializer()));
    }

    /** Publishes the next event of the log; does not wait for the broker. */
    public void publish(ConfettiEvent event) {
        position++;
        TopicPartition partition = partition(EventType.of(event), event);
        Instant at = first.plus(BETWEEN_EVENTS.multipliedBy(position));
        Envelope envelope =
                new Envelope(
                        position,
                        previous.getOrDefault(partition, 0L),
                        EventIds.of("bench", "event", Long.toString(position)),
                        EventType.of(event).typeName(),
                        event.key(),
                        at,
                        at);
        previous.put(partition, position);
        send(partition, envelope, EventCodec.encode(event));
    }

    /** Publishes the log's last record, and none before it; does not wait for the broker. */
    public void publishLast(LogRecord last) {
        position = last.position();
        ConfettiEvent event = last.event();
        Envelope envelope =
                new Envelope(
                        position,
                        position - 1,
                        last.eventId(),
                        last.type(),
                        event.key(),
                        last.occurredAt(),
                        last.recordedAt());
        send(partition(EventType.of(event), event), envelope, last.payload());
    }

    private static TopicPartition partition(EventType type, ConfettiEvent event) {
        return new TopicPartition(type.topic().topicName(), Partitions.of(event.key()));
    }

    private void send(TopicPartition partition, Envelope envelope, byte[] payload) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        partition.topic(),
                        partition.partition(),
                        envelope.key().getBytes(StandardCharsets.UTF_8),
                        payload);
        envelope.toHeaders().forEach((name, value) -> record.headers().add(name, value));
        var _ =
                producer.send(
                        record,
                        (metadata, e) -> {
                            if (e != null) {
                                failure.compareAndSet(null, e);
                            }
                        });
    }

    /** Waits until the broker has them all; returns the last position. */
    public long flush() {
        producer.flush();
        Exception e = failure.get();
        if (e != null) {
            throw new BenchFailure("Kafka did not take an event: " + e.getMessage(), e);
        }
        return position;
    }

    @Override
    public void close() {
        producer.close();
    }
}
