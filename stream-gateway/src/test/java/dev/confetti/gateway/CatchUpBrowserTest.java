package dev.confetti.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.fake.FakeControl;
import dev.confetti.gateway.fake.GreyLive;
import dev.confetti.gateway.fake.TestGateway;
import dev.confetti.gateway.limits.Limits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pages' player in Chromium after its connection has stood still for some seconds. */
class CatchUpBrowserTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Faster after a short stall, by a jump after a long one. */
    @ParameterizedTest
    @CsvSource({"flv, 2500, 1000", "flv, 4500, 1000", "hls, 6000, 3000"})
    void afterAStallThePlayerIsBackAtTheLive(String format, int stallMs, int behindMs)
            throws Exception {
        try (GreyLive live = new GreyLive();
                StreamGateway gateway =
                        StreamGateway.start(
                                TestGateway.config(Limits.defaults()),
                                new SimpleMeterRegistry(),
                                new FakeControl())) {
            live.publish(gateway.rtmpPort());
            GreyLive.awaitMedia(gateway.streams(), 500);
            Process player =
                    live.browse(
                            "catch-up.mjs",
                            gateway.mediaPort(),
                            format,
                            String.valueOf(stallMs),
                            String.valueOf(behindMs));
            String line = player.inputReader(StandardCharsets.UTF_8).readLine();
            assertThat(player.waitFor()).isZero();
            JsonNode seen = JSON.readTree(Objects.requireNonNull(line));
            assertThat(seen.get("heldMs").asInt()).as(line).isGreaterThan(1_000);
            assertThat(seen.get("behindMs").asInt()).as(line).isLessThan(behindMs);
            assertThat(seen.get("reconnects").asInt()).as(line).isZero();
        }
    }
}
