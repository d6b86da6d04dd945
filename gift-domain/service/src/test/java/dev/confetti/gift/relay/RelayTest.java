package dev.confetti.gift.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.engines.EmbeddedKafka;
import dev.confetti.engines.TestEngines;
import dev.confetti.events.Envelope;
import dev.confetti.events.EventCodec;
import dev.confetti.events.EventType;
import dev.confetti.events.LogReader;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.EventLogConfig;
import dev.confetti.gift.log.NewEvent;
import dev.confetti.gift.log.RecentRecords;
import dev.confetti.gift.log.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The relay between a real database and a real broker. */
class RelayTest {
    private static final String OURS = "confetti-relay-main";
    private static final String KAFKA = TestEngines.freshKafka();
    private static final List<EventType> TYPES = List.of(EventType.values());
    private static final Instant WHEN = Instant.parse("2026-11-22T12:00:00.5Z");

    private final TestDatabase postgres = new TestDatabase();
    private final EventLog log =
            new EventLog(
                    postgres.dataSource(),
                    InstantSource.system(),
                    List.of(),
                    EventLogConfig.defaults());
    private final LogReader reader = new LogReader(postgres.dataSource());
    private final List<AutoCloseable> open = new ArrayList<>(List.of(postgres, log));
    private int appended;

