package dev.confetti.ledger;

import dev.confetti.events.Envelope;
import dev.confetti.events.EventCodec;
import dev.confetti.events.Partitions;
import dev.confetti.events.Topic;
import dev.confetti.ledger.journal.SourceEvent;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The write side for tests: publishes events as the relay does, and writes the log's table. */
public final class TestLog implements AutoCloseable {
    private final String bootstrap;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<TopicPartition, Long> previous = new HashMap<>();
    private final List<Future<?>> sends = new ArrayList<>();

    public TestLog(String bootstrap) {
        this.bootstrap = bootstrap;
        producer =
                new KafkaProducer<>(
                        // One request at a time: topics are as young as can be, and a partition
                        // that refuses a first batch while it starts may take the second one.
                        Map.of(
                                "bootstrap.servers",
                                bootstrap,
                                "linger.ms",
                                0,
                                "max.in.flight.requests.per.connection",
                                1),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    public static void createTopics(String bootstrap)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(
                            Topic.names().stream()
                                    .map(t -> new NewTopic(t, Topic.PARTITIONS, (short) 1))
                                    .toList())
                    .all()
                    .get();
        }
    }

    /** The record of an event, to be sent now, later, or twice. */
    public ProducerRecord<byte[], byte[]> record(SourceEvent source) {
        String key = source.event().key();
        TopicPartition partition = partition(source);
        Envelope envelope =
                new Envelope(
                        source.position(),
                        previous.getOrDefault(partition, 0L),
                        source.eventId(),
                        source.type().typeName(),
                        key,
                        source.recordedAt(),
                        source.recordedAt());
        previous.put(partition, source.position());
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        partition.topic(),
                        partition.partition(),
                        key.getBytes(StandardCharsets.UTF_8),
                        EventCodec.encode(source.event()));
        envelope.toHeaders().forEach((name, value) -> record.headers().add(name, value));
        return record;
    }

    public static TopicPartition partition(SourceEvent source) {
        return new TopicPartition(
                source.type().topic().topicName(), Partitions.of(source.event().key()));
    }

    public void send(ProducerRecord<byte[], byte[]> record) {
        sends.add(producer.send(record));
    }

    public void flush() {
        producer.flush();
        for (Future<?> send : sends) {
            try {
                send.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException("expected Kafka to take every record", e);
            }
        }
        sends.clear();
    }

    public void publish(List<SourceEvent> events) {
        events.forEach(event -> send(record(event)));
        flush();
    }

    /** Makes Kafka forget everything that it has now. */
    public void forgetAll() throws ExecutionException, InterruptedException {
        Set<TopicPartition> partitions = previous.keySet();
        Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
        partitions.forEach(p -> all.put(p, RecordsToDelete.beforeOffset(-1)));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.deleteRecords(all).all().get();
        }
    }

    public static void createTable(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    create schema domain;
                    create table domain.event_log(position bigint primary key, event_id uuid, stream_type text,
                        stream_id text, sequence bigint, type text, payload bytea, metadata bytea,
                        occurred_at timestamptz, recorded_at timestamptz, hash bytea)
                    """);
        }
    }

    public static void append(DataSource database, List<SourceEvent> events) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement(
                                "insert into domain.event_log (position, event_id, stream_type,"
                                        + " stream_id, sequence, type, payload, occurred_at, recorded_at)"
                                        + " values (?, ?, 'test', 'test', ?, ?, ?, ?, ?)")) {
            connection.setAutoCommit(false);
            for (SourceEvent event : new ArrayList<>(events)) {
                insert.setLong(1, event.position());
                insert.setObject(2, event.eventId());
                insert.setLong(3, event.position());
                insert.setString(4, event.type().typeName());
                insert.setBytes(5, EventCodec.encode(event.event()));
                insert.setObject(6, event.recordedAt().atOffset(ZoneOffset.UTC));
                insert.setObject(7, event.recordedAt().atOffset(ZoneOffset.UTC));
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
