package dev.confetti.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

class EnginesTest {
    private static final TopicPartition PARTITION = new TopicPartition("kept", 0);

    @TempDir Path data;

    @Test
    void aRestartGoesOnWithTheSameDataAndNoProcessStays() throws Exception {
        List<Long> pids;
        try (Engines engines = Engines.start(EnginesConfig.onFreePorts(data))) {
            pids = enginePids(data);
            write(engines);
        }
        assertThat(pids).hasSize(2).noneMatch(EnginesTest::isRunning);
        assertThat(data.resolve("postgres/data/postmaster.pid")).doesNotExist();

        try (Engines engines = Engines.start(EnginesConfig.onFreePorts(data))) {
            assertKept(engines);
        }
    }

    @Test
    void aStartAfterAKillEndsTheOrphansAndKeepsTheData() throws Exception {
        Process killed =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                WritingPlatform.class.getName(),
                                data.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        List<Long> orphans;
        try (var output = killed.inputReader()) {
            String line = output.readLine();
            while (line != null && !line.equals(WritingPlatform.WRITTEN)) {
                line = output.readLine();
            }
            assertThat(line).isEqualTo(WritingPlatform.WRITTEN);
            orphans = enginePids(data);
        } finally {
            killed.destroyForcibly();
            assertThat(killed.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(orphans).hasSize(2).allMatch(EnginesTest::isRunning);

        try (Engines engines = Engines.start(EnginesConfig.onFreePorts(data))) {
            assertThat(orphans).noneMatch(EnginesTest::isRunning);
            assertKept(engines);
        }
    }

    @Test
    void aStrangersProcessIdInTheRecordIsLeftAlone() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            for (String engine : List.of("postgres", "redis")) {
                Files.createDirectories(data.resolve(engine));
                Files.writeString(
                        data.resolve(engine).resolve("process"), Long.toString(stranger.pid()));
            }
            Engines.start(EnginesConfig.onFreePorts(data)).close();
            // PostgreSQL itself would refuse: it believes the number.
            Files.writeString(data.resolve("postgres/data/postmaster.pid"), stranger.pid() + "\n");
            Engines.start(EnginesConfig.onFreePorts(data)).close();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void enginesRunInSessionsOfTheirOwn() throws Exception {
        try (Engines engines = Engines.start(EnginesConfig.onFreePorts(data))) {
            assertThat(engines.redisUrl()).isNotNull();
            for (long pid : enginePids(data)) {
                Process ps =
                        new ProcessBuilder("ps", "-o", "sess=", "-p", Long.toString(pid)).start();
                try (var output = ps.inputReader()) {
                    assertThat(output.readLine()).isNotNull().matches("\\s*" + pid + "\\s*");
                }
            }
        }
    }

    @Test
    void aPortInUseIsNamedTogetherWithItsEngineAndTheWayOut() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertPortRefused("PostgreSQL", port, new int[] {port, 0, 0});
            assertPortRefused("Kafka", port, new int[] {0, port, 0});
            assertPortRefused("Redis", port, new int[] {0, 0, port});
        }
    }

    @Test
    void twoPlatformsCannotShareADataFolder() {
        try (DataFolder held = DataFolder.take(data)) {
            assertThatThrownBy(() -> Engines.start(EnginesConfig.onFreePorts(held.path())))
                    .isInstanceOf(EngineException.class)
                    .hasMessage(
                            "data folder "
                                    + data
                                    + " is in use by another Confetti (process "
                                    + ProcessHandle.current().pid()
                                    + "): stop that one, or choose another folder with --data DIR");
        }
    }

    @Test
    void givenServersAreUsedInsteadOfEmbeddedOnes() throws Exception {
        PostgresEndpoint postgres = TestEngines.freshPostgres();
        String kafka = TestEngines.freshKafka();
        var redis = TestEngines.freshRedis();
        EnginesConfig config = new EnginesConfig(data, 0, 0, 0, postgres, kafka, redis);
        try (Engines engines = Engines.start(config)) {
            assertThat(engines.postgres()).isEqualTo(postgres);
            assertThat(engines.kafkaBootstrap()).isEqualTo(kafka);
            assertThat(engines.redisUrl()).isEqualTo(redis);
            assertThat(data.resolve("postgres")).doesNotExist();
            write(engines);
        }
        assertThat(kept(postgres)).isEqualTo(42);
    }

