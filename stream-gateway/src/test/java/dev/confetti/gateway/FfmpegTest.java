package dev.confetti.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.confetti.gateway.fake.Cues;
import dev.confetti.gateway.fake.FakeControl;
import dev.confetti.gateway.fake.HandMadeToken;
import dev.confetti.gateway.fake.TestGateway;
import dev.confetti.gateway.fake.Waiting;
import dev.confetti.gateway.flv.SlateFile;
import dev.confetti.gateway.limits.Limits;
import dev.confetti.gateway.stream.Stream;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real encoder and a real player: skipped, with the reason, where ffmpeg is not installed. */
class FfmpegTest {
    private static final String H264_AAC =
            "-c:v libx264 -preset ultrafast -g 25 -bf 2 -pix_fmt yuv420p -c:a aac";

    @TempDir private Path folder;
    private @Nullable StreamGateway started;
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        assumeTrue(runs("ffmpeg"), "skipped: ffmpeg is not installed");
        assumeTrue(runs("ffprobe"), "skipped: ffprobe is not installed");
        started =
                StreamGateway.start(
                        TestGateway.config(Limits.defaults()),
                        new SimpleMeterRegistry(),
                        new FakeControl());
    }

    @AfterEach
    void stop() throws Exception {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        if (started != null) {
            started.close();
        }
    }

    @Test
    void ffmpegPublishesAndFfprobePlays() throws Exception {
        StreamGateway gateway = requireNonNull(started);
        String liveUrl = publish(gateway, H264_AAC);
        gateway.streams().gift("clip", Cues.rose(7));

        for (String url :
                List.of(
                        "http://127.0.0.1:" + gateway.mediaPort() + "/live/clip.flv",
                        "rtmp://" + liveUrl)) {
            List<String> lines =
                    output(
                            ("ffprobe -v error -read_intervals %+2 -show_entries"
                                            + " stream=codec_name:packet=stream_index,dts -of compact=nk=1 "
                                            + url)
                                    .split(" "));
            assertThat(lines).as(url).contains("stream|h264", "stream|aac");
            long[] last = new long[8];
            int packets = 0;
            for (String line : lines) {
                if (line.startsWith("packet|")) {
                    String[] parts = line.split("\\|", -1);
                    int index = Integer.parseInt(parts[1]);
                    long dts = Long.parseLong(parts[2]);
                    assertThat(dts).as(url + " " + line).isGreaterThanOrEqualTo(last[index]);
                    last[index] = dts;
                    packets++;
                }
            }
            assertThat(packets).as(url).isGreaterThan(50);
        }
    }

    /**
     * The multivariant playlist, both renditions, and every picture decoded without a complaint.
     */
    @Test
    void ffmpegPlaysHls() throws Exception {
        StreamGateway gateway = requireNonNull(started);
        publish(gateway, H264_AAC);
        String url = "http://127.0.0.1:" + gateway.mediaPort() + "/live/clip/index.m3u8";
        List<String> streams =
                output(
                        ("ffprobe -v error -show_entries"
                                        + " stream=codec_name,profile,width,height,sample_rate,has_b_frames"
                                        + " -of compact "
                                        + url)
                                .split(" "));
        assertThat(streams)
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .contains("codec_name=h264")
                                        .contains("width=160|height=120"))
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .contains("codec_name=aac")
                                        .contains("sample_rate=48000"));
        gateway.streams().gift("clip", Cues.rose(8));
        assertThat(
                        said(
                                ("ffmpeg -v error -live_start_index 0 -i "
                                                + url
                                                + " -t 6 -map 0:v -map 0:a -f null -")
                                        .split(" ")))
                .isEmpty();
    }

    /**
     * A recording from a publisher over the slate to another publisher, with other pictures and
     * sound: every picture and packet decoded without a complaint.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void ffmpegDecodesARecordingOverTheSlate(int channels) throws Exception {
        requireNonNull(started).close();
        StreamGateway gateway =
                StreamGateway.start(
                        TestGateway.config(Limits.defaults().withGraceMs(3_600_000))
                                .draft()
                                .slate(SlateFile.builtIn())
                                .config(),
                        new SimpleMeterRegistry(),
                        new FakeControl());
        started = gateway;
        publish(gateway, H264_AAC + " -ac " + channels);
        Process publisher = processes.getLast();
        Path recording = folder.resolve("recording.flv");
        HttpClient client = HttpClient.newHttpClient();
        CompletableFuture<?> recorded =
                client.sendAsync(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "http://127.0.0.1:"
                                                        + gateway.mediaPort()
                                                        + "/live/clip.flv"))
                                .build(),
                        HttpResponse.BodyHandlers.ofFile(recording));
        Waiting.until("it records", () -> gateway.meters().viewers.get() == 1);
        publisher.destroyForcibly().waitFor();
        Stream stream = requireNonNull(gateway.streams().find("clip"));
        Waiting.until("the slate is on", () -> stream.snapshot().slate());
        gateway.streams().gift("clip", Cues.rose(7));
        long slateMs = stream.mediaMs();
        Waiting.until("some of it", () -> stream.mediaMs() > slateMs + 4_000);
        process(encoder(gateway, "testsrc=size=320x180:rate=30", H264_AAC));
        Waiting.until("it is off", () -> !stream.snapshot().slate());
        long resumedMs = stream.mediaMs();
        Waiting.until("some more", () -> stream.mediaMs() > resumedMs + 2_000);
        gateway.streams().liveEnded("clip");
        recorded.handle((_, _) -> true).join(); // an FLV without end is cut off
        client.close();
        assertThat(frames("v:0", "width", recording)).containsExactly("160", "640", "320");
        assertThat(frames("a:0", "nb_samples", recording)).containsExactly("1024");
    }

    /**
     * Values that all decoded frames of a track have, and the decoder's complaints. The parser,
     * which decodes nothing, would complain as well: it does not hear of parameter sets in FLV.
     */
    private List<String> frames(String track, String field, Path file) throws Exception {
        return said(
                        ("ffprobe -v error -fflags +nofillin+noparse -of csv=p=0 -select_streams "
                                        + track
                                        + " -show_entries frame="
                                        + field
                                        + " "
                                        + file)
                                .split(" "))
                .stream()
                .map(line -> line.replaceAll("^(\\d+),.*", "$1")) // side data follow
                .filter(line -> !line.isEmpty())
                .distinct()
                .toList();
    }

    /** Players resolve the URIs of a playlist by themselves: the token must stand in each. */
    @Test
    void ffmpegPlaysWithAPlayToken() throws Exception {
        try (StreamGateway gateway =
                StreamGateway.start(
                        TestGateway.config(Limits.defaults())
                                .draft()
                                .playTokenSecret(HandMadeToken.SECRET)
                                .config(),
                        new SimpleMeterRegistry(),
                        new FakeControl())) {
            String liveUrl = publish(gateway, H264_AAC);
            String media = "http://127.0.0.1:" + gateway.mediaPort() + "/live/clip";
            String token = "?token=" + HandMadeToken.of("zoe", "clip");
            for (String url : List.of(media + ".flv", "rtmp://" + liveUrl, media + "/index.m3u8")) {
                String ask =
                        "ffprobe -v quiet -read_intervals %+2 -show_entries"
                                + " stream=codec_name:packet=stream_index -of compact=nk=1 ";
                assertThat(output((ask + url).split(" "))).as(url).isEmpty();
                List<String> lines = output((ask + url + token).split(" "));
                assertThat(lines).as(url).contains("stream|h264", "stream|aac");
                assertThat(lines.stream().filter("packet|0"::equals).count())
                        .as(url)
                        .isGreaterThan(20);
            }
        }
    }

    /** Versions before 6.1 know no FourCC in FLV, and 7 is the first that writes Opus so. */
    private static int majorVersion() throws Exception {
        Process process = new ProcessBuilder("ffmpeg", "-version").start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        Matcher version = Pattern.compile("version n?(\\d+)\\.").matcher(text);
        return version.find() ? Integer.parseInt(version.group(1)) : 0;
    }

    @ParameterizedTest
    @CsvSource({
        "hevc, libx265 -preset ultrafast -x265-params log-level=none, opus, libopus",
        "av1, libsvtav1 -preset 12, opus, libopus",
        "hevc, libx265 -preset ultrafast -x265-params log-level=none, aac, aac",
    })
    void newerCodecsComeThrough(String video, String encoder, String audio, String audioEncoder)
            throws Exception {
        int major = majorVersion();
        assumeTrue(major >= 8, "skipped: ffmpeg " + major + " does not write them to FLV");
        StreamGateway gateway = requireNonNull(started);
        String liveUrl =
                publish(
                        gateway,
                        "-pix_fmt yuv420p -g 25 -c:v " + encoder + " -c:a " + audioEncoder);
        gateway.streams().gift("clip", Cues.rose(7));
        for (String url :
                List.of(
                        "http://127.0.0.1:" + gateway.mediaPort() + "/live/clip.flv",
                        "rtmp://" + liveUrl)) {
            List<String> lines =
                    output(
                            ("ffprobe -v error -read_intervals %+2 -show_entries"
                                            + " stream=codec_name,width:packet=stream_index -of"
                                            + " compact=nk=1 "
                                            + url)
                                    .split(" "));
            assertThat(lines).as(url).contains("stream|" + video + "|160", "stream|" + audio);
            assertThat(lines.stream().filter("packet|0"::equals).count()).as(url).isGreaterThan(20);
            assertThat(lines.stream().filter("packet|1"::equals).count()).as(url).isGreaterThan(20);
        }
        assertThat(gateway.meters().unitsMalformed.sum()).isZero();
    }

    private String publish(StreamGateway gateway, String encoders) throws Exception {
        String liveUrl = "127.0.0.1:" + gateway.rtmpPort() + "/live/clip";
        process(encoder(gateway, "testsrc=size=160x120:rate=25", encoders));
        Waiting.until(
                "pictures come",
                () -> {
                    @Nullable Stream stream = gateway.streams().find("clip");
                    return stream != null && stream.mediaMs() > 1000;
                });
        return liveUrl;
    }

    private static String[] encoder(StreamGateway gateway, String pictures, String encoders) {
        return ("ffmpeg -loglevel error -re -f lavfi -i "
                        + pictures
                        + " -f lavfi -i sine=frequency=440:sample_rate=48000 "
                        + encoders
                        + " -f flv rtmp://127.0.0.1:"
                        + gateway.rtmpPort()
                        + "/live/clip?key=key-clip")
                .split(" ");
    }

    private static boolean runs(String program) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(program, "-version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private Process process(String... command) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        processes.add(process);
        return process;
    }

    /** What a program that ends well has said. */
    private List<String> said(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        processes.add(process);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList();
    }

    private List<String> output(String... command) throws Exception {
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        processes.add(process);
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text.lines().toList();
    }
}
