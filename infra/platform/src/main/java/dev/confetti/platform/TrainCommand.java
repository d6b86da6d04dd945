package dev.confetti.platform;

import dev.confetti.engines.EnginesConfig;
import dev.confetti.engines.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code confetti train}: starts everything once on free ports and an empty folder, asks for some
 * pages and stops. The build runs it so that the JVM can keep what it loaded and compiled: the next
 * start takes a third of the work.
 */
@Command(name = "train", hidden = true, description = "One start and stop, for the JVM's cache.")
final class TrainCommand implements Callable<Integer> {
    private static final List<String> PATHS =
            List.of(
                    "/",
                    "/watch/none",
                    "/finance",
                    "/v1/gifts",
                    "/v1/lives",
                    "/actuator/health",
                    "/v3/api-docs");

    @Option(names = "--scratch", paramLabel = "DIR", required = true)
    private Path scratch = Path.of("");

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(scratch);
        int httpPort = Ports.free();
        int mediaPort = Ports.free();
        int rtmpPort = Ports.free();
        String publicUrl = "http://127.0.0.1:" + httpPort;
        PlatformConfig config =
                new PlatformConfig(
                        EnginesConfig.onFreePorts(scratch),
                        InetAddress.getLoopbackAddress(),
                        httpPort,
                        mediaPort,
                        rtmpPort,
                        publicUrl,
                        "http://127.0.0.1:" + mediaPort,
                        "rtmp://127.0.0.1:" + rtmpPort,
                        false,
                        true,
                        null,
                        Map.of());
        return new Launch(config).runFor(engines -> visit(publicUrl));
    }

    private static void visit(String publicUrl) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String path : PATHS) {
                client.send(
                        HttpRequest.newBuilder(URI.create(publicUrl + path)).build(),
                        HttpResponse.BodyHandlers.discarding());
            }
        }
    }
}
