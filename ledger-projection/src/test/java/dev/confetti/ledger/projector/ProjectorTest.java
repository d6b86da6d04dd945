package dev.confetti.ledger.projector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.engines.TestEngines;
import dev.confetti.events.LogReader;
import dev.confetti.ledger.LedgerAudit;
import dev.confetti.ledger.LedgerAuditReport;
import dev.confetti.ledger.LedgerDatabaseFixture;
import dev.confetti.ledger.LedgerExpectation;
import dev.confetti.ledger.ModelLedger;
import dev.confetti.ledger.RandomEvents;
import dev.confetti.ledger.Samples;
import dev.confetti.ledger.TestLog;
import dev.confetti.ledger.Waiting;
import dev.confetti.ledger.journal.SourceEvent;
import dev.confetti.ledger.projector.ProjectorStatus.Phase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProjectorTest {
    private final String bootstrap = TestEngines.freshKafka();
    private final LedgerDatabaseFixture ledger = new LedgerDatabaseFixture();
    private final TestLog log = new TestLog(bootstrap);
    private @Nullable Projector projector;

    @BeforeEach
    void createTopics() throws Exception {
        TestLog.createTopics(bootstrap);
        TestLog.createTable(ledger.dataSource);
    }

    @AfterEach
    void close() {
        stop();
        log.close();
    }

    @Test
    void shuffledPartitionsRepeatsRestartsAndKilledConnectionsLoseAndDoubleNothing()
            throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<SourceEvent> events = Samples.numbered(new RandomEvents(seed, 60).next(12_000));
        TestLog.append(ledger.dataSource, events);
        start(true);
        Map<TopicPartition, ArrayDeque<ProducerRecord<byte[], byte[]>>> waiting = new HashMap<>();
        for (SourceEvent event : events) {
            waiting.computeIfAbsent(TestLog.partition(event), p -> new ArrayDeque<>())
                    .add(log.record(event));
        }
        List<TopicPartition> partitions = new ArrayList<>(waiting.keySet());
        while (!partitions.isEmpty()) {
            TopicPartition partition = partitions.get(random.nextInt(partitions.size()));
            ArrayDeque<ProducerRecord<byte[], byte[]>> records = waiting.get(partition);
            for (int n = random.nextInt(400); n > 0 && records != null && !records.isEmpty(); n--) {
                ProducerRecord<byte[], byte[]> record = records.remove();
                log.send(record);
                if (random.nextInt(50) == 0) {
                    log.send(record);
                }
            }
            log.flush();
            if (records == null || records.isEmpty()) {
                partitions.remove(partition);
            }
            if (random.nextInt(6) == 0) {
                killConnections();
            }
            if (random.nextInt(12) == 0) {
                stop();
                start(random.nextBoolean());
            }
        }
        LedgerAuditReport report =
                new LedgerAudit(ledger.dataSource).at(12_000, Duration.ofMinutes(2));
        assertThat(report.verification().holds())
                .as("seed %d: %s", seed, report.verification())
                .isTrue();
        assertThat(report.state().chain())
                .as("seed %d", seed)
                .isEqualTo(new ModelLedger(events).entries().getLast().hash());
        assertThat(
                        report.state()
                                .differences(
                                        LedgerExpectation.fold(
                                                new LogReader(ledger.dataSource), 12_000)))
                .as("seed %d", seed)
                .isEmpty();
        Waiting.until(
                () -> {
                    assertThat(status().caughtUp()).isTrue();
                    assertThat(status().lagRecords()).isZero();
                });
    }

    @Test
    void whatKafkaHasForgottenIsReadFromTheLog() throws Exception {
        List<SourceEvent> events = Samples.numbered(new RandomEvents(1, 10).next(600));
        TestLog.append(ledger.dataSource, events);
        log.publish(events.subList(0, 500));
        log.forgetAll();
        log.publish(events.subList(500, 600));
        start(true);
        assertThat(
                        new LedgerAudit(ledger.dataSource)
                                .at(600, Duration.ofSeconds(90))
                                .verification()
                                .holds())
                .isTrue();
        assertThat(ledger.value("select encode(chain, 'hex') from source_position"))
                .isEqualTo(new ModelLedger(events).entries().getLast().hash().toString());
        SourceEvent next = Samples.source(601, Samples.grant(90_000, "v1", 5));
        log.publish(List.of(next));
        new LedgerAudit(ledger.dataSource).at(601, Duration.ofSeconds(90));
    }

    @Test
    void withoutTheLogItSaysWhatKafkaLacks() throws Exception {
        List<SourceEvent> events = Samples.numbered(new RandomEvents(1, 10).next(100));
        log.publish(events.subList(0, 50));
        log.forgetAll();
        log.publish(events.subList(50, 100));
        start(false);
        Waiting.until(
                () -> {
                    assertThat(status().phase()).isEqualTo(Phase.RETRYING);
                    assertThat(status().reason())
                            .contains("Kafka lacks events")
                            .contains("confetti.ledger.log-postgres-url");
                });
        assertThat(ledger.value("select position from source_position")).isEqualTo("0");
    }

    @Test
    void whatNeverComesIsReadFromTheLogThoughNothingFollowsItInItsPartition() throws Exception {
        TestLog.append(ledger.dataSource, publishedWithoutTheThird());
        start(true, Duration.ofMillis(300));
        assertThat(
                        new LedgerAudit(ledger.dataSource)
                                .at(8, Duration.ofSeconds(60))
                                .verification()
                                .holds())
                .isTrue();
    }

    @Test
    void withoutTheLogItSaysWhatNeverComes() throws Exception {
        publishedWithoutTheThird();
        start(false, Duration.ofMillis(300));
        Waiting.until(
                () -> {
                    assertThat(status().phase()).isEqualTo(Phase.RETRYING);
                    assertThat(status().reason())
                            .contains("position 3 does not come, while 5 later ones wait");
                });
        assertThat(ledger.value("select position from source_position")).isEqualTo("2");
    }

    /** The third has a wallet's topic, the later ones that of gifts. */
    private List<SourceEvent> publishedWithoutTheThird() {
        List<SourceEvent> events = Samples.numbered(Samples.example());
        log.publish(events.subList(0, 2));
        log.publish(events.subList(3, 8));
        return events;
    }

    @Test
    void anUnknownTypeStopsTheLedgerBeforeIt() {
        List<SourceEvent> events = Samples.numbered(Samples.example());
        log.publish(events.subList(0, 3));
        ProducerRecord<byte[], byte[]> unknown = log.record(events.get(3));
        unknown.headers()
                .remove("ce_type")
                .add("ce_type", "confetti.moon-landed.v1".getBytes(StandardCharsets.UTF_8));
        log.send(unknown);
        log.publish(events.subList(4, 8));
        start(true);
        assertStoppedAfter(3, "position 4", "event type \"confetti.moon-landed.v1\"");
    }

    @Test
    void aBrokenPayloadStopsTheLedgerBeforeIt() {
        List<SourceEvent> events = Samples.numbered(Samples.example());
        log.publish(events.subList(0, 2));
        ProducerRecord<byte[], byte[]> sound = log.record(events.get(2));
        log.send(
                new ProducerRecord<>(
                        sound.topic(),
                        sound.partition(),
                        sound.key(),
                        "{\"coins\":\"many\"}".getBytes(StandardCharsets.UTF_8),
                        sound.headers()));
        log.flush();
        start(true);
        assertStoppedAfter(2, "position 3, record confetti.coins-", "got {\"coins\":\"many\"}");
    }

    @Test
    void aRecordThatIsNoEventStopsTheLedger() {
        log.publish(Samples.numbered(Samples.example()).subList(0, 2));
        log.send(new ProducerRecord<>("confetti.finance", 3, null, new byte[] {1, 2, 3}));
        log.flush();
        start(true);
        Waiting.until(() -> assertThat(status().phase()).isEqualTo(Phase.STOPPED));
        assertThat(status().reason()).contains("confetti.finance-3").contains("ce_specversion");
    }

    private void assertStoppedAfter(long position, String... reasons) {
        Waiting.until(() -> assertThat(status().phase()).isEqualTo(Phase.STOPPED));
        assertThat(status().position()).isEqualTo(position);
        assertThat(status().reason()).contains(reasons);
    }

    private void killConnections() throws Exception {
        ledger.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where datname = current_database() and pid <> pg_backend_pid()");
    }

    private ProjectorStatus status() {
        Projector running = projector;
        return running == null ? ProjectorStatus.STARTING : running.status();
    }

    private void start(boolean withLog) {
        start(withLog, Duration.ofSeconds(30));
    }

    private void start(boolean withLog, Duration stallTimeout) {
        Projector started =
                new Projector(
                        bootstrap,
                        ledger.transactions,
                        null,
                        withLog ? new LogReader(ledger.dataSource) : null,
                        stallTimeout);
        started.start();
        projector = started;
    }

    private void stop() {
        Projector running = projector;
        if (running != null) {
            running.close();
        }
    }
}
