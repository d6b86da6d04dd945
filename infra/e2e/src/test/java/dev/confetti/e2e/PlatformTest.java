package dev.confetti.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One whole platform, used as viewers, creators and finance staff use it. */
class PlatformTest {
    @TempDir static Path folder;
    private static PlatformProcess platform;
    private static Stage stage;

    @BeforeAll
    static void start() throws Exception {
        platform = PlatformProcess.up(folder.resolve("data"), Ports.free(), "--no-demo");
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

    @Test
    void aGiftIsInTheLedgerOnTheBoardAndInTheMedia() throws Exception {
        Api viewer = buyer("path-viewer", "Zoë");
        // A live of its own: nobody else stands on its board.
        try (Stage own = Stage.open(platform);
                CueWatch flv = CueWatch.open(platform.media("/live/" + own.liveId() + ".flv"))) {
            Api.Answer sent =
                    viewer.post("/v1/gift-sends", "path-1", gift(own.liveId(), "ant", 3))
                            .expect(201);
            String giftSendId = sent.text("giftSendId");
            assertThat(sent.number("coins")).isEqualTo(3);
            assertThat(sent.number("comboCount")).isEqualTo(3);

            assertThat(flv.await(giftSendId)).contains("\"viewerName\":\"Zoë\"", "\"ptsMs\":");
            Stage.await(
                    "the board",
                    () ->
                            Api.anonymous(platform)
                                    .get("/v1/leaderboards/live/" + own.liveId())
                                    .body()
                                    .path("standings")
                                    .toString()
                                    .contains(
                                            "{\"rank\":1,\"member\":\"path-viewer\",\"name\":\"Zoë\",\"coins\":3}"));
            Api finance = Api.as(platform, "fin-1", "Fin", "finance");
            Stage.await(
                    "the ledger",
                    () ->
                            finance.get("/v1/ledger/entries/" + sent.number("position")).status()
                                    == 200);
            JsonNode entry =
                    finance.get("/v1/ledger/entries/" + sent.number("position")).expect(200).body();
            assertThat(entry.path("eventId").asString()).isEqualTo(giftSendId);
            assertThat(entry.path("type").asString()).isEqualTo("confetti.gift-sent.v1");
        }
    }

    @Test
    void whoHidesIsMaskedOnBoardsAndSeenThereByThemself() throws Exception {
        Api viewer = buyer("shy-viewer", "Shy");
        try (Stage own = Stage.open(platform)) {
            String board = "/v1/leaderboards/live/" + own.liveId();
            viewer.post("/v1/gift-sends", "shy-1", gift(own.liveId(), "ant", 3)).expect(201);
            Stage.await("the name", () -> standings(board).contains("\"shy-viewer\""));

            viewer.put("/v1/people/shy-viewer/board-visibility", "{\"hidden\":true}").expect(200);

            Stage.await(
                    "the mask",
                    () ->
                            standings(board)
                                    .equals(
                                            "[{\"rank\":1,\"member\":\"\",\"name\":\"\",\"coins\":3,\"hidden\":true}]"));
            String around = board + "?around=shy-viewer";
            refused(Api.anonymous(platform).get(around), 404, "not-on-board");
            assertThat(viewer.get(around).expect(200).body().path("standings").toString())
                    .contains("\"name\":\"Shy\"");
        }
    }

    private static String standings(String board) throws IOException, InterruptedException {
        return Api.anonymous(platform).get(board).body().path("standings").toString();
    }

    @Test
    void refusalsAreProblemDocumentsThatNameWhatWasExpected() throws Exception {
        Api viewer = Api.as(platform, "poor-viewer", "Poor", "viewer");
        refused(
                Api.anonymous(platform).post("/v1/gift-sends", "k", gift("ant", 1)),
                401,
                "unauthenticated");
        refused(stage.creator().post("/v1/gift-sends", "k", gift("ant", 1)), 403, "forbidden");
        refused(viewer.post("/v1/gift-sends", "k", "{broken"), 400, "malformed-request");
        refused(
                viewer.post("/v1/gift-sends", null, gift("ant", 1)),
                400,
                "idempotency-key-missing");
        refused(viewer.post("/v1/gift-sends", "k", gift("no-such", 1)), 404, "unknown-gift");
        refused(
                viewer.post(
                        "/v1/gift-sends",
                        "k",
                        "{\"liveId\":\"nowhere\",\"giftId\":\"ant\",\"quantity\":1}"),
                404,
                "unknown-live");
        Api.Answer poor = viewer.post("/v1/gift-sends", "k", gift("ant", 1));
        refused(poor, 409, "insufficient-coins");
        assertThat(poor.number("spendable")).isZero();
        assertThat(poor.number("needed")).isEqualTo(1);
        refused(viewer.get("/v1/ledger/trial-balance"), 403, "forbidden");
        Api finance = Api.as(platform, "fin-refused", "Fin", "finance");
        refused(finance.get("/v1/ledger/entries?reference=nobody"), 400, "malformed-request");
        refused(finance.get("/v1/ledger/trial-balance?asOf=noon"), 400, "malformed-request");
        refused(viewer.get("/v1/nothing-here"), 404, "not-found");
    }

    @Test
    void ffmpegPublishesAndReads() throws Exception {
        assumeTrue(
                Tools.installed("ffmpeg") && Tools.installed("ffprobe"), "ffmpeg is not installed");
        Api creator = Api.as(platform, "creator-ff", "Fem", "creator");
        Api.Answer live =
                creator.post("/v1/lives", null, "{\"title\":\"From ffmpeg\",\"tags\":[]}")
                        .expect(201);
        String liveId = live.text("liveId");
        String rtmp = "rtmp://127.0.0.1:" + platform.ports().rtmp() + "/live/" + liveId;
        Process ffmpeg =
                Tools.start(
                        folder.resolve("ffmpeg.txt"),
                        ("ffmpeg -hide_banner -loglevel error -nostdin -re -f lavfi -i testsrc2=size=320x180:rate=25"
                                        + " -f lavfi -i sine=frequency=440 -c:v libx264 -preset ultrafast -tune zerolatency"
                                        + " -g 25 -pix_fmt yuv420p -c:a aac -f flv "
                                        + rtmp
                                        + "?key="
                                        + live.text("streamKey"))
                                .split(" "));
        try {
            Stage.await("ffmpeg's live", () -> state(liveId).equals("active"));
            Path probed = folder.resolve("ffprobe.txt");
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
                            platform.media("/live/" + liveId + ".flv").toString());
            assertThat(ffprobe.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readAllLines(probed)).contains("h264", "aac");
        } finally {
            ffmpeg.destroy();
            ffmpeg.waitFor();
        }
        Stage.await("the creator to be away", () -> state(liveId).equals("away"));
    }

