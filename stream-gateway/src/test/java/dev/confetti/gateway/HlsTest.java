package dev.confetti.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.fake.Cues;
import dev.confetti.gateway.fake.FakeControl;
import dev.confetti.gateway.fake.HttpTestClient;
import dev.confetti.gateway.fake.HttpTestClient.Answer;
import dev.confetti.gateway.fake.Mp4;
import dev.confetti.gateway.fake.RtmpTestClient;
import dev.confetti.gateway.fake.TestGateway;
import dev.confetti.gateway.fake.TestMedia;
import dev.confetti.gateway.fake.Waiting;
import dev.confetti.gateway.stream.Stream;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HLS over real HTTP, from a real RTMP publisher. */
class HlsTest {
    private StreamGateway gateway;
    private RtmpTestClient publisher;
    private int next;

    @BeforeEach
    void start() throws Exception {
        gateway =
                StreamGateway.start(
                        TestGateway.config(TestGateway.patientLimits()),
                        new SimpleMeterRegistry(),
                        new FakeControl());
        publisher = publish();
    }

    @AfterEach
    void stop() throws Exception {
        publisher.close();
        Waiting.until("all connections are gone", () -> gateway.meters().connections.get() == 0);
        gateway.close();
        assertThat(gateway.meters().hlsOutputs.get()).isZero();
        assertThat(gateway.meters().viewers.get()).isZero();
    }

    @Test
    void whoAsksForThePlaylistIsCountedAsAViewer() throws Exception {
        try (HttpTestClient player = HttpTestClient.open(port())) {
            watched(51);
            Waiting.until(
                    "it is counted",
                    () -> {
                        player.ask("/live/live1/video.m3u8");
                        Stream stream = Objects.requireNonNull(gateway.streams().find("live1"));
                        return stream.snapshot().viewersByProtocol().getOrDefault("hls", 0) > 0;
                    });
            assertThat(gateway.meters().viewers.get()).isPositive();
        }
    }

