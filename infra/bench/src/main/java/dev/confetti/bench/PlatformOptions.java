package dev.confetti.bench;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which every bench finds the platform and says where its result goes. */
final class PlatformOptions {
    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "moves all ports of the platform (default: ${DEFAULT-VALUE})")
    private int portOffset;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "the platform's API (default: http://127.0.0.1:8080, moved by --port-offset)")
    private @Nullable URI url;

    @Option(
            names = "--media-url",
            paramLabel = "URL",
            description =
                    "media over HTTP (default: http://127.0.0.1:8088, moved by --port-offset)")
    private @Nullable URI mediaUrl;

    @Option(
            names = "--rtmp-url",
            paramLabel = "URL",
            description = "where to publish (default: what the platform says when a live is made)")
    private @Nullable String rtmpUrl;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "also writes the result there, as JSON")
    private @Nullable Path json;

    URI apiUrl() {
        return url == null
                ? URI.create("http://127.0.0.1:" + (8080 + portOffset))
                : withoutSlash(url);
    }

    URI mediaUrl() {
        return mediaUrl == null
                ? URI.create("http://127.0.0.1:" + (8088 + portOffset))
                : withoutSlash(mediaUrl);
    }

    Optional<String> rtmpUrl() {
        return Optional.ofNullable(rtmpUrl);
    }

    Optional<Path> json() {
        return Optional.ofNullable(json);
    }

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "where a bench that starts engines of its own keeps their data (default: a temporary folder); one that measures a running platform does not read it")
    private @Nullable Path data;

    Optional<Path> data() {
        return Optional.ofNullable(data);
    }

    private static URI withoutSlash(URI uri) {
        return URI.create(uri.toString().replaceFirst("/+$", ""));
    }
}
