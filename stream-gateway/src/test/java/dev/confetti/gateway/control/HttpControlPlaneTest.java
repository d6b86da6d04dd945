package dev.confetti.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpControlPlaneTest {
    private static final UUID ID = new UUID(0, 1);
    private static final String PUBLISHER = "/internal/v1/lives/a/publishers/" + ID;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String body = "{\"leaseMs\":10000}";
    private HttpServer server;
    private HttpControlPlane control;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    requests.add(
                            exchange.getRequestMethod()
                                    + " "
                                    + exchange.getRequestURI()
                                    + " "
                                    + exchange.getRequestHeaders().getFirst("Authorization")
                                    + " "
                                    + new String(
                                            exchange.getRequestBody().readAllBytes(),
                                            StandardCharsets.UTF_8));
                    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        server.start();
        control =
                new HttpControlPlane(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"),
                        "secret");
    }

    @AfterEach
    void stop() {
        control.close();
        server.stop(0);
    }

    @Test
    void requestsAreThoseOfTheService() throws Exception {
        assertThat(get(control.authorise("a", "k\"ey", ID))).isEqualTo(new Answer.Granted(10_000));
        assertThat(get(control.renew("a", ID, 12))).isEqualTo(new Answer.Granted(10_000));
        body = "";
        assertThat(get(control.started("a", ID))).isEqualTo(new Answer.Granted(0));
        assertThat(get(control.gone("a", ID))).isEqualTo(new Answer.Granted(0));
        assertThat(requests.getFirst())
                .startsWith("POST /internal/v1/lives/a/publishers Bearer secret {")
                .contains("\"streamKey\":\"k\\\"ey\"")
                .contains("\"publisherId\":\"" + ID + "\"");
        assertThat(requests.subList(1, 4))
                .containsExactly(
                        "PUT " + PUBLISHER + "/lease Bearer secret {\"viewers\":12}",
                        "POST " + PUBLISHER + "/started Bearer secret ",
                        "DELETE " + PUBLISHER + " Bearer secret ");
    }

    @Test
    void refusalsCarryTheirReason() throws Exception {
        assertRefused(403, "wrong-stream-key", Answer.Refusal.WRONG_KEY);
        assertRefused(404, "unknown-live", Answer.Refusal.UNKNOWN_LIVE);
        assertRefused(409, "live-ended", Answer.Refusal.LIVE_ENDED);
        assertRefused(409, "publisher-replaced", Answer.Refusal.REPLACED);
        assertRefused(400, "malformed-request", Answer.Refusal.OTHER);
    }

    private void assertRefused(int newStatus, String type, Answer.Refusal why) throws Exception {
        status = newStatus;
        body =
                "{\"type\":\"https://confetti.example/problems/"
                        + type
                        + "\",\"detail\":\"because\"}";
        assertThat(get(control.authorise("a", "k", ID)))
                .isEqualTo(new Answer.Refused(why, "because"));
    }

    @Test
    void whatIsNoAnswerIsUnavailable() throws Exception {
        status = 503;
        assertThat(get(control.renew("a", ID, 1))).isInstanceOf(Answer.Unavailable.class);
        status = 401;
        assertThat(get(control.renew("a", ID, 1)))
                .isEqualTo(
                        new Answer.Unavailable(
                                "the service does not accept this gateway's service token"));
        status = 200;
        body = "<html>";
        assertThat(get(control.renew("a", ID, 1))).isInstanceOf(Answer.Unavailable.class);
        server.stop(0);
        assertThat(get(control.renew("a", ID, 1))).isInstanceOf(Answer.Unavailable.class);
    }

    private static Answer get(CompletionStage<Answer> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
