package dev.confetti.gateway.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.confetti.gateway.channel.Connection;
import dev.confetti.gateway.channel.Sending;
import dev.confetti.gateway.fake.Waiting;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Hooks, told to a real server that takes them or does not. */
class HttpHooksTest {
    private static final UUID ID = new UUID(0, 7);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<JsonNode> told = new CopyOnWriteArrayList<>();
    private final List<String> signatures = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final LongAdder failed = new LongAdder();
    private HttpServer server;
    private HttpHooks hooks;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", this::take);
        server.start();
        hooks =
                new HttpHooks(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook"),
                        "s3cret",
                        1,
                        failed);
    }

    @AfterEach
    void stop() {
        hooks.close();
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Integer status = answers.poll();
        if (status == null) {
            told.add(JSON.readTree(body));
            signatures.add(
                    exchange.getRequestHeaders().getFirst("X-Confetti-Signature")
                            + " "
                            + new String(body, StandardCharsets.UTF_8));
        }
        exchange.sendResponseHeaders(status == null ? 204 : status, -1);
        exchange.close();
    }

    @Test
    void comingAndGoingIsToldInOrderAndSigned() throws Exception {
        EmbeddedChannel channel = new EmbeddedChannel();
        Connection connection = Connection.open(channel, ID, Instant.now(), hooks);
        connection.began(Connection.Role.VIEWER, "http-flv", "live1", "player/1", "zoe");
        connection.sent(1000);
        connection.dropped(3);
        connection.ends("the live has ended");
        Sending.close(channel);

        Waiting.until("both are told", () -> told.size() == 2);
        assertThat(told)
                .extracting(body -> body.path("event").asString())
                .containsExactly("play", "stop");
        assertThat(told)
                .allSatisfy(
                        body -> {
                            assertThat(body.path("liveId").asString()).isEqualTo("live1");
                            assertThat(body.path("connectionId").asString())
                                    .isEqualTo(ID.toString());
                            assertThat(body.path("protocol").asString()).isEqualTo("http-flv");
                            assertThat(body.path("userAgent").asString()).isEqualTo("player/1");
                            assertThat(body.path("viewerId").asString()).isEqualTo("zoe");
                        });
        JsonNode stop = told.getLast();
        assertThat(stop.path("reason").asString()).isEqualTo("the live has ended");
        assertThat(stop.path("sentBytes").asLong()).isEqualTo(1000);
        assertThat(stop.path("droppedUnits").asLong()).isEqualTo(3);
        for (String signature : signatures) {
            int space = signature.indexOf(' ');
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] body = signature.substring(space + 1).getBytes(StandardCharsets.UTF_8);
            assertThat(signature.substring(0, space))
                    .isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(body)));
        }
    }

    @Test
    void whatFailsIsToldAgainBeforeWhatComesAfter() throws Exception {
        answers.addAll(List.of(500, 503));
        EmbeddedChannel channel = new EmbeddedChannel();
        Connection connection = Connection.open(channel, ID, Instant.now(), hooks);
        connection.began(Connection.Role.PUBLISHER, "rtmp", "live1", "", "");
        Sending.close(channel);

        Waiting.until("both are told", () -> told.size() == 2);
        assertThat(told)
                .extracting(body -> body.path("event").asString())
                .containsExactly("publish", "unpublish");
        assertThat(told).noneMatch(body -> body.has("viewerId"));
        assertThat(told.getLast().path("reason").asString()).isEqualTo("the peer went");
        assertThat(failed.sum()).isZero();
    }

    @Test
    void whatFailsThreeTimesIsGivenUpAndTheNextGoesOn() throws Exception {
        answers.addAll(List.of(500, 404, 500));
        EmbeddedChannel channel = new EmbeddedChannel();
        Connection connection = Connection.open(channel, ID, Instant.now(), hooks);
        connection.began(Connection.Role.VIEWER, "rtmp", "live1", "", "");
        Waiting.until("it is given up", () -> failed.sum() == 1);
        Sending.close(channel);

        Waiting.until("the end is told", () -> told.size() == 1);
        assertThat(told.getFirst().path("event").asString()).isEqualTo("stop");
    }

    @Test
    void whoCameForGiftsOnlyOrForNothingIsNotTold() throws Exception {
        EmbeddedChannel scanner = new EmbeddedChannel();
        Connection.open(scanner, new UUID(0, 1), Instant.now(), hooks);
        Sending.close(scanner);
        EmbeddedChannel listener = new EmbeddedChannel();
        Connection.open(listener, new UUID(0, 2), Instant.now(), hooks)
                .began(Connection.Role.GIFT_LISTENER, "sse-gifts", "live1", "", "");
        Sending.close(listener);
        EmbeddedChannel viewer = new EmbeddedChannel();
        Connection.open(viewer, ID, Instant.now(), hooks)
                .began(Connection.Role.VIEWER, "rtmp", "live1", "", "");

        Waiting.until("the viewer is told", () -> !told.isEmpty());
        assertThat(told)
                .extracting(body -> body.path("connectionId").asString())
                .containsOnly(ID.toString());
    }
}
