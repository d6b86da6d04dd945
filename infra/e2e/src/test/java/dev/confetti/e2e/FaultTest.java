package dev.confetti.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.confetti.e2e.ServiceProcess.Service;
import dev.confetti.engines.KafkaProcess;
import dev.confetti.engines.TestEngines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Engines and services that die, pause, fill up or hang in a storm of gifts: whatever was accepted
 * is there once, nothing else is, and log, topics, ledger and boards agree.
 *
 * <p>Takes two or three minutes; {@code ./mvnw verify -Dconfetti.faults=false} leaves it out.
 */
@DisabledIfSystemProperty(
        named = "confetti.faults",
        matches = "false",
        disabledReason = "-Dconfetti.faults=false")
class FaultTest {
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "CONFETTI_POLICY_SENDSPERSECOND", "1000",
                    "CONFETTI_POLICY_PUBLISHERLEASE", "PT10M",
                    "MANAGEMENT_ENDPOINT_HEALTH_SHOWDETAILS", "always");

    /** For the names of processes. */
    private static final AtomicInteger COUNT = new AtomicInteger();

    @TempDir static Path folder;

    private static final List<ServiceProcess> GIFTS = new ArrayList<>();
    private static final List<AutoCloseable> STARTED = new ArrayList<>();
    private static OwnPostgres postgres;
    private static KafkaProcess broker;
    private static Deployment deployment;
    private static String liveId;

    @BeforeAll
    static void start() throws Exception {
        // PostgreSQL may run as another user, who must be able to come in.
        assertThat(folder.toFile().setExecutable(true, false)).isTrue();
        postgres = started(OwnPostgres.start(folder.resolve("postgres")));
        broker = started(KafkaProcess.start(folder.resolve("kafka")));
        deployment =
                new Deployment(
                        folder, postgres.endpoint(), broker.bootstrap(), TestEngines.freshRedis());
        GIFTS.add(startGifts());
        GIFTS.add(startGifts());
        ServiceProcess ledger = started(deployment.start(Service.LEDGER, "fault-ledger", Map.of()));
        ServiceProcess boards = started(deployment.start(Service.BOARDS, "fault-boards", Map.of()));
        for (ServiceProcess each : List.of(GIFTS.get(0), GIFTS.get(1), ledger, boards)) {
            each.awaitHealthy();
        }
        liveId = activeLive();
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each : STARTED.reversed()) {
            each.close();
        }
    }

    /** A test may have left one service dead. */
    @BeforeEach
    void startWhatIsMissing() throws Exception {
        for (int i = 0; i < GIFTS.size(); i++) {
            if (!GIFTS.get(i).isAlive()) {
                GIFTS.set(i, startGifts().awaitHealthy());
            }
        }
    }

    @Test
    void aKilledPostgresLosesNothingAndTheServicesGoOnWhenItIsBack() throws Exception {
        Storm storm = Storm.at(GIFTS, liveId, "postgres").awaitMore(50);

        postgres.kill();
        storm.awaitRefusal(503);
        postgres.startAgain();

        storm.awaitMore(50).end(503).assertOnceEach(GIFTS.getFirst());
        new Proof(deployment).holds();
    }

    @Test
    void giftsAreAcceptedWhileTheBrokerIsDeadAndGoOutWhenItIsBack() throws Exception {
        Storm storm = Storm.at(GIFTS, liveId, "broker").awaitMore(50);

        broker.kill();
        storm.awaitMore(100);
        broker.startAgain();

        storm.awaitMore(50).end().assertOnceEach(GIFTS.getFirst());
        new Proof(deployment).holds();
    }

    @Test
    void aPausedLeaderThatComesBackAfterItsSuccessorPublishesNothingTwice() throws Exception {
        ServiceProcess leader = awaitLeader(GIFTS);
        ServiceProcess other = GIFTS.get(leader == GIFTS.getFirst() ? 1 : 0);
        Storm storm = Storm.at(List.of(other), liveId, "pause").awaitMore(50);

        leader.pause();
        try {
            awaitLeader(List.of(other));
            storm.awaitMore(50);
        } finally {
            leader.goOn();
        }

        storm.awaitMore(50).end().assertOnceEach(leader);
        new Proof(deployment).holds();
        assertThat(isLeading(leader)).isFalse();
    }

    @Test
    void theOtherServiceTakesOverFromAKilledLeader() throws Exception {
        ServiceProcess leader = awaitLeader(GIFTS);
        ServiceProcess other = GIFTS.get(leader == GIFTS.getFirst() ? 1 : 0);
        Storm storm = Storm.at(GIFTS, liveId, "leader").awaitMore(50);

        leader.kill();
        awaitLeader(List.of(other));

        storm.awaitMore(50).end().assertOnceEach(other);
        assertThat(storm.unanswered()).isPositive();
        new Proof(deployment).holds();
    }

    @Test
    void aTransactionHeldOpenWhileLaterOnesCommitHidesNothingFromAnyProjection() throws Exception {
        Storm storm = Storm.at(GIFTS, liveId, "open").awaitMore(50);
        try (Connection connection = deployment.postgres().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // It has a transaction id and has written, as an append that is late would have.
            statement.execute(
                    "insert into domain.event_text (event_id, field, key_id, sealed) values ('"
                            + UUID.randomUUID()
                            + "', 'late', 0, '')");

            storm.awaitMore(150).end().assertOnceEach(GIFTS.getFirst());
            new Proof(deployment).holds();
            connection.commit();
        }
        new Proof(deployment).holds();
    }

    @Test
    void aFullDiskIsRefusedClearlyAndLosesNothing() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("small-disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=24m,mode=700", "tmpfs", disk))
                .as("mounting a small disk, which only root may do")
                .isZero();
        try {
            Files.setOwner(disk, Files.getOwner(postgres.folder().resolve("data")));
            sql("create tablespace small location '" + disk + "'");
            sql("alter table domain.event_log set tablespace small");
            Storm storm = Storm.at(GIFTS, liveId, "disk").awaitMore(50);

            Path ballast = disk.resolve("ballast");
            fill(ballast);
            storm.awaitRefusal(503);
            Files.delete(ballast);

            storm.awaitMore(50).end(503).assertOnceEach(GIFTS.getFirst());
            new Proof(deployment).holds();
        } finally {
            sql("alter table domain.event_log set tablespace pg_default");
            sql("drop tablespace if exists small");
            assertThat(run("umount", disk)).isZero();
        }
    }

    private static void fill(Path ballast) throws IOException {
        byte[] page = new byte[4096];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(page);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left on device");
        }
    }

    private static void sql(String statement) throws Exception {
        try (Connection connection = deployment.postgres().connect();
                Statement execute = connection.createStatement()) {
            execute.execute(statement);
        }
    }

    private static int run(Object... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        for (Object word : command) {
            words.add(word.toString());
        }
        try {
            Process process =
                    new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException notThere) {
            return -1;
        }
    }

    private static ServiceProcess startGifts() throws IOException {
        return started(
                deployment.start(
                        Service.GIFTS, "fault-gifts-" + COUNT.incrementAndGet(), SETTINGS));
    }

    private static <T extends AutoCloseable> T started(T part) {
        STARTED.add(part);
        return part;
    }

    /** A live that counts as published: what the gateway would say is said here. */
    private static String activeLive() throws Exception {
        ServiceProcess gifts = GIFTS.getFirst();
        Api.Answer live =
                Api.as(gifts, "creator-7", "Ada", "creator")
                        .post("/v1/lives", null, "{\"title\":\"Storm\",\"tags\":[]}")
                        .expect(201);
        Api gateway = new Api(gifts, "what-gateways-show");
        String publisher = UUID.randomUUID().toString();
        String publishers = "/internal/v1/lives/" + live.text("liveId") + "/publishers";
        gateway.post(
                        publishers,
                        null,
                        "{\"streamKey\":\"%s\",\"publisherId\":\"%s\"}"
                                .formatted(live.text("streamKey"), publisher))
                .expect(200);
        gateway.post(publishers + "/" + publisher + "/started", null, "").expect(200);
        return live.text("liveId");
    }

    private static ServiceProcess awaitLeader(List<ServiceProcess> among) {
        List<ServiceProcess> leaders = new ArrayList<>();
        Stage.await(
                "a leader of the relay",
                () -> {
                    for (ServiceProcess each : among) {
                        if (isLeading(each)) {
                            leaders.add(each);
                            return true;
                        }
                    }
                    return false;
                });
        return leaders.getFirst();
    }

    private static boolean isLeading(ServiceProcess gifts)
            throws IOException, InterruptedException {
        return Api.anonymous(gifts)
                .get("/actuator/health")
                .body()
                .toString()
                .contains("\"relay\":\"leading\"");
    }
}