    @BeforeEach
    void emptyTheBroker() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA))) {
            admin.deleteTopics(admin.listTopics().names().get()).all().get();
            await(() -> admin.listTopics().names().get().isEmpty());
        }
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    @Test
    void transactionsGatherMoreTheMoreThereIs() {
        assertThat(Relay.intervalNanos(1)).isEqualTo(6_000_000);
        assertThat(Relay.intervalNanos(20)).isEqualTo(25_000_000);
        assertThat(Relay.intervalNanos(35)).isEqualTo(40_000_000);
        assertThat(Relay.intervalNanos(2_000)).isEqualTo(40_000_000);
    }

    @Test
    void everyEventIsPublishedOnceInOrderWithItsEnvelopeAndWhatIsAdded() {
        append(300);
        Relay relay =
                start(
                        KAFKA,
                        batch ->
                                batch.stream()
                                        .map(
                                                row ->
                                                        ExtraFields.none()
                                                                .with(
                                                                        "extra",
                                                                        "ä\"" + row.position()))
                                        .toList());
        log.onAppended(relay::wake);
        append(200);

        Published published = published(KAFKA).await(500).assertComplete(500);

        ConsumerRecord<String, byte[]> seventh =
                published.records().stream()
                        .filter(record -> Published.envelope(record).position() == 7)
                        .findFirst()
                        .orElseThrow();
        LogRecord row = log.find(new UUID(0, 7)).orElseThrow();
        Envelope envelope = Published.envelope(seventh);
        assertThat(envelope.eventId()).isEqualTo(new UUID(0, 7));
        assertThat(envelope.type()).isEqualTo(row.type());
        assertThat(envelope.occurredAt()).isEqualTo(WHEN);
        assertThat(envelope.recordedAt()).isEqualTo(row.recordedAt());
        assertThat(seventh.topic()).isEqualTo(EventType.named(row.type()).topic().topicName());
        String payload = new String(row.payload(), StandardCharsets.UTF_8);
        assertThat(Published.text(seventh))
                .isEqualTo(payload.substring(0, payload.length() - 1) + ",\"extra\":\"ä\\\"7\"}");
        await(() -> relay.lagPositions().orElse(-1) == 0);
        assertThat(relay.status()).isEqualTo(new RelayStatus.Leading());
    }

    @Test
    void aRestartGoesOnWhereTheLastOneEnded() {
        for (int run = 1; run <= 3; run++) {
            Relay relay = start(KAFKA, Enrichment.nothing());
            append(50);
            published(KAFKA).await(60 * run - 10);
            relay.close();
            append(10); // nobody publishes now
        }
        start(KAFKA, Enrichment.nothing());

        published(KAFKA).await(180).assertComplete(180);
    }

    @Test
    void aCrashBetweenSendAndCommitPublishesNothingTwice() throws Exception {
        append(40);
        RelayConfig config = RelayConfig.of(KAFKA);
        ensureTopics(config);

        // Many transactions that were given up, so that the partitions' ends are full of them.
        for (int crash = 0; crash < 20; crash++) {
            try (RelayPublisher dies = publisher(config)) {
                dies.takeOver();
                dies.send(reader.read(0, 25), RelayState.initial());
            }
        }
        RelayPublisher zombie = publisher(config);
        open.add(zombie);
        zombie.takeOver();
        RelayState state = zombie.send(reader.read(0, 30), RelayState.initial());
        zombie.commit();
        zombie.send(reader.read(30, 5), state);

        start(KAFKA, Enrichment.nothing());

        published(KAFKA).await(40).assertComplete(40);
        assertThatThrownBy(zombie::commit).isInstanceOf(KafkaException.class);
        published(KAFKA).await(40).assertComplete(40);
    }

    @Test
    void anotherInstanceTakesOverWhenTheLeaderGoes() throws Exception {
        Relay first = start(KAFKA, Enrichment.nothing());
        await(() -> first.status() instanceof RelayStatus.Leading);
        Relay second = start(KAFKA, Enrichment.nothing());
        await(() -> second.status() instanceof RelayStatus.Standby);
        append(20);
        published(KAFKA).await(20).assertComplete(20);
        assertThat(second.lagPositions()).isEmpty();

        // The leader's session dies under it; whoever leads then, nothing is lost or doubled.
        postgres.execute(
                "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and"
                        + " database = (select oid from pg_database where datname ="
                        + " current_database())");
        append(20);
        published(KAFKA).await(40).assertComplete(40);

        first.close();
        await(() -> second.status() instanceof RelayStatus.Leading);
        append(20);
        published(KAFKA).await(60).assertComplete(60);
    }

    @Test
    void aBrokerThatIsAwayCostsNothingButLag(@TempDir Path folder) throws Exception {
        EmbeddedKafka broker = EmbeddedKafka.start(folder, 0);
        String kafka = broker.bootstrap();
        int port = Integer.parseInt(kafka.substring(kafka.indexOf(':') + 1));
        RelayConfig impatient =
                new RelayConfig(kafka, "main", -1, Duration.ofDays(30), 7, Duration.ofSeconds(3));
        Relay relay = start(impatient, Enrichment.nothing());
        append(30);
        published(kafka).await(30).assertComplete(30);
        closePublished();

        broker.close();
        append(30);
        await(() -> relay.status() instanceof RelayStatus.Retrying);
        await(() -> relay.lagPositions().orElse(0) > 0);

        try (EmbeddedKafka again = EmbeddedKafka.start(folder, port)) {
            assertThat(again.bootstrap()).isEqualTo(kafka);
            published(kafka).await(60).assertComplete(60);
            await(() -> relay.lagPositions().orElse(-1) == 0);
            relay.close();
            closePublished();
        }
    }

    @Test
    void whatTheBrokerEndedInSomePartitionsOnlyIsPublishedOnceInAll() throws Exception {
        RelayConfig config = RelayConfig.of(KAFKA);
        ensureTopics(config);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Published published = published(KAFKA);
        RelayState state = RelayState.initial();
        for (int round = 1; round <= 12; round++) {
            append(30);
            if (round % 3 == 0) {
                published.deleteAllThatIsCommitted();
            }
            // From none to all of a transaction's partitions are left open.
            int openOf4 = round % 5;
            try (UnendedTransactions broker =
                            new UnendedTransactions(
                                    KAFKA, OURS, () -> random.nextInt(4) < openOf4);
                    RelayPublisher dies =
                            new RelayPublisher(
                                    broker.producer(), Enrichment.nothing(), config.logName())) {
                dies.takeOver();
                state = dies.send(reader.read(state.position(), 20), state);
                dies.commit();

                Relay relay = start(config, Enrichment.nothing());
                published.await(30 * round);
                assertThat(published.records()).as("seed %d", seed).hasSize(30 * round);
                await(() -> relay.lagPositions().orElse(-1) == 0);
                relay.close();
                state = committedState(config);
            }
        }
        published.assertComplete(360);
    }

    @Test
    void readersThatAreStuckWhileTheRelayLeadsAreSetFree() throws Exception {
        Relay relay = start(KAFKA, Enrichment.nothing());
        append(20);
        published(KAFKA).await(20).assertComplete(20);
        try (UnendedTransactions broker = new UnendedTransactions(KAFKA, "somebody", () -> true);
                RelayPublisher dies =
                        new RelayPublisher(broker.producer(), Enrichment.nothing(), "main")) {
            dies.takeOver();
            dies.send(reader.read(0, 20), RelayState.initial());
            broker.producer().flush();
            append(20);

            published(KAFKA).await(40).assertComplete(40);
            await(() -> relay.status() instanceof RelayStatus.Leading);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"confetti.creators", "confetti.coins"})
    void aTopicThatLostItsEndIsRefused(String topic) throws Exception {
        append(40);
        RelayConfig config = RelayConfig.of(KAFKA);
        ensureTopics(config);
        RelayState state;
        try (RelayPublisher publisher = publisher(config)) {
            publisher.takeOver();
            state = publisher.send(reader.read(0, 20), RelayState.initial());
            publisher.commit();
        }
        try (UnendedTransactions broker = new UnendedTransactions(KAFKA, OURS, () -> false);
                RelayPublisher publisher =
                        new RelayPublisher(
                                broker.losing(topic), Enrichment.nothing(), config.logName())) {
            publisher.takeOver();
            publisher.send(reader.read(20, 20), state);
            publisher.commit();
        }

        assertThat(refusal(start(KAFKA, Enrichment.nothing())))
                .matches(
                        topic
                                + "-\\d+ (is empty|ends with position 1?\\d): expected (position )?[23]\\d"
                                + " (as its last; was the topic deleted\\?|by the state in topic"
                                + " confetti\\.relay)");
    }

    @Test
    void aTopicWithAnotherNumberOfPartitionsIsRefused() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA))) {
            admin.createTopics(List.of(new NewTopic("confetti.gifts", 3, (short) 1))).all().get();
        }
        Relay relay = start(KAFKA, Enrichment.nothing());

        assertThat(refusal(relay))
                .isEqualTo(
                        "topic confetti.gifts has 3 partitions: expected 12, since an event's"
                                + " partition must never change");
    }

    @Test
    void topicsThatAreAheadOfTheLogAreRefused() throws Exception {
        append(20);
        Relay relay = start(KAFKA, Enrichment.nothing());
        published(KAFKA).await(20).assertComplete(20);
        relay.close();

        try (TestDatabase restored = new TestDatabase()) {
            Relay ahead =
                    relay(
                            restored,
                            new RecentRecords(),
                            RelayConfig.of(KAFKA),
                            Enrichment.nothing());
            ahead.start();
            assertThat(refusal(ahead))
                    .startsWith("the topics are published up to position 20, the log ends at 0");
            ahead.close();

            try (EventLog other =
                    new EventLog(
                            restored.dataSource(),
                            InstantSource.system(),
                            List.of(),
                            EventLogConfig.defaults())) {
                for (int i = 0; i < 25; i++) {
                    other.append(List.of(event(1_000 + i)));
                }
            }
            Relay stranger =
                    relay(
                            restored,
                            new RecentRecords(),
                            RelayConfig.of(KAFKA),
                            Enrichment.nothing());
            stranger.start();
            assertThat(refusal(stranger)).startsWith("position 20 was published as event");
            stranger.close();
        }
        published(KAFKA).await(20).assertComplete(20);
    }

    /** A position that the log has not got, and one that belongs elsewhere. */
    @ParameterizedTest
    @ValueSource(longs = {21, 7})
    void aTopicThatContradictsTheStateIsRefused(long position) throws Exception {
        append(20);
        publishAll(20);
        intrude("confetti.finance", 3, position, position);

        assertThat(refusal(start(KAFKA, Enrichment.nothing())))
                .isEqualTo(
                        "confetti.finance-3 ends with position "
                                + position
                                + ": expected 0 by the state in topic confetti.relay");
    }

    @Test
    void anotherEventThanTheLogsIsRefusedAtItsPlace() throws Exception {
        append(20);
        publishAll(20);
        append(5);
        RecordPlace place = RecordPlace.of(reader.read(22, 1).getFirst());
        intrude(place.topic().topicName(), place.partition(), 23, 99);

        assertThat(refusal(start(KAFKA, Enrichment.nothing())))
                .startsWith(
                        place.topic().topicName()
                                + "-"
                                + place.partition()
                                + " ends with position 23: expected ");
    }

    private void publishAll(int events) {
        Relay relay = start(KAFKA, Enrichment.nothing());
        published(KAFKA).await(events).assertComplete(events);
        relay.close();
    }

    /** Somebody else writes an event into a partition of ours. */
    private static void intrude(String topic, int partition, long position, long event)
            throws Exception {
        try (Producer<byte[], byte[]> intruder =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", KAFKA),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(topic, partition, null, new byte[] {'{', '}'});
            new Envelope(position, 0, new UUID(0, event), "x", "k", WHEN, WHEN)
                    .toHeaders()
                    .forEach(record.headers()::add);
            intruder.send(record).get();
        }
    }

    private void ensureTopics(RelayConfig config) throws InterruptedException {
        try (Admin admin = new RelayClients(config).admin()) {
            RelayTopics.ensure(admin, config);
        }
    }

    private RelayState committedState(RelayConfig config) throws Exception {
        try (Consumer<byte[], byte[]> consumer =
                new RelayClients(config).reader(IsolationLevel.READ_COMMITTED)) {
            return new ResumePoint(consumer, consumer, reader, config.brokerTimeout()).state();
        }
    }

    private static RelayPublisher publisher(RelayConfig config) {
        return new RelayPublisher(
                new RelayClients(config).producer(), Enrichment.nothing(), config.logName());
    }

    private String refusal(Relay relay) {
        await(() -> relay.status() instanceof RelayStatus.Refused);
        return relay.status() instanceof RelayStatus.Refused(String reason) ? reason : "";
    }

    private Relay start(String kafka, Enrichment enrichment) {
        return start(RelayConfig.of(kafka), enrichment);
    }

    private Relay start(RelayConfig config, Enrichment enrichment) {
        Relay relay = relay(postgres, log.recent(), config, enrichment);
        open.add(relay);
        relay.start();
        return relay;
    }

    private static Relay relay(
            TestDatabase database,
            RecentRecords recent,
            RelayConfig config,
            Enrichment enrichment) {
        PGSimpleDataSource sessions = new PGSimpleDataSource();
        sessions.setUrl(database.endpoint().jdbcUrl());
        sessions.setUser(database.endpoint().user());
        sessions.setPassword(database.endpoint().password());
        return new Relay(
                config, new LogReader(database.dataSource()), recent, sessions, enrichment);
    }

    private Published published(String kafka) {
        Published published = new Published(kafka);
        open.add(published);
        return published;
    }

    private void closePublished() {
        open.removeIf(
                each -> {
                    if (each instanceof Published published) {
                        published.close();
                        return true;
                    }
                    return false;
                });
    }

    private void append(int events) {
        List<NewEvent> batch = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            batch.add(event(++appended));
        }
        if (!batch.isEmpty()) {
            log.append(batch);
        }
    }

    /** Of all types and many keys, so that all partitions of some topics have something. */
    private static NewEvent event(int id) {
        EventType type = TYPES.get(id % TYPES.size());
        return new NewEvent(
                new UUID(0, id),
                "wallet",
                "v" + id,
                0,
                type.typeName(),
                EventCodec.encode(
                        Samples.of(type, "viewer" + id % 37, "live" + id % 23, "c" + id % 5)),
                WHEN);
    }

    private static void await(Callable<Boolean> condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        try {
            while (!condition.call()) {
                assertThat(System.nanoTime()).as("within 60 s").isLessThan(deadline);
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
