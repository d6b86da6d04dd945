package dev.confetti.board;

import dev.confetti.board.GiftStorm.Thunder;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.Envelope;
import dev.confetti.events.EventCodec;
import dev.confetti.events.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes events as the relay does: transactional, with CloudEvents headers. */
public final class GiftTopic implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;

    public GiftTopic(String bootstrap) {
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrap,
                                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                "relay-of-a-test"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        producer.initTransactions();
    }

    public static void createTopics(String bootstrap)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrap))) {
            List<NewTopic> topics = new ArrayList<>();
            for (String name : Topic.names()) {
                topics.add(new NewTopic(name, Topic.PARTITIONS, (short) 1));
            }
            admin.createTopics(topics).all().get();
        }
    }

    /** Publishes gifts in one transaction. */
    public void publish(List<Thunder> thunders) {
        producer.beginTransaction();
        thunders.forEach(
                thunder -> send(Topic.GIFTS.topicName(), thunder.envelope(), thunder.event()));
        producer.commitTransaction();
    }

    /** Sends gifts in a transaction that is then undone: nobody may count them. */
    public void abort(List<Thunder> thunders) {
        producer.beginTransaction();
        thunders.forEach(
                thunder -> send(Topic.GIFTS.topicName(), thunder.envelope(), thunder.event()));
        producer.flush();
        producer.abortTransaction();
    }

    public void publish(String topic, Envelope envelope, ConfettiEvent event) {
        producer.beginTransaction();
        send(topic, envelope, event);
        producer.commitTransaction();
    }

    @Override
    public void close() {
        producer.close();
    }

    private void send(String topic, Envelope envelope, ConfettiEvent event) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        topic,
                        envelope.key().getBytes(StandardCharsets.UTF_8),
                        EventCodec.encode(event));
        envelope.toHeaders().forEach((name, value) -> record.headers().add(name, value));
        // A failure shows when the transaction is committed.
        var _ = producer.send(record);
    }
}
