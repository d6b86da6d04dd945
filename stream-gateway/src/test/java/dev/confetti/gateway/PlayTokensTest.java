package dev.confetti.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.amf.AmfValue;
import dev.confetti.gateway.fake.FakeControl;
import dev.confetti.gateway.fake.HandMadeToken;
import dev.confetti.gateway.fake.HttpTestClient;
import dev.confetti.gateway.fake.HttpTestClient.Answer;
import dev.confetti.gateway.fake.Mp4;
import dev.confetti.gateway.fake.RtmpTestClient;
import dev.confetti.gateway.fake.TestGateway;
import dev.confetti.gateway.fake.TestMedia;
import dev.confetti.gateway.fake.Waiting;
import dev.confetti.gateway.stream.Stream;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway that asks for play tokens, with tokens made by hand. */
class PlayTokensTest {
    private static final String ZOE = HandMadeToken.of("zoe", "live1");
    private static final String OF_ANOTHER_LIVE = HandMadeToken.of("zoe", "live2");
    private static final String EXPIRED =
            HandMadeToken.until("zoe", "live1", Instant.ofEpochSecond(1_000_000_000));
    private static final Pattern URI = Pattern.compile("(?m)URI=\"([^\"]*)\"|^([^#\n].*)$");

    private StreamGateway gateway;
    private RtmpTestClient publisher;
    private int next;

    @BeforeEach
    void start() throws Exception {
        gateway =
                StreamGateway.start(
                        TestGateway.config(TestGateway.patientLimits())
                                .draft()
                                .playTokenSecret(HandMadeToken.SECRET)
                                .config(),
                        new SimpleMeterRegistry(),
                        new FakeControl());
        publisher = RtmpTestClient.connect(gateway.rtmpPort());
        assertThat(publisher.publish("live1?key=key-live1"))
                .as("publishing needs no token")
                .isEqualTo("NetStream.Publish.Start");
        publisher.sendHeaders();
        pictures(1);
        Waiting.until("the stream is there", () -> stream() != null);
    }

