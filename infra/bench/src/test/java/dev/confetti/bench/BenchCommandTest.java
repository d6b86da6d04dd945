package dev.confetti.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.demo.rtmp.StubRtmpServer;
import dev.confetti.demo.stub.StubPlatform;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class BenchCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private StubPlatform platform;
    private StubRtmpServer rtmp;
    private StubMedia media;

    @BeforeEach
    void start() throws IOException {
        platform = new StubPlatform();
        rtmp = new StubRtmpServer();
        media = new StubMedia(rtmp);
        platform.rtmpUrl(rtmp.url());
        platform.newLivesAre("active");
        platform.onSend(media::gift);
    }

    @AfterEach
    void stop() throws IOException {
        platform.close();
        media.close();
        rtmp.close();
    }

    private int bench(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", platform.url().toString(), "--media-url", media.url()));
        return execute(all.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        return new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private JsonNode result() throws IOException {
        return JSON.readTree(Files.readString(folder.resolve("result.json")));
    }

    private static JsonNode measure(JsonNode result, String name) {
        for (JsonNode measure : result.path("measures")) {
            if (measure.path("name").asString().equals(name)) {
                return measure;
            }
        }
        throw new AssertionError("no measure " + name + " in " + result);
    }

    @Test
    void followsEachGiftIntoTheMediaAndTheEvents() throws IOException {
        int code =
                bench(
                        "gifts",
                        "--rate",
                        "100",
                        "--duration",
                        "500ms",
                        "--warmup",
                        "100ms",
                        "--viewers",
                        "3",
                        "--json",
                        folder.resolve("result.json").toString());
        assertThat(err.toString())
                .contains("preparing 3 viewers with 21 coins each")
                .contains("10 to warm up, then 50");
        assertThat(code).isZero();
        JsonNode result = result();
        for (String name : new String[] {"answer", "click to cue", "click to event"}) {
            assertThat(measure(result, name).path("count").asLong()).as(name).isEqualTo(50);
            assertThat(measure(result, name).path("missing").asLong()).as(name).isZero();
        }
        assertThat(measure(result, "click to board").path("missing").asLong()).isEqualTo(50);
        assertThat(result.path("notes").toString())
                .contains("expected 200 and text/event-stream, got 404");
        assertThat(result.path("environment").path("command").toString())
                .startsWith("[\"gifts\",\"--rate\",\"100\"");
        assertThat(out.toString()).contains("click to cue").contains("p99");
        assertThat(platform.lives()).as("the bench ends the live it made").containsValue("ended");
    }

    @Test
    void countsRefusalsByName() throws IOException {
        for (int i = 0; i < 5; i++) {
            platform.refuseNextSend(429, "sending-too-fast");
        }
        int code =
                bench(
                        "gifts",
                        "--rate",
                        "50",
                        "--duration",
                        "400ms",
                        "--warmup",
                        "0",
                        "--viewers",
                        "2",
                        "--no-board",
                        "--json",
                        folder.resolve("result.json").toString());
        assertThat(code).isZero();
        assertThat(measure(result(), "answer").path("count").asLong()).isEqualTo(15);
        assertThat(measure(result(), "answer").path("missing").asLong()).isEqualTo(5);
        assertThat(result().path("counts").path("failed: sending-too-fast").asLong()).isEqualTo(5);
    }

    @Test
    void playsALiveToManyViewers() throws IOException {
        int code =
                bench(
                        "viewers",
                        "--viewers",
                        "5",
                        "--joins",
                        "50",
                        "--duration",
                        "3s",
                        "--json",
                        folder.resolve("result.json").toString());
        assertThat(err.toString()).contains("5 viewers join live live-1");
        assertThat(code).isZero();
        assertThat(measure(result(), "first tag").path("count").asLong()).isEqualTo(5);
        assertThat(measure(result(), "publisher to viewer").path("count").asLong()).isPositive();
        assertThat(result().path("counts").path("bytes").asLong()).isPositive();
    }

    @Test
    void asksForATokenWhereLivesArePlayedByToken() throws Exception {
        platform.playToken("t.o.k");
        media.needs("?token=t.o.k");
        String json = folder.resolve("result.json").toString();
        assertThat(bench("viewers", "--viewers=3", "--duration=2s", "--json", json)).isZero();
        assertThat(measure(result(), "first tag").path("count").asLong()).isEqualTo(3);
        assertThat(platform.next("/v1/lives/live-1/play-tokens").token()).contains("-watcher");
        assertThat(
                        bench(
                                "gifts",
                                "--rate=50",
                                "--duration=400ms",
                                "--warmup=0",
                                "--viewers=2",
                                "--no-board",
                                "--json",
                                json))
                .isZero();
        assertThat(measure(result(), "click to cue").path("missing").asLong()).isZero();
        assertThat(measure(result(), "click to event").path("missing").asLong()).isZero();
        assertThat(out.toString() + err).doesNotContain("t.o.k");
    }

    @Test
    void viewersLeaveAndOthersComeForThem() throws IOException {
        int code =
                bench(
                        "viewers",
                        "--viewers=6",
                        "--joins=1000",
                        "--slow=2",
                        "--leaves=10",
                        "--duration=2s",
                        "--json",
                        folder.resolve("result.json").toString());
        assertThat(code).isZero();
        long left = result().path("counts").path("left, and replaced").asLong();
        assertThat(left).isBetween(1L, 20L);
        assertThat(measure(result(), "first tag").path("count").asLong())
                .as("of those who are not slow")
                .isBetween(4L, 4 + left);
        assertThat(result().path("counts").toString()).doesNotContain("lost");
        assertThat(bench("viewers", "--viewers=2", "--slow=3")).isEqualTo(2);
        assertThat(err.toString()).contains("--slow from 0 to --viewers", "got 3 and 0.0");
    }

    @Test
    void saysWhenALiveIsNotThere() throws IOException {
        int code =
                bench(
                        "viewers",
                        "--viewers",
                        "2",
                        "--duration",
                        "10m",
                        "--live",
                        "nope",
                        "--json",
                        folder.resolve("result.json").toString());
        assertThat(code).isZero();
        assertThat(
                        result().path("counts")
                                .path("lost: expected HTTP/1.1 200, got HTTP/1.1 404 Not Found")
                                .asLong())
                .isEqualTo(2);
    }

    @Test
    void saysWhenTheResultCannotBeWritten() {
        int code =
                bench(
                        "viewers",
                        "--live",
                        "nope",
                        "--viewers",
                        "1",
                        "--json",
                        folder.resolve("no/such/folder").toString());
        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .contains("bench viewers: the result cannot be written: java.nio.file.NoSuch");
    }

    @Test
    void saysWhenThePlatformIsDown() {
        platform.close();
        assertThat(bench("gifts")).isEqualTo(1);
        assertThat(err.toString()).contains("bench gifts: nobody answers at " + platform.url());
    }

    @Test
    void refusesImpossibleOptionsAndUnknownBenches() {
        assertThat(bench("gifts", "--rate", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--rate above 0");
        assertThat(bench("gifts", "--duration", "soon")).isEqualTo(2);
        assertThat(err.toString())
                .contains("expected a length of time such as 30s, 2m or PT30S, got 'soon'");
        assertThat(execute()).isEqualTo(2);
        assertThat(err.toString())
                .contains("expected a bench to run: boards, gifts, ledger, viewers");
        assertThat(bench("ledger", "--gifts", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--gifts, --viewers and --creators above 0", "got 0,");
        assertThat(bench("boards", "--members=-1")).isEqualTo(2);
        assertThat(err.toString()).contains("of 0 or more, got 1000000, 20000, 500, -1,");
        assertThat(bench("boards", "--listeners=20001")).isEqualTo(2);
        assertThat(err.toString()).contains("--listeners 0 to 20000", "got 20001, 1000.0 and 30");
        assertThat(bench("ledger", "--pgledger", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("expected a folder with pgledger.sql in it");
    }

    @Test
    void theLedgerCatchesUpOnEnginesOfItsOwnAndAnswers() throws IOException {
        Path json = folder.resolve("ledger.json");
        Path data = folder.resolve("data");
        int code =
                execute(
                        "ledger",
                        "--gifts=500",
                        "--viewers=2000",
                        "--creators=3",
                        "--queries=20",
                        "--peer-seconds=1",
                        "--data=" + data,
                        "--json=" + json);
        assertThat(code).as("%s", err).isZero();
        JsonNode report = JSON.readTree(Files.readString(json));
        assertThat(report.at("/counts/events").asLong()).isBetween(800L, 1_000L);
        assertThat(report.at("/counts/raw COPY gifts~1s").asLong()).isPositive();
        assertThat(report.at("/measures")).hasSize(7);
        assertThat(report.at("/measures/0/count").asLong()).isEqualTo(20);
        assertThat(report.at("/notes/0").asString()).startsWith("pgledger was not measured");
    }

    @Test
    void theBoardsCatchUpOnEnginesOfTheirOwnAndAnswer() throws IOException {
        Path json = folder.resolve("boards.json");
        int code =
                execute(
                        "boards",
                        "--gifts=500",
                        "--viewers=10",
                        "--creators=3",
                        "--members=100",
                        "--queries=20",
                        "--peer-seconds=1",
                        "--listeners=20",
                        "--listen-rate=100",
                        "--listen-seconds=1",
                        "--data=" + folder.resolve("data"),
                        "--json=" + json);
        assertThat(code).as("%s", err).isZero();
        JsonNode report = JSON.readTree(Files.readString(json));
        assertThat(report.at("/counts/listeners lost").asInt(-1)).isZero();
        assertThat(report.at("/measures/2/name").asString()).isEqualTo("gift to listener");
        assertThat(report.at("/measures/2/count").asInt()).isGreaterThanOrEqualTo(20);
        assertThat(report.at("/counts/gifts").asLong()).isEqualTo(500);
        assertThat(report.at("/counts/pipelined ZINCRBY~1s").asLong()).isPositive();
        assertThat(report.at("/measures")).hasSize(4);
        assertThat(report.at("/measures/1/count").asLong()).isEqualTo(20);
    }

    @Test
    void theLedgerIsBuiltFromTheLogAndRebuiltBesideItself() throws IOException {
        Path json = folder.resolve("rebuild.json");
        int code =
                execute(
                        "ledger",
                        "--gifts=12000",
                        "--viewers=10",
                        "--creators=3",
                        "--rebuild",
                        "--queries=0",
                        "--peer-seconds=0",
                        "--data=" + folder.resolve("data"),
                        "--json=" + json);
        assertThat(code).as("%s", err).isZero();
        JsonNode counts = JSON.readTree(Files.readString(json)).path("counts");
        assertThat(counts.path("events").asLong()).isBetween(12_000L, 12_500L);
        assertThat(counts.path("rebuild events/s").asLong()).isPositive();
        assertThat(counts.path("rebuild compared").asString()).contains("balances");
    }
}
