package dev.confetti.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.fake.FakeControl;
import dev.confetti.gateway.fake.HttpTestClient;
import dev.confetti.gateway.fake.RtmpTestClient;
import dev.confetti.gateway.fake.TestGateway;
import dev.confetti.gateway.fake.TestMedia;
import dev.confetti.gateway.fake.Waiting;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many requests on one connection, over real sockets. */
class KeepAliveTest {
    private static final String HEALTH = "GET /actuator/health HTTP/1.1\r\nHost: a\r\n\r\n";

    private StreamGateway gateway;

    @BeforeEach
    void start() throws Exception {
        start(TestGateway.patientLimits());
    }

    private void start(dev.confetti.gateway.limits.Limits limits) throws Exception {
        gateway =
                StreamGateway.start(
                        TestGateway.config(limits), new SimpleMeterRegistry(), new FakeControl());
    }

    @AfterEach
    void stop() throws Exception {
        Waiting.until("all connections are gone", () -> gateway.meters().connections.get() == 0);
        gateway.close();
    }

    @Test
    void oneConnectionAsksForManyThings() throws Exception {
        try (HttpTestClient client = HttpTestClient.open(gateway.mediaPort())) {
            for (int i = 0; i < 3; i++) {
                HttpTestClient.Answer health = client.ask("/actuator/health");
                assertThat(health.text()).isEqualTo("{\"status\":\"DOWN\"}");
                assertThat(health.header("connection")).isEmpty();
                assertThat(health.header("cache-control")).isEqualTo("no-store");
                assertThat(client.ask("/live/nobody.flv").status()).isEqualTo(404);
                assertThat(client.ask("/nothing").status()).isEqualTo(404);
            }
            client.raw("OPTIONS /live/a.flv HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.nextHead()).startsWith("HTTP/1.1 204");
            client.raw("HEAD /actuator/health HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.nextHead()).contains("content-length: 17");
            client.raw("POST /actuator/health HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.answer().header("allow")).isEqualTo("GET, HEAD, OPTIONS");
            assertThat(client.ask("/actuator/health").status()).isEqualTo(503);
        }
    }

    @Test
    void requestsThatComeTogetherAreAnsweredInTheirOrder() throws Exception {
        try (HttpTestClient client = HttpTestClient.open(gateway.mediaPort())) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 60; i++) {
                requests.append("GET /live/n").append(i).append(".flv HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            client.raw(requests.toString());
            for (int i = 0; i < 60; i++) {
                assertThat(client.answer().text()).contains("live \\\"n" + i + "\\\"");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1, close, close",
        "HTTP/1.0, none, close",
        "HTTP/1.0, keep-alive, keep-alive",
    })
    void theConnectionEndsWhereTheClientWantsIt(String version, String asked, String answered)
            throws Exception {
        try (HttpTestClient client = HttpTestClient.open(gateway.mediaPort())) {
            client.raw(
                    "GET /actuator/health %s\r\nHost: a\r\nConnection: %s\r\n\r\n%s"
                            .formatted(version, asked, HEALTH));
            HttpTestClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(503);
            if (answered.equals("close")) {
                assertThat(answer.header("connection")).isIn("close", "");
                assertThat(client.rest()).as("what came after it").isEmpty();
            } else {
                assertThat(answer.header("connection")).isEqualTo("keep-alive");
                assertThat(client.answer().status()).isEqualTo(503);
            }
        }
    }

    @Test
    void afterARefusalForItsFormNothingMoreIsRead() throws Exception {
        try (HttpTestClient client = HttpTestClient.open(gateway.mediaPort())) {
            client.raw(HEALTH + "GET /../x HTTP/1.1\r\nHost: a\r\n\r\n" + HEALTH);
            assertThat(client.answer().status()).isEqualTo(503);
            HttpTestClient.Answer refused = client.answer();
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.header("connection")).isEqualTo("close");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void aBodyThatIsTooLongIsRefusedInItsTurn() throws Exception {
        try (HttpTestClient client = HttpTestClient.open(gateway.mediaPort())) {
            client.raw(HEALTH + "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(503);
            assertThat(client.answer().status()).isEqualTo(400);
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void mediaWithoutEndTakesTheConnectionOver() throws Exception {
        try (RtmpTestClient publisher = RtmpTestClient.connect(gateway.rtmpPort())) {
            publisher.publish("live1?key=key-live1");
            publisher.sendHeaders();
            publisher.message(9, 0, TestMedia.keyFrame(1));
            Waiting.until("the stream is there", () -> gateway.streams().find("live1") != null);
            try (HttpTestClient client = HttpTestClient.open(gateway.mediaPort())) {
                assertThat(client.ask("/actuator/health").status()).isEqualTo(503);
                client.raw(
                        HEALTH
                                + "GET /live/live1.flv HTTP/1.1\r\nHost: a\r\n\r\n"
                                + HEALTH
                                + HEALTH);
                assertThat(client.answer().status()).isEqualTo(503);
                assertThat(client.nextHead()).contains("video/x-flv");
                client.flvHeader();
                client.tagsThrough(1);
                publisher.message(9, 40, TestMedia.interFrame(2));
                assertThat(client.tagsThrough(2)).hasSize(1);
            }
            try (HttpTestClient client = HttpTestClient.open(gateway.mediaPort())) {
                assertThat(client.ask("/actuator/health").status()).isEqualTo(503);
                client.raw(HttpTestClient.upgrade("/live/live1.flv"));
                assertThat(client.nextHead()).contains("101 Switching Protocols");
                assertThat(client.bytes(1)[0]).isEqualTo((byte) 0x82);
            }
        }
    }

    @Test
    void aConnectionThatAsksNothingMoreIsClosed() throws Exception {
        stop();
        start(TestGateway.idleLimits());
        try (HttpTestClient idle = HttpTestClient.open(gateway.mediaPort());
                HttpTestClient slow = HttpTestClient.open(gateway.mediaPort())) {
            assertThat(idle.ask("/actuator/health").status()).isEqualTo(503);
            assertThat(slow.ask("/actuator/health").status()).isEqualTo(503);
            slow.raw("GET /actuator/he");
            assertThat(idle.closedByServer()).isTrue();
            assertThat(slow.closedByServer()).isTrue();
        }
    }
}
