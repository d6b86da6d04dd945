package dev.confetti.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.demo.rtmp.StubRtmpServer;
import dev.confetti.demo.stub.StubPlatform;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DemoTest {
    @TempDir Path data;

    private StubPlatform platform;
    private StubRtmpServer rtmp;
    private DemoConfig config;

    @BeforeEach
    void start() throws IOException {
        platform = new StubPlatform();
        rtmp = new StubRtmpServer();
        config = DemoConfig.of(platform.url(), rtmp.url(), data);
    }

    @AfterEach
    void stop() {
        platform.close();
        rtmp.close();
    }

    private String publishedName() throws InterruptedException {
        return publishedName(1);
    }

    /** The name that is published under on this or a later connection. */
    private String publishedName(int connection) throws InterruptedException {
        while (true) {
            StubRtmpServer.Received next = rtmp.next();
            if (next.type() == 9 && next.connection() >= connection) {
                return next.streamName();
            }
        }
    }

    @Test
    void streamsAndSendsGifts() throws InterruptedException {
        try (Demo demo = Demo.start(config)) {
            assertThat(platform.next("/v1/lives").body().path("title").asString()).isNotBlank();
            assertThat(publishedName()).isEqualTo("live-1?key=key-of-live-1");
            StubPlatform.Call send = platform.next("/v1/gift-sends");
            assertThat(send.body().path("liveId").asString()).isEqualTo("live-1");
            assertThat(send.token()).startsWith("token-demo-viewer-1-");
            assertThat(demo.livesOnAir()).containsExactly("live-1");
        }
    }

    @Test
    void goesOnWithTheSameLiveAfterARestart() throws InterruptedException {
        try (Demo demo = Demo.start(config)) {
            publishedName();
            assertThat(demo.livesOnAir()).hasSize(1);
        }
        platform.setLive("live-1", "away");
        try (Demo demo = Demo.start(config)) {
            assertThat(publishedName(2)).isEqualTo("live-1?key=key-of-live-1");
            assertThat(demo.livesOnAir()).containsExactly("live-1");
        }
        assertThat(platform.lives()).containsOnlyKeys("live-1");
    }

    @Test
    void makesANewLiveWhenTheOldOneHasEndedOrIsUnknown() throws IOException, InterruptedException {
        Path saved = data.resolve("demo").resolve("live-1.json");
        Files.createDirectories(saved.getParent());
        Files.writeString(saved, "{\"liveId\":\"gone\",\"streamKey\":\"k\",\"rtmpUrl\":\"\"}");
        try (Demo demo = Demo.start(config)) {
            assertThat(publishedName()).isEqualTo("live-1?key=key-of-live-1");
            assertThat(demo.livesOnAir()).containsExactly("live-1");
        }
        platform.setLive("live-1", "ended");
        try (Demo demo = Demo.start(config)) {
            assertThat(publishedName(2)).matches("live-\\d+\\?key=key-of-live-\\d+");
            assertThat(demo.livesOnAir()).hasSize(1).doesNotContain("live-1");
        }
    }

    @Test
    void endsALiveThatItMayNotPublishOnAndMakesAnother() throws InterruptedException {
        rtmp.refuseNext("NetStream.Publish.Denied");
        rtmp.refuseNext("NetStream.Publish.Denied");
        try (Demo demo = Demo.start(config)) {
            assertThat(publishedName()).isEqualTo("live-2?key=key-of-live-2");
            assertThat(platform.lives()).containsEntry("live-1", "ended");
            assertThat(demo.livesOnAir()).containsExactly("live-2");
        }
    }

    @Test
    void aSingleRefusalIsNoReasonToGiveALiveUp() throws InterruptedException {
        rtmp.refuseNext("NetStream.Publish.Denied");
        try (Demo demo = Demo.start(config)) {
            assertThat(publishedName()).isEqualTo("live-1?key=key-of-live-1");
            assertThat(demo.livesOnAir()).containsExactly("live-1");
        }
        assertThat(platform.lives()).containsOnlyKeys("live-1");
    }

    @Test
    void anUnreadableFileIsNoObstacle() throws IOException, InterruptedException {
        Path saved = data.resolve("demo").resolve("live-1.json");
        Files.createDirectories(saved.getParent());
        Files.writeString(saved, "{\"liveId\":");
        try (Demo demo = Demo.start(config)) {
            assertThat(publishedName()).isEqualTo("live-1?key=key-of-live-1");
            assertThat(demo.livesOnAir()).hasSize(1);
        }
        assertThat(Files.readString(saved)).contains("key-of-live-1");
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatThrownBy(() -> config.withLives(11))
                .hasMessage("demo: expected lives to be 1 to 10, got 11");
        assertThatThrownBy(() -> DemoConfig.of(URI.create("http://h"), "http://h", data))
                .hasMessage(
                        "demo: expected rtmpUrl to be rtmp://HOST[:PORT][/APPLICATION], got http://h");
    }
}
