package dev.confetti.gateway.fake;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.confetti.gateway.stream.Stream;
import dev.confetti.gateway.stream.Streams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A real encoder and the pages' player in Chromium, for tests that look at the picture: each
 * picture of the live "grey" is of one grey, 16 + 8 * (number % 25), 25 a second.
 */
public final class GreyLive implements AutoCloseable {
    private static final Path WEB = Path.of("..", "web");

    private final List<Process> processes = new ArrayList<>();

    /** Skips the test, with the reason, where a program or the built player is missing. */
    public GreyLive() {
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
    }

    private static boolean installed(String program) {
        return Arrays.stream(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Publishes, with a key frame each two seconds and sound of 48 kHz. */
    public Process publish(int rtmpPort) throws IOException {
        return start(
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
                "rtmp://127.0.0.1:" + rtmpPort + "/live/grey?key=key-grey");
    }

    /** Waits until the live is there and its timeline stands here. */
    public static void awaitMedia(Streams streams, long mediaMs) throws Exception {
        Waiting.until(
                "the stream is at " + mediaMs,
                () -> {
                    Stream stream = streams.find("grey");
                    return stream != null && stream.mediaMs() >= mediaMs;
                });
    }

    /** Runs a script of {@code web/e2e} on the live. */
    public Process browse(String script, int mediaPort, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "node",
                                WEB.resolve("e2e").resolve(script).toString(),
                                "http://127.0.0.1:" + mediaPort,
                                "grey"));
        command.addAll(List.of(arguments));
        return start(ProcessBuilder.Redirect.PIPE, command.toArray(String[]::new));
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

    @Override
    public void close() {
        processes.forEach(process -> process.destroyForcibly().onExit().join());
    }
}