    @Test
    void aPlayerFollowsTheStreamPartByPart() throws Exception {
        try (HttpTestClient player = HttpTestClient.open(port())) {
            watched(51); // the second GOP has begun
            Answer index = player.ask("/live/live1/index.m3u8");
            assertThat(index.header("content-type")).isEqualTo("application/vnd.apple.mpegurl");
            assertThat(index.header("cache-control")).isEqualTo("no-cache");
            assertThat(index.header("access-control-allow-origin")).isEqualTo("*");
            assertThat(index.text()).contains("CODECS=\"avc1.42c00d\"").endsWith("video.m3u8\n");
            Answer playlist = player.ask("/live/live1/video.m3u8");
            assertThat(playlist.header("cache-control")).isEqualTo("public, max-age=1");
            long msn = number(playlist.text(), "#EXT-X-MEDIA-SEQUENCE:");
            Answer init = player.ask("/live/live1/video-init-" + msn + ".mp4");
            assertThat(init.header("content-type")).isEqualTo("video/mp4");
            assertThat(init.header("cache-control")).isEqualTo("public, max-age=3600, immutable");
            assertThat(new String(init.body(), 4, 4, java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo("ftyp");
            Answer segment = player.ask("/live/live1/video-" + msn + ".m4s");
            assertThat(Mp4.read(segment.body()).samples())
                    .extracting(Mp4.Sample::dts)
                    .startsWith(0L, 40L)
                    .endsWith(1960L)
                    .hasSize(50);

            String first = "/live/live1/video.m3u8?_HLS_msn=" + (msn + 1) + "&_HLS_part=0";
            for (int part = 0; part < 3; part++) {
                String hinted = "video-" + (msn + 1) + "." + part + ".m4s";
                assertThat(player.ask("/live/live1/video.m3u8").text())
                        .contains("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"" + hinted + "\"");
                try (HttpTestClient blocked = HttpTestClient.open(port());
                        HttpTestClient early = HttpTestClient.open(port())) {
                    blocked.request(first.replace("part=0", "part=" + part));
                    early.request("/live/live1/" + hinted);
                    awaitWaiting(2);
                    pictures(5);
                    Answer reload = blocked.answer();
                    assertThat(reload.text()).contains("URI=\"" + hinted + "\"");
                    assertThat(reload.header("cache-control")).isEqualTo("public, max-age=12");
                    assertThat(Mp4.read(early.answer().body()).samples()).hasSize(5);
                }
            }
        }
    }

    @Test
    void theFirstRequestsWaitForTheFirstSegmentAndALateOneNeedsNotAndGetsNoOldCue()
            throws Exception {
        pictures(10);
        awaitPicture(9);
        gateway.streams().gift("live1", Cues.rose(7));
        awaitLoop();
        pictures(1);
        awaitPicture(10);
        try (HttpTestClient player = HttpTestClient.open(port())) {
            player.request("/live/live1/index.m3u8");
            player.request("/live/live1/video.m3u8");
            awaitWaiting(1);
            pictures(10);
            awaitPicture(20);
            gateway.streams().gift("live1", Cues.rose(8));
            awaitLoop();
            pictures(40);
            assertThat(player.answer().text()).contains("#EXT-X-STREAM-INF");
            String text = player.answer().text();
            long msn = number(text, "#EXT-X-MEDIA-SEQUENCE:");
            Mp4 segment = Mp4.read(player.ask("/live/live1/video-" + msn + ".m4s").body());
            assertThat(segment.events()).hasSize(1);
            Mp4.Event event = segment.events().getFirst();
            assertThat(event.value())
                    .startsWith("{\"giftSendId\":\"00000000-0000-0001-0000-000000000008\"")
                    .endsWith("\"ptsMs\":" + event.pts() + "}");
            assertThat(event.pts()).isEqualTo(21 * 40 + 40);
            assertThat(segment.samples()).hasSize(50);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_HLS_part=0",
                "_HLS_msn=-1",
                "_HLS_msn=",
                "_HLS_msn=1&_HLS_msn=1",
                "_HLS_msn=1e3",
                "_HLS_msn=99999999999999999999",
                "_HLS_msn=1&_HLS_part=-1",
                "_HLS_msn=1&_HLS_part=99999999999",
                "_HLS_skip=MAYBE",
                "_HLS_msn=999999999999999999"
            })
    void badDirectivesAreRefusedAndTheConnectionStays(String query) throws Exception {
        watched(51);
        try (HttpTestClient player = HttpTestClient.open(port())) {
            assertThat(player.ask("/live/live1/video.m3u8").status()).isEqualTo(200);
            Answer refused = player.ask("/live/live1/video.m3u8?" + query);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text()).contains("_HLS_").contains("expected");
            assertThat(refused.header("cache-control")).isEqualTo("no-store");
            assertThat(player.ask("/live/live1/video.m3u8?token=1").status()).isEqualTo(200);
        }
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        watched(51);
        try (HttpTestClient player = HttpTestClient.open(port())) {
            assertThat(player.ask("/live/live1/video.m3u8").status()).isEqualTo(200);
            for (String path :
                    List.of(
                            "audio.m3u8",
                            "other.m3u8",
                            "video-1.m4s",
                            "video-1.0.m4s",
                            "video-999999999999999999.999999999.m4s",
                            "video-init-1.mp4",
                            "audio-init-1.mp4",
                            "audio-1.m4s",
                            "video--1.m4s")) {
                assertThat(player.ask("/live/live1/" + path).status()).as(path).isEqualTo(404);
            }
            assertThat(player.ask("/live/nobody/index.m3u8").text()).contains("unknown-live");
        }
    }

    @Test
    void theTargetDurationIsThatOfTheLongestGopSoFar() throws Exception {
        pictures(1);
        next = 100; // four seconds later
        watched(51, 100);
        try (HttpTestClient player = HttpTestClient.open(port())) {
            assertThat(player.ask("/live/live1/video.m3u8").text())
                    .contains("#EXT-X-TARGETDURATION:4\n")
                    .contains("#EXTINF:2.000,");
        }
    }

    @Test
    void headSaysHowLongABodyWouldBe() throws Exception {
        watched(51);
        try (HttpTestClient player = HttpTestClient.open(port())) {
            Answer playlist = player.ask("/live/live1/video.m3u8");
            player.raw("HEAD /live/live1/video.m3u8 HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(player.nextHead()).contains("content-length: " + playlist.body().length);
            assertThat(player.ask("/live/live1/video.m3u8").status()).isEqualTo(200);
        }
    }

    @Test
    void clientsThatGoWhileTheyWaitLeaveNothing() throws Exception {
        watched(51);
        List<HttpTestClient> clients = new ArrayList<>();
        String msn;
        try (HttpTestClient player = HttpTestClient.open(port())) {
            msn =
                    String.valueOf(
                            number(
                                            player.ask("/live/live1/video.m3u8").text(),
                                            "#EXT-X-MEDIA-SEQUENCE:")
                                    + 1);
        }
        for (int i = 0; i < 50; i++) {
            HttpTestClient client = HttpTestClient.open(port());
            client.request("/live/live1/video.m3u8?_HLS_msn=" + msn + "&_HLS_part=0");
            client.request("/live/live1/video-" + msn + ".0.m4s");
            clients.add(client);
        }
        awaitWaiting(50);
        for (HttpTestClient client : clients) {
            client.close();
        }
        pictures(6);
        awaitWaiting(0);
    }

    @Test
    void theEndOfALiveIsInItsPlaylists() throws Exception {
        watched(60);
        try (HttpTestClient player = HttpTestClient.open(port())) {
            assertThat(player.ask("/live/live1/video.m3u8").text()).doesNotContain("ENDLIST");
            gateway.streams().liveEnded("live1");
            Waiting.until("it is over", () -> gateway.streams().find("live1") == null);
            Answer ended = player.ask("/live/live1/video.m3u8?_HLS_msn=5&_HLS_part=7");
            assertThat(ended.text()).endsWith("#EXT-X-ENDLIST\n");
            long msn = number(ended.text(), "#EXT-X-MEDIA-SEQUENCE:");
            assertThat(
                            Mp4.read(player.ask("/live/live1/video-" + (msn + 1) + ".m4s").body())
                                    .samples())
                    .hasSize(10);
        }
    }

    @Test
    void aPublisherThatComesBackGoesOnAfterADiscontinuity() throws Exception {
        watched(60);
        try (HttpTestClient player = HttpTestClient.open(port())) {
            assertThat(player.ask("/live/live1/video.m3u8").status()).isEqualTo(200);
            publisher.close();
            Waiting.until("it went", () -> gateway.meters().publishers.get() == 0);
            String away = player.ask("/live/live1/video.m3u8").text();
            assertThat(away).contains("#EXTINF:0.400,\n").doesNotContain("#EXT-X-DISCONTINUITY\n");
            player.request(
                    "/live/live1/video.m3u8?_HLS_msn="
                            + (number(away, "#EXT-X-MEDIA-SEQUENCE:") + 2)
                            + "&_HLS_part=0");
            awaitWaiting(1);
            publisher = publish();
            next = 0;
            pictures(6);
            String text = player.answer().text();
            assertThat(text)
                    .containsOnlyOnce("#EXT-X-DISCONTINUITY\n")
                    .containsOnlyOnce("#EXT-X-MAP");
            assertThat(text.indexOf("DISCONTINUITY\n")).isGreaterThan(text.indexOf("0.400,"));
        }
    }

    // ---- helps

    private RtmpTestClient publish() throws Exception {
        RtmpTestClient client = RtmpTestClient.connect(gateway.rtmpPort());
        assertThat(client.publish("live1?key=key-live1")).isEqualTo("NetStream.Publish.Start");
        client.message(9, 0, TestMedia.videoConfig());
        return client;
    }

    /** 25 a second, a key frame every two seconds. */
    private void pictures(int count) throws Exception {
        for (int i = 0; i < count; i++, next++) {
            byte[] tag = next % 50 == 0 ? TestMedia.keyFrame(next) : TestMedia.interFrame(next);
            publisher.message(9, next * 40, tag);
        }
    }

    /** So many pictures, and an HLS output since the first. */
    private void watched(int count) throws Exception {
        watched(count, 0);
    }

    private void watched(int count, int first) throws Exception {
        pictures(1);
        awaitPicture(first);
        Objects.requireNonNull(gateway.streams().find("live1")).hls(output -> {}, () -> {});
        pictures(count - 1);
        awaitPicture(first + count - 1);
    }

    private void awaitPicture(int number) throws Exception {
        Waiting.until(
                "picture " + number,
                () -> {
                    @Nullable Stream stream = gateway.streams().find("live1");
                    return stream != null && stream.mediaMs() >= number * 40L;
                });
    }

    private void awaitLoop() throws Exception {
        Objects.requireNonNull(gateway.streams().find("live1")).loop().submit(() -> {}).sync();
    }

    private void awaitWaiting(int requests) throws Exception {
        Stream stream = Objects.requireNonNull(gateway.streams().find("live1"));
        Waiting.until(
                requests + " requests wait",
                () -> {
                    CompletableFuture<Integer> waiting = new CompletableFuture<>();
                    stream.hls(
                            output -> waiting.complete(output.waiting()),
                            () -> waiting.complete(-1));
                    return waiting.get() == requests;
                });
    }

    private static long number(String playlist, String tag) {
        return playlist.lines()
                .filter(line -> line.startsWith(tag))
                .mapToLong(line -> Long.parseLong(line.substring(tag.length())))
                .findFirst()
                .orElseThrow();
    }

    private int port() {
        return gateway.mediaPort();
    }
}
