package dev.confetti.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.board.audit.BoardAudit;
import dev.confetti.board.audit.BoardAuditResult;
import dev.confetti.board.standing.BoardRetention;
import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.events.Envelope;
import dev.confetti.events.LogReader;
import dev.confetti.events.Topic;
import dev.confetti.gift.log.LogVerifier;
import dev.confetti.ledger.LedgerAudit;
import dev.confetti.ledger.LedgerAuditReport;
import dev.confetti.ledger.LedgerExpectation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.postgresql.ds.PGSimpleDataSource;

/** What {@code confetti audit} compares, for services of their own; and the topics as well. */
final class Proof {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Deployment deployment;
    private final PGSimpleDataSource database = new PGSimpleDataSource();

    Proof(Deployment deployment) {
        this.deployment = deployment;
        PostgresEndpoint postgres = deployment.postgres();
        database.setUrl(postgres.jdbcUrl());
        database.setUser(postgres.user());
        database.setPassword(postgres.password());
    }

    /** Log, topics, ledger and boards say the same, at the log's head of now. */
    void holds() throws Exception {
        LogReader log = new LogReader(database);
        long head = log.head();
        assertThat(new LogVerifier(database).verify().fault()).isEmpty();
        topicsAreComplete(head);
        ledgerIsAt(head);
        BoardAuditResult boards =
                new BoardAudit(
                                deployment.redis(),
                                log,
                                BoardRetention.DEFAULT,
                                InstantSource.system())
                        .run(head, PATIENCE);
        assertThat(boards.firstDifference()).isEmpty();
        assertThat(boards.holds()).isTrue();
    }

    private void ledgerIsAt(long head) throws Exception {
        LedgerAuditReport ledger = new LedgerAudit(database).at(head, PATIENCE);
        assertThat(
                        ledger.state()
                                .differences(LedgerExpectation.fold(new LogReader(database), head)))
                .isEmpty();
        assertThat(ledger.verification().firstFault()).isNull();
        ControlIdentities.hold(database);
    }

    /** By what the records say of themselves: each position once, none missing. */
    private void topicsAreComplete(long head) {
        List<Long> positions = new ArrayList<>();
        Map<TopicPartition, Long> last = new HashMap<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                deployment.kafka(),
                                "isolation.level",
                                "read_committed",
                                "auto.offset.reset",
                                "earliest"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(
                    Topic.names().stream()
                            .flatMap(
                                    name ->
                                            IntStream.range(0, Topic.PARTITIONS)
                                                    .mapToObj(i -> new TopicPartition(name, i)))
                            .toList());
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (positions.size() < head && System.nanoTime() < deadline) {
                read(consumer, last, positions);
            }
            // What was published twice may stand behind.
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
                while (consumer.position(end.getKey()) < end.getValue()
                        && System.nanoTime() < deadline) {
                    read(consumer, last, positions);
                }
            }
        }
        assertThat(positions)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, head).boxed().toList());
    }

    private static void read(
            KafkaConsumer<String, byte[]> consumer,
            Map<TopicPartition, Long> last,
            List<Long> positions) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
            Envelope envelope = envelope(record);
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            assertThat(envelope.previous()).isEqualTo(last.getOrDefault(partition, 0L));
            last.put(partition, envelope.position());
            positions.add(envelope.position());
        }
    }

    private static Envelope envelope(ConsumerRecord<String, byte[]> record) {
        return Envelope.fromHeaders(
                name -> {
                    Header header = record.headers().lastHeader(name);
                    return header == null ? null : header.value();
                });
    }
}
