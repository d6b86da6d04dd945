package dev.confetti.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.confetti.gateway.fake.RtmpTestClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole platform whose lives are played by token: the service signs, the gateway checks. */
class PlayedByTokenTest {
    private static final String SECRET = "a-secret-of-more-than-32-bytes-for-play-tokens";

    @TempDir static Path folder;
    private static PlatformProcess platform;
    private static Stage stage;

    @BeforeAll
    static void start() throws Exception {
        platform =
                PlatformProcess.up(
                        folder.resolve("data"),
                        Ports.free(),
                        Map.of("CONFETTI_PLAY_TOKEN_SECRET", SECRET),
                        "--no-demo");
        stage = Stage.open(platform);
    }

    @AfterAll
    static void stop() throws Exception {
        if (stage != null) {
            stage.close();
        }
        if (platform != null) {
            platform.close();
        }
    }

    private static String token(Api caller, String liveId)
            throws IOException, InterruptedException {
        return caller.post("/v1/lives/" + liveId + "/play-tokens", null, "{}")
                .expect(201)
                .text("token");
    }

    @Test
    void whoGotATokenOfTheServiceWatchesAndNobodyElse() throws Exception {
        Api viewer = Api.as(platform, "token-viewer", "Zoë", "viewer");
        JsonNode live = viewer.get("/v1/lives/" + stage.liveId()).expect(200).body();
        assertThat(live.path("playToken").asString()).isEqualTo("required");
        String token = token(viewer, stage.liveId());
        for (String url : List.of("flv", "gifts", "hls")) {
            String bare = live.path("playUrls").path(url).asString();
            assertThat(status(bare)).as(bare).isEqualTo(401);
            assertThat(status(bare + "?token=" + token)).as(bare).isEqualTo(200);
        }
        try (Stage other = Stage.open(platform)) {
            String bare = platform.media("/live/" + other.liveId() + ".flv").toString();
            assertThat(status(bare + "?token=" + token)).isEqualTo(403);
        }
        try (RtmpTestClient player = RtmpTestClient.connect(platform.ports().rtmp())) {
            player.play(stage.liveId() + "?token=" + token);
            assertThat(player.awaitStatus()).isEqualTo("NetStream.Play.Reset");
        }
        Path log = folder.resolve("data").resolve("confetti.log");
        Stage.await(
                "the viewer in the log",
                () -> Files.readString(log).contains(" viewer=token-viewer "));
        for (String said : List.of(Files.readString(log), platform.output())) {
            assertThat(said).doesNotContain(SECRET).doesNotContain(token);
        }
    }

    private static int status(String url) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<java.io.InputStream> answer =
                    http.send(
                            HttpRequest.newBuilder(URI.create(url)).build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close();
            return answer.statusCode();
        }
    }

    @Test
    void ffprobePlaysHlsByAToken() throws Exception {
        assumeTrue(Tools.installed("ffprobe"), "ffprobe is not installed");
        String token = token(Api.as(platform, "hls-viewer", "Hal", "viewer"), stage.liveId());
        Path probed = folder.resolve("hls.txt");
        Process ffprobe =
                Tools.start(
                        probed,
                        "ffprobe",
                        "-v",
                        "error",
                        "-show_entries",
                        "stream=codec_name",
                        "-of",
                        "csv=p=0",
                        platform.media("/live/" + stage.liveId() + "/index.m3u8?token=" + token)
                                .toString());
        assertThat(ffprobe.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readAllLines(probed)).contains("h264", "aac");
    }

    /** The walk of {@link PlatformTest}; the pages get their tokens by themselves. */
    @Test
    void thePagesPlayWithTokensOfTheirOwn() throws Exception {
        browse("watch.mjs", "puppy", folder.resolve("watch.png").toString());
    }

    @Test
    void overHlsThePageShowsItsTokenWithEachRequest() throws Exception {
        String said = browse("played-by-token.mjs");
        JsonNode asked = JsonMapper.builder().build().readTree(said.substring(said.indexOf('{')));
        assertThat(asked.path("tokens").asInt()).isEqualTo(1);
        assertThat(asked.path("media").asInt()).isGreaterThan(5);
        assertThat(asked.path("blocking").asInt()).isPositive();
        assertThat(asked.path("bare").asInt()).as("requests without a token").isZero();
        assertThat(asked.path("refused").asInt()).isZero();
    }

    /** Runs a script of web/e2e against the live; what it said. */
    private static String browse(String script, String... arguments) throws Exception {
        String chromium = Tools.chromium();
        assumeTrue(chromium != null, "Chromium is not installed");
        assumeTrue(
                Files.isDirectory(Path.of("../../web/node_modules/playwright-core")),
                "web has not been built");
        Path output = folder.resolve(script + ".txt");
        List<String> command = new ArrayList<>();
        command.addAll(
                List.of("node", "e2e/" + script, platform.http("").toString(), stage.liveId()));
        command.addAll(List.of(arguments));
        command.add(chromium);
        Process browser =
                Tools.startIn(Path.of("../../web"), output, command.toArray(String[]::new));
        assertThat(browser.waitFor(240, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(output);
        assertThat(browser.exitValue()).as(said).isZero();
        return said;
    }

    @Test
    void theBenchOfViewersAsksForAToken() throws Exception {
        Path json = folder.resolve("bench.json");
        PlatformProcess.Ended ended =
                PlatformProcess.run(
                        folder.resolve("bench"),
                        platform.ports(),
                        "bench",
                        "viewers",
                        "--viewers=3",
                        "--joins=50",
                        "--duration=2s",
                        "--json=" + json);
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(Files.readString(json)).contains("\"first tag\"").doesNotContain("lost:");
    }

    @Test
    void aSecretThatIsTooShortFailsTheStart() throws Exception {
        PlatformProcess.Ended ended =
                PlatformProcess.run(
                        folder.resolve("short"),
                        Ports.free(),
                        Map.of("CONFETTI_PLAY_TOKEN_SECRET", "short"),
                        "up");
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.output())
                .contains("play-token-secret of 5 bytes: expected at least 32, or none");
    }
}