    @Test
    void anUnreachableServerIsNamed() {
        int nobody = Ports.free();
        PostgresEndpoint postgres =
                PostgresEndpoint.parse(
                        "postgresql://a:secret@127.0.0.1:" + nobody + "/x", null, null);
        EnginesConfig config =
                new EnginesConfig(
                        data, 0, 0, 0, postgres, "127.0.0.1:" + nobody, TestEngines.freshRedis());
        assertThatThrownBy(() -> Engines.start(config))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("PostgreSQL at jdbc:postgresql://127.0.0.1:" + nobody + "/x")
                .hasMessageNotContaining("secret");
    }

    @Test
    void anInterruptedStartLeavesNothingBehind() throws Exception {
        Thread start =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        Engines.start(EnginesConfig.onFreePorts(data)).close();
                                    } catch (EngineException e) {
                                        // Called off.
                                    }
                                });
        Path record = data.resolve("postgres").resolve("process");
        assertThat(Waiting.until(() -> Files.exists(record), 60_000)).isTrue();
        start.interrupt();
        assertThat(start.join(Duration.ofSeconds(60))).isTrue();
        assertThat(record).doesNotExist();
        assertThat(data.resolve("redis").resolve("process")).doesNotExist();
        DataFolder.take(data).close();
    }

    private void assertPortRefused(String engine, int port, int[] ports) {
        assertThatThrownBy(
                        () ->
                                Engines.start(
                                        new EnginesConfig(
                                                data, ports[0], ports[1], ports[2], null, null,
                                                null)))
                .isInstanceOf(EngineException.class)
                .hasMessageMatching(
                        engine
                                + " cannot listen on 127\\.0\\.0\\.1:"
                                + port
                                + " \\(.*\\): stop what uses the port, or move all ports with"
                                + " --port-offset N");
    }

    static void write(Engines engines) throws Exception {
        try (Connection connection = engines.postgres().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept AS SELECT 42 AS value");
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", engines.kafkaBootstrap()))) {
            admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                    .all()
                    .get(60, TimeUnit.SECONDS);
        }
        Map<String, Object> settings = Map.of("bootstrap.servers", engines.kafkaBootstrap());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("kept", "key", "42")).get(60, TimeUnit.SECONDS);
        }
        try (Jedis jedis = new Jedis(engines.redisUrl())) {
            jedis.set("kept", "42");
        }
    }

    private static void assertKept(Engines engines) throws Exception {
        assertThat(kept(engines.postgres())).isEqualTo(42);
        try (Jedis jedis = new Jedis(engines.redisUrl())) {
            assertThat(jedis.get("kept")).isEqualTo("42");
        }
        Map<String, Object> settings = Map.of("bootstrap.servers", engines.kafkaBootstrap());
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            List<String> values = new ArrayList<>();
            assertThat(
                            Waiting.until(
                                    () -> {
                                        for (ConsumerRecord<String, String> found :
                                                consumer.poll(Duration.ofMillis(200))) {
                                            values.add(found.value());
                                        }
                                        return !values.isEmpty();
                                    },
                                    60_000))
                    .isTrue();
            assertThat(values).containsExactly("42");
        }
    }

    private static int kept(PostgresEndpoint postgres) throws Exception {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT value FROM kept")) {
            assertThat(found.next()).isTrue();
            return found.getInt(1);
        }
    }

    private static List<Long> enginePids(Path data) throws Exception {
        List<Long> pids = new ArrayList<>();
        for (String engine : List.of("postgres", "redis")) {
            pids.add(Long.parseLong(Files.readString(data.resolve(engine).resolve("process"))));
        }
        return pids;
    }

    private static boolean isRunning(long pid) {
        return ProcessHandle.of(pid).filter(process -> !Signals.isGone(process)).isPresent();
    }
}