    @AfterEach
    void stop() throws Exception {
        publisher.close();
        Waiting.until("all connections are gone", () -> gateway.meters().connections.get() == 0);
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/live/live1.flv",
                "/live/live1/gifts",
                "/live/live1/index.m3u8",
                "/live/live1/video.m3u8",
                "/live/live1/video-1.m4s",
                "/live/live1/video-init-1.mp4",
                "/live/unknown.flv"
            })
    void everyPathOfALiveIsRefusedWithoutAGoodToken(String path) throws Exception {
        try (HttpTestClient client = HttpTestClient.open(port())) {
            Answer missing = client.ask(path);
            assertThat(missing.status()).isEqualTo(401);
            assertThat(missing.header("www-authenticate")).isEqualTo("Bearer");
            assertThat(missing.text()).contains("/problems/play-token-missing\"");
            assertThat(client.ask(path + "?token=").text()).contains("/play-token-missing\"");
            assertThat(client.ask(path + "?tokens=" + ZOE).status()).isEqualTo(401);
            for (String bad : List.of(OF_ANOTHER_LIVE, ZOE + "x", "x", "%22%0a", "%")) {
                Answer refused = client.ask(path + "?token=" + bad);
                assertThat(refused.status()).as(bad).isEqualTo(403);
                assertThat(refused.text())
                        .contains("/problems/play-token-invalid\"")
                        .doesNotContain(bad.repeat(bad.length() > 9 ? 1 : 99));
            }
            Answer expired =
                    path.contains("unknown")
                            ? client.ask(
                                    path
                                            + "?token="
                                            + HandMadeToken.until("zoe", "unknown", Instant.EPOCH))
                            : client.ask(path + "?token=" + EXPIRED);
            assertThat(expired.status()).isEqualTo(403);
            assertThat(expired.text()).contains("/problems/play-token-expired\"");
        }
        try (HttpTestClient head =
                        HttpTestClient.send(
                                port(), "HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
                HttpTestClient socket = HttpTestClient.webSocket(port(), path)) {
            assertThat(head.status()).isEqualTo(401);
            assertThat(socket.status()).isEqualTo(401);
        }
    }

    @Test
    void aTokenOpensHttpAndWebSocketInTheUrlOrAsABearer() throws Exception {
        try (HttpTestClient flv = HttpTestClient.get(port(), "/live/live1.flv?token=" + ZOE);
                HttpTestClient bearer =
                        HttpTestClient.send(
                                port(), get("/live/live1.flv", "authorization: bearer " + ZOE));
                HttpTestClient wrongBearer =
                        HttpTestClient.send(
                                port(), get("/live/live1.flv", "Authorization: Basic " + ZOE));
                HttpTestClient socket =
                        HttpTestClient.webSocket(port(), "/live/live1.flv?x=1&token=" + ZOE);
                HttpTestClient gifts =
                        HttpTestClient.get(port(), "/live/live1/gifts?token=" + ZOE);
                HttpTestClient giftSocket =
                        HttpTestClient.webSocket(port(), "/live/live1/gifts?token=" + ZOE)) {
            assertThat(flv.status()).isEqualTo(200);
            assertThat(
                            new String(
                                    flv.flvHeader(),
                                    0,
                                    3,
                                    java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo("FLV");
            assertThat(bearer.status()).isEqualTo(200);
            assertThat(wrongBearer.status()).isEqualTo(401);
            assertThat(socket.status()).isEqualTo(101);
            assertThat(gifts.status()).isEqualTo(200);
            assertThat(giftSocket.status()).isEqualTo(101);
        }
        try (HttpTestClient unknown =
                        HttpTestClient.get(
                                port(),
                                "/live/unknown.flv?token=" + HandMadeToken.of("zoe", "unknown"));
                HttpTestClient health = HttpTestClient.get(port(), "/actuator/prometheus")) {
            assertThat(unknown.status()).isEqualTo(404);
            assertThat(health.status()).as("no live's").isEqualTo(404);
        }
    }

    @Test
    void operatorsSeeWhoTheViewerIs() throws Exception {
        try (HttpTestClient flv = HttpTestClient.get(port(), "/live/live1.flv?token=" + ZOE);
                HttpTestClient gifts =
                        HttpTestClient.get(port(), "/live/live1/gifts?token=" + ZOE)) {
            flv.flvHeader();
            assertThat(gifts.status()).isEqualTo(200);
            Waiting.until(
                    "both are listed",
                    () -> {
                        String viewers = viewers();
                        return viewers.split("\"viewerId\":\"zoe\"", -1).length == 3
                                && viewers.contains("\"protocol\":\"http-flv\"")
                                && viewers.contains("\"protocol\":\"sse-gifts\"");
                    });
            assertThat(viewers()).doesNotContain(ZOE);
        }
    }

    private String viewers() throws Exception {
        try (HttpTestClient operator =
                HttpTestClient.send(
                        port(),
                        get(
                                "/v1/streams/live1/viewers",
                                "Authorization: Bearer service-token",
                                "Connection: close"))) {
            return operator.rest();
        }
    }

    @Test
    void rtmpPlaysWithATokenAndSaysWhyItDoesNot() throws Exception {
        assertRefused("live1", "no play token: expected ?token=… from POST");
        assertRefused("live1?token=" + OF_ANOTHER_LIVE, "play token of another live: expected");
        assertRefused("live1?token=" + EXPIRED, "play token: expired at 2001-09-09T01:46:40Z");
        assertRefused("live1?token=" + ZOE.substring(3), "play token: expected");
        assertRefused("live1?token=x&key=key-live1", "play token: expected a JWT");
        try (RtmpTestClient player = RtmpTestClient.connect(gateway.rtmpPort())) {
            player.play("live1?token=" + ZOE);
            assertThat(player.awaitStatus()).isEqualTo("NetStream.Play.Reset");
            assertThat(player.awaitStatus()).isEqualTo("NetStream.Play.Start");
            Waiting.until("it is listed", () -> viewers().contains("\"viewerId\":\"zoe\""));
        }
    }

    @Test
    void rtmpNamesNoTokenWhereTheLiveIsNotThere() throws Exception {
        String token = HandMadeToken.of("zoe", "unknown");
        for (String name : List.of("unknown?token=" + token, "un/known?token=" + token)) {
            try (RtmpTestClient player = RtmpTestClient.connect(gateway.rtmpPort())) {
                player.play(name);
                List<AmfValue> status = player.awaitCommand("onStatus");
                assertThat(RtmpTestClient.status(status, "code"))
                        .isEqualTo("NetStream.Play.StreamNotFound");
                assertThat(RtmpTestClient.status(status, "description"))
                        .doesNotContain("token")
                        .doesNotContain(token);
            }
        }
    }

    private void assertRefused(String name, String description) throws Exception {
        try (RtmpTestClient player = RtmpTestClient.connect(gateway.rtmpPort())) {
            player.play(name);
            List<AmfValue> status = player.awaitCommand("onStatus");
            assertThat(RtmpTestClient.status(status, "level")).isEqualTo("error");
            assertThat(RtmpTestClient.status(status, "code")).isEqualTo("NetStream.Play.Failed");
            assertThat(RtmpTestClient.status(status, "description")).startsWith(description);
            assertThat(player.closedByServer()).isTrue();
        }
    }

    @Test
    void playlistsCarryTheTokenOfWhoAsksInEveryUriAndForNobodyElse() throws Exception {
        String ada = HandMadeToken.of("ada", "live1");
        openHls();
        pictures(60);
        try (HttpTestClient player = HttpTestClient.open(port())) {
            Answer index = player.ask("/live/live1/index.m3u8?token=" + ZOE);
            assertThat(index.header("cache-control")).isEqualTo("private, no-cache");
            assertThat(index.header("vary")).isEqualTo("authorization");
            assertThat(uris(index))
                    .containsExactly("audio.m3u8?token=" + ZOE, "video.m3u8?token=" + ZOE);

            Answer zoes = player.ask("/live/live1/video.m3u8?token=" + ZOE);
            assertThat(zoes.header("cache-control")).isEqualTo("private, max-age=1");
            assertThat(uris(zoes))
                    .hasSizeGreaterThan(10)
                    .allMatch(uri -> uri.endsWith("?token=" + ZOE));
            assertThat(zoes.text())
                    .containsPattern("#EXT-X-MAP:URI=\"video-init-\\d+\\.mp4\\?token=[^\"]+\"\n")
                    .containsPattern(
                            "#EXT-X-PART:DURATION=[\\d.]+,URI=\"video-\\d+\\.\\d+\\.m4s\\?token=[^\"]+\"")
                    .containsPattern("\nvideo-\\d+\\.m4s\\?token=[^\"\n]+\n")
                    .containsPattern(
                            "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"video-\\d+\\.\\d+\\.m4s\\?token=[^\"]+\"\n")
                    .containsPattern(
                            "#EXT-X-RENDITION-REPORT:URI=\"audio.m3u8\\?token=[^\"]+\",LAST-MSN=\\d+,LAST-PART=\\d+\n");

            Answer adas = player.ask("/live/live1/video.m3u8?token=" + ada);
            assertThat(adas.text()).isEqualTo(zoes.text().replace(ZOE, ada));

            for (String uri : uris(zoes)) {
                if (uri.startsWith("video-init")) {
                    Answer file = player.ask("/live/live1/" + uri);
                    assertThat(file.status()).isEqualTo(200);
                    assertThat(file.header("cache-control"))
                            .isEqualTo("private, max-age=3600, immutable");
                    assertThat(player.ask("/live/live1/" + uri.replaceFirst("[?].*", "")).status())
                            .isEqualTo(401);
                }
            }
        }
    }

    @Test
    void aBearersPlaylistCarriesItToo() throws Exception {
        openHls();
        pictures(60);
        try (HttpTestClient player = HttpTestClient.open(port())) {
            player.raw(get("/live/live1/index.m3u8", "Authorization: Bearer " + ZOE));
            assertThat(uris(player.answer()))
                    .containsExactly("audio.m3u8?token=" + ZOE, "video.m3u8?token=" + ZOE);
        }
    }

    @Test
    void aReloadBlocksAndAnswersWithTheToken() throws Exception {
        openHls();
        pictures(52);
        try (HttpTestClient player = HttpTestClient.open(port());
                HttpTestClient blocked = HttpTestClient.open(port());
                HttpTestClient early = HttpTestClient.open(port())) {
            String playlist = player.ask("/live/live1/video.m3u8?token=" + ZOE).text();
            String hinted =
                    uris(playlist).stream().filter(uri -> uri.contains("m4s")).toList().getLast();
            String number = hinted.replaceFirst("video-(\\d+)\\..*", "$1");
            String part = hinted.replaceFirst("video-\\d+\\.(\\d+)\\..*", "$1");
            blocked.request(
                    "/live/live1/video.m3u8?token="
                            + ZOE
                            + "&_HLS_msn="
                            + number
                            + "&_HLS_part="
                            + part);
            early.request("/live/live1/" + hinted);
            pictures(10);
            Answer reload = blocked.answer();
            assertThat(reload.text()).contains("URI=\"" + hinted + "\"");
            assertThat(reload.header("cache-control")).startsWith("private, max-age=");
            assertThat(Mp4.read(early.answer().body()).samples()).hasSize(5);
        }
    }

    private static String get(String path, String... headers) {
        return "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n\r\n"
                .formatted(path, String.join("\r\n", headers));
    }

    private static List<String> uris(Answer playlist) {
        assertThat(playlist.status()).isEqualTo(200);
        return uris(playlist.text());
    }

    private static List<String> uris(String playlist) {
        return URI.matcher(playlist)
                .results()
                .map(
                        (MatchResult found) ->
                                found.group(1) == null ? found.group(2) : found.group(1))
                .toList();
    }

    private void openHls() {
        Objects.requireNonNull(stream()).hls(output -> {}, () -> {});
    }

    /** 25 a second with sound, a key frame every two seconds; waits until they are there. */
    private void pictures(int count) throws Exception {
        for (int i = 0; i < count; i++, next++) {
            publisher.message(
                    9,
                    next * 40,
                    next % 50 == 0 ? TestMedia.keyFrame(next) : TestMedia.interFrame(next));
            publisher.message(8, next * 40, TestMedia.audio(next));
        }
        Waiting.until(
                "the last picture",
                () -> {
                    Stream stream = stream();
                    return stream != null && stream.mediaMs() >= (next - 1) * 40L;
                });
    }

    private @Nullable Stream stream() {
        return gateway.streams().find("live1");
    }

    private int port() {
        return gateway.mediaPort();
    }
}
