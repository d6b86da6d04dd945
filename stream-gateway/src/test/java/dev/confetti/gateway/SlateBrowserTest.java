package dev.confetti.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.fake.Cues;
import dev.confetti.gateway.fake.FakeControl;
import dev.confetti.gateway.fake.GreyLive;
import dev.confetti.gateway.fake.TestGateway;
import dev.confetti.gateway.flv.SlateFile;
import dev.confetti.gateway.limits.Limits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The pages' player over FLV and over HLS in Chromium while the publisher goes and comes back; what
 * it shows is in {@code target/slate} as well.
 */
class SlateBrowserTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void playersGoOnWithTheSlateAndWithThePublisherAndNewOnesComeInBetween() throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "slate"));
        try (GreyLive live = new GreyLive();
                StreamGateway gateway =
                        StreamGateway.start(
                                TestGateway.config(Limits.defaults().withGraceMs(3_600_000))
                                        .draft()
                                        .slate(SlateFile.builtIn())
                                        .config(),
                                new SimpleMeterRegistry(),
                                new FakeControl())) {
            Process publisher = live.publish(gateway.rtmpPort());
            GreyLive.awaitMedia(gateway.streams(), 500);
            Process player = live.browse("slate.mjs", gateway.mediaPort(), "1", folder.toString());
            BufferedReader out = player.inputReader(StandardCharsets.UTF_8);
            assertThat(out.readLine()).isEqualTo("playing");
            publisher.destroyForcibly().waitFor();
            assertThat(out.readLine()).isEqualTo("slate");
            gateway.streams().gift("grey", Cues.rose(1));
            assertThat(out.readLine()).isEqualTo("gifts");
            live.publish(gateway.rtmpPort());
            String line = out.readLine();
            assertThat(player.waitFor()).isZero();
            JsonNode players = JSON.readTree(Objects.requireNonNull(line));
            assertThat(players).hasSize(4);
            for (JsonNode seen : players) {
                String said = seen.toString();
                assertThat(seen.get("reconnects").asInt()).as(said).isZero();
                assertThat(seen.get("backwards").asInt()).as(said).isZero();
                assertThat(seen.get("cues")).as(said).hasSize(1);
                assertThat(seen.get("cues").get(0).get("onSlate").asBoolean()).as(said).isTrue();
            }
        }
    }
}
