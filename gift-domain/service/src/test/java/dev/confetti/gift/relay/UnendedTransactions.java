package dev.confetti.gift.relay;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A broker that drops the markers of a transaction in some partitions (KAFKA-20734), as its readers
 * see it: what goes there is in a transaction of another producer, which never ends it.
 */
final class UnendedTransactions implements AutoCloseable {
    private final Producer<byte[], byte[]> ended;
    private final Producer<byte[], byte[]> unended;
    private final BooleanSupplier open;
    private final Map<TopicPartition, Boolean> chosen = new HashMap<>();

    /**
     * Transactions of nobody yet.
     *
     * @param transactionalId of the transactions that are ended
     * @param open is asked once for each partition, whether its transaction stays open
     */
    UnendedTransactions(String bootstrap, String transactionalId, BooleanSupplier open) {
        this.open = open;
        ended = transactional(bootstrap, transactionalId);
        unended = transactional(bootstrap, "never-ended");
    }

    Producer<byte[], byte[]> producer() {
        return losing("");
    }

    /** One that also loses what goes to a topic. */
    @SuppressWarnings("unchecked")
    Producer<byte[], byte[]> losing(String topic) {
        return (Producer<byte[], byte[]>)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {Producer.class},
                        (_, method, arguments) -> {
                            try {
                                if (method.getName().equals("send")) {
                                    var record = (ProducerRecord<byte[], byte[]>) arguments[0];
                                    return record.topic().equals(topic)
                                            ? null
                                            : method.invoke(choose(record), arguments);
                                }
                                if (List.of("initTransactions", "beginTransaction", "flush")
                                        .contains(method.getName())) {
                                    method.invoke(unended, arguments);
                                }
                                if (method.getName().equals("commitTransaction")) {
                                    unended.flush();
                                }
                                return method.getName().equals("close")
                                        ? null
                                        : method.invoke(ended, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private Producer<byte[], byte[]> choose(ProducerRecord<byte[], byte[]> record) {
        return chosen.computeIfAbsent(
                        new TopicPartition(record.topic(), record.partition()),
                        _ -> open.getAsBoolean())
                ? unended
                : ended;
    }

    private static Producer<byte[], byte[]> transactional(String bootstrap, String id) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "transactional.id",
                        id,
                        "transaction.timeout.ms",
                        "600000"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Override
    public void close() {
        ended.close(Duration.ZERO);
        unended.close(Duration.ZERO);
    }
}
