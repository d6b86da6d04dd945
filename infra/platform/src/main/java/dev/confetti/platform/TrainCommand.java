package dev.confetti.platform;

import dev.confetti.engines.EnginesConfig;
import dev.confetti.engines.Ports;
import dev.confetti.gateway.GatewayConfig;
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
        EnginesConfig engines = EnginesConfig.onFreePorts(scratch);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        int httpPort = Ports.free();
        String publicUrl = "http://127.0.0.1:" + httpPort;
        GatewayConfig gateway =
                PlatformConfig.gateway(
                        engines,
                        loopback,
                        httpPort,
                        Map.of(
                                "public-url",
                                publicUrl,
                                "media-port",
                                Integer.toString(Ports.free()),
                                "rtmp-port",
                                Integer.toString(Ports.free())),
                        Map.of());
        PlatformConfig config =
                new PlatformConfig(
                        engines,
                        loopback,
                        httpPort,
                        gateway,
                        publicUrl,
                        "http://127.0.0.1:" + gateway.mediaPort(),
                        "rtmp://127.0.0.1:" + gateway.rtmpPort(),
                        false,
                        true,
                        Map.of());
        return new Launch(config).runFor(_ -> visit(publicUrl));
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
