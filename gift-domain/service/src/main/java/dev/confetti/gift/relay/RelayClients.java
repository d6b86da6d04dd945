package dev.confetti.gift.relay;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The relay's connections to Kafka, and why each is set as it is. */
final class RelayClients {
    private final RelayConfig config;

    RelayClients(RelayConfig config) {
        this.config = config;
    }

    Admin admin() {
        Map<String, Object> properties = common("relay-admin");
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, timeoutMs() / 2);
        properties.put("default.api.timeout.ms", timeoutMs());
        return Admin.create(properties);
    }

    /** Belongs to no group; sees only what was committed, or what was not as well. */
    Consumer<byte[], byte[]> reader(IsolationLevel isolation) {
        Map<String, Object> properties = common("relay-check");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeoutMs());
        // Ends of partitions are read, where the broker would wait for more that never comes.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
        return new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** All relays of one log share a transactional id, by which the broker knows the newest. */
    Producer<byte[], byte[]> producer() {
        Map<String, Object> properties = common("relay");
        properties.put(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG, "confetti-relay-" + config.logName());
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        // A request takes along what waits for all partitions. With more of them in flight the
        // first write of a transaction to a partition can be overtaken by the next, which the
        // broker refuses.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        // Nothing is sent before the commit, which follows at once and sends all: one request with
        // records for many partitions, not one for the first record and others for the rest.
        properties.put(ProducerConfig.LINGER_MS_CONFIG, timeoutMs() / 4);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeoutMs());
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMs() / 2);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeoutMs());
        // Readers of committed records wait for an open transaction, so a dead one must not be
        // long.
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.max(timeoutMs(), 10_000));
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** What the broker answers, or its failure. */
    static <T> T answer(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    static KafkaException failure(ExecutionException e) {
        return e.getCause() instanceof KafkaException kafka
                ? kafka
                : new KafkaException(e.getMessage(), e);
    }

    private int timeoutMs() {
        return Math.toIntExact(config.brokerTimeout().toMillis());
    }

    private Map<String, Object> common(String client) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrap());
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, client + "-" + config.logName());
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        return properties;
    }
}
