package dev.confetti.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.fake.Cues;
import dev.confetti.gateway.fake.FakeControl;
import dev.confetti.gateway.fake.GreyLive;
import dev.confetti.gateway.fake.TestGateway;
import dev.confetti.gateway.limits.Limits;
import dev.confetti.gateway.stream.Stream;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The pages' player over low-latency HLS in Chromium: the picture says by its grey which one it is.
 */
class HlsBrowserTest {
    private static final int GIFTS = 4;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void giftsAppearAtTheirPictures() throws Exception {
        try (GreyLive live = new GreyLive();
                StreamGateway gateway =
                        StreamGateway.start(
                                TestGateway.config(Limits.defaults()),
                                new SimpleMeterRegistry(),
                                new FakeControl())) {
            live.publish(gateway.rtmpPort());
            GreyLive.awaitMedia(gateway.streams(), 500);
            Process player = live.browse("hls.mjs", gateway.mediaPort(), String.valueOf(GIFTS));
            BufferedReader out = player.inputReader(StandardCharsets.UTF_8);
            assertThat(out.readLine()).isEqualTo("playing");
            for (int i = 1; i <= GIFTS; i++) {
                gateway.streams().gift("grey", Cues.rose(i));
                GreyLive.awaitMedia(gateway.streams(), stream(gateway).mediaMs() + 700);
            }
            String line = out.readLine();
            assertThat(player.waitFor()).isZero();
            JsonNode played = JSON.readTree(Objects.requireNonNull(line));
            assertThat(played.get("cues")).hasSize(GIFTS);
            for (JsonNode cue : played.get("cues")) {
                // The encoder's sound begins some ms before its pictures: whole pictures count.
                long expected = cue.get("ptsMs").asLong() / 40 % 25;
                // Luma 16 to 235 becomes grey 0 to 255.
                long seen = Math.round(cue.get("grey").asInt() * 219 / 255.0 / 8);
                // The page may hear of the gift's picture a little after the player does.
                assertThat((seen - expected + 1 + 25) % 25)
                        .as("pictures from one before the gift's own to the one seen: %s", cue)
                        .isBetween(0L, 4L);
            }
            assertThat(played.get("parts").asInt()).as("parts asked for").isGreaterThan(10);
            assertThat(played.get("blocking").asInt()).as("blocking reloads").isGreaterThan(10);
            assertThat(played.get("flv").asInt()).isZero();
            assertThat(played.get("plain").get("segments").asInt()).isGreaterThan(3);
            assertThat(played.get("plain").get("parts").asInt()).as("without parts").isZero();
            if (!played.get("shaka").isNull()) {
                assertThat(played.get("shaka").get("parts").asInt()).isGreaterThan(10);
            }
        }
    }

    private static Stream stream(StreamGateway gateway) {
        return Objects.requireNonNull(gateway.streams().find("grey"));
    }
}
