package dev.confetti.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.e2e.ServiceProcess.Service;
import dev.confetti.engines.Ports;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The modules as four processes that share nothing but engines and environment variables. */
class StandaloneServicesTest {
    private static final String LOG_LINE =
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\S+ (INFO|WARN) +\\[[^]]+\\] [\\w.$]+: .+";

    /** Processes that start at the same time. */
    private static final int AT_ONCE = 4;

    /** For the names of processes. */
    private static final AtomicInteger COUNT = new AtomicInteger();

    @TempDir static Path folder;

    private static Deployment deployment;

    @BeforeAll
    static void startEngines() {
        deployment = Deployment.onFreshEngines(folder);
    }

    @Test
    void aGiftGoesThroughFourProcessesWhichLogPlainLinesAndStopOnSigterm() throws Exception {
        int rtmpPort = Ports.free();
        int giftsPort = Ports.free();
        List<ServiceProcess> started = new ArrayList<>();
        try {
            ServiceProcess gifts =
                    start(
                            started,
                            Service.GIFTS,
                            Map.of(
                                    "CONFETTI_HTTP_PORT",
                                    "" + giftsPort,
                                    "CONFETTI_POLICY_SENDSPERSECOND",
                                    "7"));
            ServiceProcess ledger = start(started, Service.LEDGER, Map.of());
            ServiceProcess boards = start(started, Service.BOARDS, Map.of());
            ServiceProcess gateway =
                    start(
                            started,
                            Service.GATEWAY,
                            Map.of(
                                    "CONFETTI_SERVICE_URL",
                                    "http://127.0.0.1:" + giftsPort,
                                    "CONFETTI_RTMP_PORT",
                                    "" + rtmpPort));
            for (ServiceProcess each : started) {
                each.awaitHealthy();
            }

            assertThat(Api.anonymous(gifts).get("/v1/policies").expect(200).body().toString())
                    .contains("\"sendsPerSecond\":7");
            try (Stage stage = Stage.open(gifts, rtmpPort)) {
                walk(stage, gifts, ledger, boards, gateway);
            }
            for (ServiceProcess each : started) {
                assertThat(each.terminate()).as(each.toString()).isIn(0, 143);
                assertThat(each.stderr()).as(each.toString()).isEmpty();
                assertThat(each.stdout()).as(each.toString()).isNotEmpty();
                assertThat(each.stdout())
                        .as(each.toString())
                        .allSatisfy(line -> assertThat(line).matches(LOG_LINE));
            }
        } catch (Exception | AssertionError e) {
            for (ServiceProcess each : started) {
                System.err.println("== " + each + "\n" + each.said());
            }
            throw e;
        } finally {
            for (ServiceProcess each : started.reversed()) {
                each.close();
            }
        }
    }

    private static void walk(
            Stage stage,
            ServiceProcess gifts,
            ServiceProcess ledger,
            ServiceProcess boards,
            ServiceProcess gateway)
            throws Exception {
        Api viewer = Api.as(gifts, "path-viewer", "Zoë", "viewer");
        JsonNode packages = viewer.get("/v1/coin-packages").expect(200).body().path("packages");
        viewer.post(
                        "/v1/coin-purchases",
                        "buy",
                        "{\"packageId\":\"%s\",\"provider\":\"sandbox\"}"
                                .formatted(packages.get(0).path("packageId").asString()))
                .expect(201);
        try (CueWatch flv = CueWatch.open(gateway.http("/live/" + stage.liveId() + ".flv"))) {
            Api.Answer sent =
                    viewer.post(
                                    "/v1/gift-sends",
                                    "path-1",
                                    "{\"liveId\":\"%s\",\"giftId\":\"ant\",\"quantity\":3}"
                                            .formatted(stage.liveId()))
                            .expect(201);
            String giftSendId = sent.text("giftSendId");
            assertThat(flv.await(giftSendId))
                    .contains(
                            "\"viewerName\":\"Zoë\"", "\"animationUrl\":\"https://gifts.example/");

            Stage.await(
                    "the board",
                    () ->
                            Api.anonymous(boards)
                                    .get("/v1/leaderboards/live/" + stage.liveId())
                                    .body()
                                    .path("standings")
                                    .toString()
                                    .contains(
                                            "{\"rank\":1,\"member\":\"path-viewer\",\"name\":\"Zoë\",\"coins\":3}"));
            // The token is of the gift service, the answer of the ledger.
            Api finance = Api.as(gifts, "fin-1", "Fin", "finance").at(ledger);
            String entry = "/v1/ledger/entries/" + sent.number("position");
            Stage.await("the ledger", () -> finance.get(entry).status() == 200);
            assertThat(finance.get(entry).expect(200).text("eventId")).isEqualTo(giftSendId);
            assertThat(viewer.at(ledger).get(entry).status()).isEqualTo(403);
            for (ServiceProcess each : List.of(gifts, ledger, boards, gateway)) {
                Api.anonymous(each).get("/actuator/prometheus").expect(200);
            }
        }
    }

    /** What is wrong with a start: the variable, and what the one line on stderr must say. */
    private record Mistake(Service service, String variable, String value, String said) {}

    @Test
    void whatCannotStartSaysWhyInOneLineAndFails() throws Exception {
        String nobody = "127.0.0.1:" + Ports.free();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            List<Mistake> mistakes =
                    List.of(
                            new Mistake(Service.GIFTS, "CONFETTI_SERVICE_TOKEN", "", "expected"),
                            new Mistake(
                                    Service.GIFTS,
                                    "CONFETTI_HTTP_PORT",
                                    port,
                                    "expected a port that nobody uses"),
                            new Mistake(
                                    Service.GIFTS,
                                    "CONFETTI_POSTGRES_URL",
                                    "jdbc:postgresql://" + nobody + "/confetti",
                                    "expected a PostgreSQL that lets"),
                            new Mistake(
                                    Service.GIFTS,
                                    "CONFETTI_KAFKA_BOOTSTRAP",
                                    nobody,
                                    "expected HOST:PORT"),
                            new Mistake(
                                    Service.GIFTS,
                                    "CONFETTI_PUBLIC_URL",
                                    "gifts.example",
                                    "expected a URL of"),
                            new Mistake(
                                    Service.GIFTS,
                                    "CONFETTI_DEV_AUTH",
                                    "perhaps",
                                    "expected boolean"),
                            new Mistake(
                                    Service.GIFTS,
                                    "CONFETTI_BIND",
                                    "0.0.0.0",
                                    "expected CONFETTI_DEV_AUTH_ON_NETWORK"),
                            new Mistake(
                                    Service.LEDGER,
                                    "CONFETTI_POSTGRES_URL",
                                    "mysql://" + nobody + "/confetti",
                                    "expected jdbc:postgresql://HOST:PORT/DATABASE"),
                            new Mistake(
                                    Service.LEDGER,
                                    "CONFETTI_SIGN_IN_SECRET",
                                    "short",
                                    "a secret of 5 bytes"),
                            new Mistake(
                                    Service.LEDGER,
                                    "CONFETTI_SIGN_IN_ISSUER",
                                    "id.example",
                                    "expected http[s]://HOST[/PATH]"),
                            new Mistake(
                                    Service.LEDGER,
                                    "CONFETTI_HTTP_PORT",
                                    port,
                                    "expected a port that nobody uses"),
                            new Mistake(
                                    Service.BOARDS,
                                    "CONFETTI_REDIS_URL",
                                    "redis://" + nobody,
                                    "expected a Redis that answers"),
                            new Mistake(
                                    Service.BOARDS,
                                    "CONFETTI_REDIS_URL",
                                    "localhost",
                                    "expected redis[s]://"),
                            new Mistake(
                                    Service.BOARDS,
                                    "CONFETTI_KAFKA_BOOTSTRAP",
                                    "somewhere",
                                    "expected HOST:PORT"),
                            new Mistake(Service.GATEWAY, "CONFETTI_SERVICE_TOKEN", "", "expected"),
                            new Mistake(
                                    Service.GATEWAY,
                                    "CONFETTI_RTMP_PORT",
                                    port,
                                    "a port that nobody uses"),
                            new Mistake(
                                    Service.GATEWAY,
                                    "CONFETTI_SERVICE_URL",
                                    "http://a b",
                                    "expected http://HOST:PORT"),
                            new Mistake(
                                    Service.GATEWAY,
                                    "CONFETTI_KAFKA_BOOTSTRAP",
                                    nobody,
                                    "expected HOST:PORT"));
            for (int first = 0; first < mistakes.size(); first += AT_ONCE) {
                makeAll(mistakes.subList(first, Math.min(first + AT_ONCE, mistakes.size())));
            }
        }
    }

    private static void makeAll(List<Mistake> mistakes) throws Exception {
        List<ServiceProcess> started = new ArrayList<>();
        try {
            for (Mistake mistake : mistakes) {
                Map<String, String> given = new HashMap<>();
                if (mistake.variable().equals("CONFETTI_KAFKA_BOOTSTRAP")) {
                    given.put("CONFETTI_START_TIMEOUT", "PT1S");
                }
                given.put(mistake.variable(), mistake.value());
                start(started, mistake.service(), given);
            }
            for (int i = 0; i < mistakes.size(); i++) {
                assertSays(started.get(i), mistakes.get(i));
            }
        } finally {
            for (ServiceProcess each : started) {
                each.close();
            }
        }
    }

    private static void assertSays(ServiceProcess process, Mistake mistake) throws Exception {
        assertThat(process.awaitEnd()).as(mistake + ": " + process.said()).isEqualTo(1);
        assertThat(process.stderr()).as(mistake.toString()).hasSize(1);
        String refusal = process.stderr().getFirst();
        assertThat(refusal).contains(mistake.said());
        if (mistake.variable().matches(".*_(TOKEN|SECRET)")) {
            assertThat(refusal).contains(mistake.variable());
        } else {
            assertThat(refusal).contains(mistake.value());
        }
        assertThat(process.stdout())
                .as(mistake.toString())
                .allSatisfy(line -> assertThat(line).matches(LOG_LINE));
    }

    private static ServiceProcess start(
            List<ServiceProcess> started, Service service, Map<String, String> given)
            throws Exception {
        ServiceProcess process =
                deployment.start(service, service + "-" + COUNT.incrementAndGet(), given);
        started.add(process);
        return process;
    }
}