    @Test
    void aWrongKeyIsRefusedByName() throws Exception {
        assumeTrue(Tools.installed("ffmpeg"), "ffmpeg is not installed");
        Path output = folder.resolve("wrong-key.txt");
        Process ffmpeg =
                Tools.start(
                        output,
                        ("ffmpeg -hide_banner -nostdin -re -f lavfi -i testsrc2=size=320x180:rate=25 -t 5 -c:v libx264"
                                        + " -f flv rtmp://127.0.0.1:"
                                        + platform.ports().rtmp()
                                        + "/live/"
                                        + stage.liveId()
                                        + "?key=wrong")
                                .split(" "));
        assertThat(ffmpeg.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(ffmpeg.exitValue()).isNotZero();
        assertThat(Files.readString(output)).contains("key");
        assertThat(state(stage.liveId())).isEqualTo("active");
    }

    @Test
    void aViewerInChromiumFindsTheLiveWatchesBuysSendsAndSeesTheGiftThereAndOnTheOverlay()
            throws Exception {
        String chromium = Tools.chromium();
        assumeTrue(chromium != null, "Chromium is not installed");
        assumeTrue(
                Files.isDirectory(Path.of("../../web/node_modules/playwright-core")),
                "web has not been built");
        Path output = folder.resolve("browser.txt");
        Path screenshot = Path.of("target/watch.png").toAbsolutePath();
        Process browser =
                Tools.startIn(
                        Path.of("../../web"),
                        output,
                        "node",
                        "e2e/watch.mjs",
                        platform.http("").toString(),
                        stage.liveId(),
                        "puppy",
                        screenshot.toString(),
                        chromium);
        assertThat(browser.waitFor(240, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(output);
        assertThat(browser.exitValue()).as(said).isZero();
        JsonNode seen = JsonMapper.builder().build().readTree(said.substring(said.indexOf('{')));
        assertThat(seen.path("bought").asLong() - seen.path("left").asLong()).isPositive();
        assertThat(seen.path("overlayBackground").asString()).isEqualTo("rgba(0, 0, 0, 0)");
        assertThat(seen.path("mediaSeconds").asDouble()).isGreaterThan(2);
    }

    private static String state(String liveId) throws Exception {
        return Api.anonymous(platform).get("/v1/lives/" + liveId).text("state");
    }

    private static Api buyer(String sub, String name) throws Exception {
        Api viewer = Api.as(platform, sub, name, "viewer");
        JsonNode packages = viewer.get("/v1/coin-packages").expect(200).body().path("packages");
        viewer.post(
                        "/v1/coin-purchases",
                        "buy",
                        "{\"packageId\":\""
                                + packages.get(0).path("packageId").asString()
                                + "\",\"provider\":\"sandbox\"}")
                .expect(201);
        return viewer;
    }

    private static String gift(String giftId, int quantity) {
        return gift(stage.liveId(), giftId, quantity);
    }

    private static String gift(String liveId, String giftId, int quantity) {
        return "{\"liveId\":\"%s\",\"giftId\":\"%s\",\"quantity\":%d}"
                .formatted(liveId, giftId, quantity);
    }

    private static void refused(Api.Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.text("type")).endsWith("/" + type);
        assertThat(answer.text("detail")).isNotBlank();
    }
}
