package dev.confetti.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.confetti.gateway.fake.Cues;
import dev.confetti.gateway.fake.FakeControl;
import dev.confetti.gateway.fake.TestGateway;
import dev.confetti.gateway.fake.Waiting;
import dev.confetti.gateway.limits.Limits;
import dev.confetti.gateway.stream.Stream;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The pages' player over low-latency HLS in Chromium. Each picture of the live is of one grey,
 * which says its number; skipped, with the reason, where a program or the built player is missing.
 */
class HlsBrowserTest {
    private static final int GIFTS = 4;
    private static final Path WEB = Path.of("..", "web");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void giftsAppearAtTheirPictures() throws Exception {
        for (String program : List.of("ffmpeg", "chromium", "node")) {
            assumeTrue(installed(program), "skipped: " + program + " is not installed");
        }
        for (String needed :
                List.of(
                        "target/classes/static/embed/confetti-player.js",
                        "node_modules/playwright-core")) {
            assumeTrue(
                    Files.exists(WEB.resolve(needed)),
                    "skipped: web/" + needed + " is not there, build web first");
        }
        try (StreamGateway gateway =
                StreamGateway.start(
                        TestGateway.config(Limits.defaults()),
                        new SimpleMeterRegistry(),
                        new FakeControl())) {
            start(
                    ProcessBuilder.Redirect.DISCARD,
                    "ffmpeg",
                    "-loglevel",
                    "error",
                    "-re",
                    "-f",
                    "lavfi",
                    "-i",
                    "color=black:size=160x120:rate=25,geq=lum='16+8*mod(N,25)':cb=128:cr=128",
                    "-f",
                    "lavfi",
                    "-i",
                    "sine=frequency=440:sample_rate=48000",
                    "-c:v",
                    "libx264",
                    "-preset",
                    "ultrafast",
                    "-tune",
                    "zerolatency",
                    "-g",
                    "50",
                    "-pix_fmt",
                    "yuv420p",
                    "-c:a",
                    "aac",
                    "-f",
                    "flv",
                    "rtmp://127.0.0.1:" + gateway.rtmpPort() + "/live/grey?key=key-grey");
            awaitMedia(gateway, 500);
            Process player =
                    start(
                            ProcessBuilder.Redirect.PIPE,
                            "node",
                            WEB.resolve("e2e/hls.mjs").toString(),
                            "http://127.0.0.1:" + gateway.mediaPort(),
                            "grey",
                            String.valueOf(GIFTS));
            BufferedReader out = player.inputReader(StandardCharsets.UTF_8);
            assertThat(out.readLine()).isEqualTo("playing");
            for (int i = 1; i <= GIFTS; i++) {
                gateway.streams().gift("grey", Cues.rose(i));
                awaitMedia(gateway, stream(gateway).mediaMs() + 700);
            }
            String line = out.readLine();
            if (Objects.equals(line, "shaka playing")) {
                gateway.streams().gift("grey", Cues.rose(GIFTS + 1));
                line = out.readLine();
            }
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
                assertThat(played.get("shaka").get("gifts")).hasSize(1);
                assertThat(played.get("shaka").get("parts").asInt()).isGreaterThan(10);
            }
        }
    }

    private static Stream stream(StreamGateway gateway) {
        return Objects.requireNonNull(gateway.streams().find("grey"));
    }

    private static void awaitMedia(StreamGateway gateway, long mediaMs) throws Exception {
        Waiting.until(
                "the stream is at " + mediaMs,
                () -> {
                    @Nullable Stream stream = gateway.streams().find("grey");
                    return stream != null && stream.mediaMs() >= mediaMs;
                });
    }

    private static boolean installed(String program) {
        return List.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":", -1))
                .stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private Process start(ProcessBuilder.Redirect output, String... command) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .redirectOutput(output)
                        .start();
        processes.add(process);
        return process;
    }
}
