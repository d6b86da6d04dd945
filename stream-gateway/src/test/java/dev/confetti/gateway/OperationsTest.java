package dev.confetti.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.confetti.gateway.channel.Connection;
import dev.confetti.gateway.fake.Cues;
import dev.confetti.gateway.fake.FakeControl;
import dev.confetti.gateway.fake.HttpTestClient;
import dev.confetti.gateway.fake.HttpTestClient.Answer;
import dev.confetti.gateway.fake.RtmpTestClient;
import dev.confetti.gateway.fake.TestGateway;
import dev.confetti.gateway.fake.TestMedia;
import dev.confetti.gateway.fake.Waiting;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators see of a gateway, and do to it, over real connections. */
class OperationsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TOKEN = "Authorization: Bearer service-token\r\n";

    private final FakeControl control = new FakeControl();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private StreamGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway =
                StreamGateway.start(
                        TestGateway.config(TestGateway.patientLimits()), registry, control);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aStreamShowsWhatComesInAndWhoWatches() throws Exception {
        try (RtmpTestClient publisher = publish("live1")) {
            publisher.message(9, 0, TestMedia.keyFrame(1));
            for (int i = 1; i < 25; i++) {
                publisher.message(9, i * 40, TestMedia.interFrame(i));
            }
            publisher.message(9, 1000, TestMedia.keyFrame(25));
            publisher.message(8, 1010, TestMedia.audio(1));
            try (HttpTestClient flv = flv("live1", "player/1");
                    HttpTestClient socket =
                            HttpTestClient.webSocket(gateway.mediaPort(), "/live/live1.flv");
                    HttpTestClient gifts =
                            HttpTestClient.get(gateway.mediaPort(), "/live/live1/gifts")) {
                flv.flvHeader();
                assertThat(socket.status()).isEqualTo(101);
                assertThat(gifts.status()).isEqualTo(200);
                Waiting.until(
                        "all are counted",
                        () ->
                                stream("live1").path("viewers").asInt() == 2
                                        && stream("live1").path("giftListeners").asInt() == 1);

                JsonNode stream = stream("live1");
                assertThat(stream.path("state").asString()).isEqualTo("live");
                assertThat(stream.path("mediaMs").asLong()).isEqualTo(1010);
                assertThat(stream.path("publisher").path("protocol").asString()).isEqualTo("rtmp");
                assertThat(stream.path("publisher").path("receivedBytes").asLong())
                        .isGreaterThan(3000);
                JsonNode video = stream.path("video");
                assertThat(video.path("codec").asString()).isEqualTo("avc1.42c00d");
                assertThat(video.path("width").asInt()).isEqualTo(160);
                assertThat(video.path("height").asInt()).isEqualTo(608);
                assertThat(video.path("gopMs").asLong()).isEqualTo(1000);
                assertThat(video.path("gopFrames").asInt()).isEqualTo(25);
                JsonNode audio = stream.path("audio");
                assertThat(audio.path("codec").asString()).isEqualTo("mp4a.40.2");
                assertThat(audio.path("sampleRateHz").asInt()).isEqualTo(44_100);
                assertThat(audio.path("channels").asInt()).isEqualTo(2);
                assertThat(stream.path("viewersByProtocol").toString())
                        .isIn("{\"http-flv\":1,\"ws-flv\":1}", "{\"ws-flv\":1,\"http-flv\":1}");
                assertThat(gauge("viewers")).isEqualTo(2);
                assertThat(gauge("video.gop.seconds")).isEqualTo(1);

                Map<String, JsonNode> byProtocol =
                        json(ask("GET", "/v1/streams/live1/viewers", TOKEN))
                                .path("viewers")
                                .valueStream()
                                .collect(
                                        Collectors.toMap(
                                                v -> v.path("protocol").asString(), v -> v));
                assertThat(byProtocol).containsOnlyKeys("http-flv", "ws-flv", "sse-gifts");
                JsonNode player = requireNonNull(byProtocol.get("http-flv"));
                assertThat(player.path("userAgent").asString()).isEqualTo("player/1");
                assertThat(player.path("remoteAddress").asString()).startsWith("127.0.0.1:");
                assertThat(player.path("sentBytes").asLong()).isPositive();
                assertThat(player.path("droppedUnits").asLong()).isZero();
            }
            Waiting.until("they are gone", () -> stream("live1").path("viewers").asInt() == 0);
            assertThat(stream("live1").path("sentBytes").asLong()).isPositive();
        }
        Waiting.until(
                "the publisher is gone",
                () -> stream("live1").path("state").asString().equals("away"));
        assertThat(stream("live1").path("publisher").isMissingNode()).isTrue();
        gateway.streams().endAll("over");
        Waiting.until(
                "its figures are gone",
                () -> registry.find("confetti.gateway.stream.viewers").gauge() == null);
    }

    @Test
    void ratesAreThoseOfTheLastSeconds() throws Exception {
        try (RtmpTestClient publisher = publish("live1")) {
            publisher.message(9, 0, TestMedia.keyFrame(1));
            // Of 16 bytes: a delimiter and a slice. Nobody knows when a mark is made.
            int[] number = {0};
            Waiting.until(
                    "there is a rate",
                    () -> {
                        number[0]++;
                        publisher.message(9, number[0], TestMedia.interFrame(number[0]));
                        return stream("live1").path("video").path("framesPerSecond").asDouble() > 1;
                    });
            JsonNode video = stream("live1").path("video");
            assertThat(video.path("bitsPerSecond").asDouble())
                    .isCloseTo(
                            video.path("framesPerSecond").asDouble() * 8 * 14,
                            org.assertj.core.data.Percentage.withPercentage(1));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/v1/streams,''",
        "GET,/v1/streams,Bearer wrong",
        "GET,/v1/streams,service-token",
        "GET,/v1/streams/live1,''",
        "GET,/v1/streams/live1/viewers,''",
        "DELETE,/v1/streams/live1/publisher,Bearer service-token2",
    })
    void strangersAreRefused(String method, String path, String authorization) throws Exception {
        try (RtmpTestClient publisher = publish("live1")) {
            publisher.message(9, 0, TestMedia.keyFrame(1));
            Answer answer =
                    ask(
                            method,
                            path,
                            authorization.isEmpty()
                                    ? ""
                                    : "Authorization: " + authorization + "\r\n");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
            assertThat(json(answer).path("type").asString()).endsWith("/unauthorized");
            assertThat(stream("live1").path("state").asString()).isEqualTo("live");
        }
    }

    @Test
    void streamsComeInPages() throws Exception {
        List<RtmpTestClient> publishers = new ArrayList<>();
        try {
            for (String live : List.of("c", "a", "b")) {
                publishers.add(publish(live));
            }
            JsonNode first = json(ask("GET", "/v1/streams?limit=2", TOKEN));
            assertThat(lives(first)).containsExactly("a", "b");
            assertThat(first.path("nextCursor").asString()).isEqualTo("b");
            JsonNode second = json(ask("GET", "/v1/streams?limit=2&cursor=b", TOKEN));
            assertThat(lives(second)).containsExactly("c");
            assertThat(second.has("nextCursor")).isFalse();
            JsonNode exact = json(ask("GET", "/v1/streams?limit=3", TOKEN));
            assertThat(lives(exact)).containsExactly("a", "b", "c");
            assertThat(exact.has("nextCursor")).isFalse();
        } finally {
            for (RtmpTestClient publisher : publishers) {
                publisher.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/v1/streams?limit=0,400,malformed-request",
        "GET,/v1/streams?limit=1001,400,malformed-request",
        "GET,/v1/streams?limit=x,400,malformed-request",
        "GET,/v1/streams?limit=%x,400,malformed-request",
        "GET,http://host/v1/streams/nobody,404,unknown-live",
        "DELETE,http://host/v1/streams,405,method-not-allowed",
        "DELETE,/v1/streams,405,method-not-allowed",
        "GET,/v1/streams/,404,unknown-live",
        "GET,/v1/streams/nobody,404,unknown-live",
        "POST,/v1/streams/live1,405,method-not-allowed",
        "GET,/v1/streams/live1/publisher,405,method-not-allowed",
        "GET,/v1/streams/live1/viewers/x,405,method-not-allowed",
        "DELETE,/v1/streams/live1/viewers,405,method-not-allowed",
        "DELETE,/v1/streams/live1/viewers/x,404,unknown-viewer",
        "GET,/v1/streams/live1/x,404,not-found",
        "GET,/v1/streams/live1/viewers/x/y,404,not-found",
    })
    void whatIsAskedWrongIsSaid(String method, String path, int status, String name)
            throws Exception {
        try (RtmpTestClient publisher = publish("live1")) {
            publisher.message(9, 0, TestMedia.keyFrame(1));
            Answer answer = ask(method, path, TOKEN);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(json(answer).path("type").asString()).endsWith("/" + name);
        }
    }

    @Test
    void aViewerIsSentAwayAndTheOthersStay() throws Exception {
        try (RtmpTestClient publisher = publish("live1")) {
            publisher.message(9, 0, TestMedia.keyFrame(1));
            Waiting.until("it is there", () -> gateway.streams().find("live1") != null);
            try (HttpTestClient goes = flv("live1", "goes");
                    HttpTestClient stays = flv("live1", "stays")) {
                Waiting.until("both are in", () -> gateway.meters().viewers.get() == 2);
                String id =
                        json(ask("GET", "/v1/streams/live1/viewers", TOKEN))
                                .path("viewers")
                                .valueStream()
                                .filter(v -> v.path("userAgent").asString().equals("goes"))
                                .findFirst()
                                .orElseThrow()
                                .path("connectionId")
                                .asString();

                assertThat(ask("DELETE", "/v1/streams/live1/viewers/" + id, TOKEN).status())
                        .isEqualTo(204);
                assertThat(goes.closedByServer()).isTrue();
                Waiting.until("it is out", () -> gateway.meters().viewers.get() == 1);
                publisher.message(9, 40, TestMedia.interFrame(2));
                stays.flvHeader();
                assertThat(stays.tagsThrough(2).getLast().number()).isEqualTo(2);
                assertThat(ask("DELETE", "/v1/streams/live1/viewers/" + id, TOKEN).status())
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void aPublisherIsSentAwayAndMayComeBack() throws Exception {
        try (RtmpTestClient publisher = publish("live1")) {
            publisher.message(9, 0, TestMedia.keyFrame(1));
            Waiting.until("it is there", () -> gateway.streams().find("live1") != null);
            assertThat(ask("DELETE", "/v1/streams/live1/publisher", TOKEN).status()).isEqualTo(204);
            assertThat(publisher.closedByServer()).isTrue();
        }
        Waiting.until("the service knows", () -> control.calls().contains("gone live1"));
        assertThat(ask("DELETE", "/v1/streams/live1/publisher", TOKEN).status()).isEqualTo(409);
        try (RtmpTestClient again = publish("live1")) {
            again.message(9, 0, TestMedia.keyFrame(1));
            Waiting.until(
                    "it is back", () -> stream("live1").path("state").asString().equals("live"));
        }
    }

    @Test
    void eachConnectionLeavesOneLine() throws Exception {
        List<Map<String, String>> lines = new CopyOnWriteArrayList<>();
        AppenderBase<ILoggingEvent> appender =
                new AppenderBase<>() {
                    @Override
                    protected void append(ILoggingEvent event) {
                        lines.add(
                                event.getKeyValuePairs().stream()
                                        .collect(
                                                Collectors.toMap(
                                                        pair -> pair.key,
                                                        pair -> String.valueOf(pair.value))));
                    }
                };
        Logger logger = (Logger) LoggerFactory.getLogger(Connection.class);
        logger.addAppender(appender);
        appender.start();
        try {
            try (RtmpTestClient publisher = publish("live1")) {
                publisher.message(9, 0, TestMedia.keyFrame(1));
                Waiting.until("it is there", () -> gateway.streams().find("live1") != null);
                try (HttpTestClient viewer = flv("live1", "player/1")) {
                    viewer.flvHeader();
                    viewer.tagsThrough(1);
                }
                gateway.streams().gift("live1", Cues.rose(1));
                Waiting.until("the viewer's line is there", () -> lines.size() == 1);
            }
            Waiting.until("the publisher's is, too", () -> lines.size() == 2);
        } finally {
            logger.detachAppender(appender);
        }
        assertThat(lines.getFirst())
                .containsEntry("role", "VIEWER")
                .containsEntry("protocol", "http-flv")
                .containsEntry("live", "live1")
                .containsEntry("agent", "player/1")
                .containsEntry("dropped", "0")
                .containsEntry("end", "the peer went");
        assertThat(Long.parseLong(lines.getFirst().get("out"))).isPositive();
        assertThat(lines.getLast())
                .containsEntry("role", "PUBLISHER")
                .containsEntry("protocol", "rtmp");
        assertThat(Long.parseLong(lines.getLast().get("in"))).isGreaterThan(3000);
    }

    private double gauge(String name) {
        Gauge gauge = registry.find("confetti.gateway.stream." + name).tag("live", "live1").gauge();
        return gauge == null ? Double.NaN : gauge.value();
    }

    private static List<String> lives(JsonNode page) {
        return page.path("streams").valueStream().map(s -> s.path("liveId").asString()).toList();
    }

    private JsonNode stream(String liveId) throws Exception {
        return json(ask("GET", "/v1/streams/" + liveId, TOKEN));
    }

    private static JsonNode json(Answer answer) {
        return JSON.readTree(answer.text());
    }

    private Answer ask(String method, String path, String headers) throws Exception {
        try (HttpTestClient client =
                HttpTestClient.send(
                        gateway.mediaPort(),
                        method
                                + " "
                                + path
                                + " HTTP/1.1\r\nHost: localhost\r\n"
                                + headers
                                + "\r\n")) {
            return client.status() == 204 ? new Answer(client.head(), new byte[0]) : client.first();
        }
    }

    private HttpTestClient flv(String liveId, String agent) throws Exception {
        return HttpTestClient.send(
                gateway.mediaPort(),
                "GET /live/"
                        + liveId
                        + ".flv HTTP/1.1\r\nHost: localhost\r\nUser-Agent: "
                        + agent
                        + "\r\n\r\n");
    }

    private RtmpTestClient publish(String liveId) throws Exception {
        RtmpTestClient publisher = RtmpTestClient.connect(gateway.rtmpPort());
        assertThat(publisher.publish(liveId + "?key=key-" + liveId))
                .isEqualTo("NetStream.Publish.Start");
        publisher.sendHeaders();
        return publisher;
    }
}
