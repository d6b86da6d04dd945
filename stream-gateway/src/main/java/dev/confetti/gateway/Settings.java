package dev.confetti.gateway;

import dev.confetti.gateway.flv.SlateFile;
import dev.confetti.gateway.limits.Limits;
import dev.confetti.gateway.slate.Slate;
import dev.confetti.gateway.stream.FlushPace;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a gateway that runs by itself: arguments {@code --media-port=8088}, then system
 * properties {@code confetti.media-port}, then the environment {@code CONFETTI_MEDIA_PORT}.
 */
final class Settings {
    private static final Set<String> KNOWN =
            Set.of(
                    "bind",
                    "media-port",
                    "media-tls-port",
                    "rtmp-port",
                    "rtmps-port",
                    "tls-certificate",
                    "tls-key",
                    "port-offset",
                    "gateway-event-loops",
                    "gateway-flush",
                    "gateway-grace-ms",
                    "gateway-max-connections",
                    "gateway-viewer-lag-ms",
                    "gateway-hook-url",
                    "gateway-hook-secret",
                    "play-token-secret",
                    "gateway-slate",
                    "public-url",
                    "service-url",
                    "service-token",
                    "start-timeout",
                    "kafka-bootstrap");

    /** Only these prefixes are ours alone, so that a misspelt name in them is an error. */
    private static final String OWN_PREFIX = "gateway-";

    private static final Duration LONGEST_START = Duration.ofHours(1);

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = values;
    }

    static Settings read(
            List<String> arguments, Properties properties, Map<String, String> environment) {
        Map<String, String> values = new HashMap<>();
        environment.forEach((name, value) -> put(values, name, "CONFETTI_", value));
        properties
                .stringPropertyNames()
                .forEach(name -> put(values, name, "confetti.", properties.getProperty(name)));
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(2, equals);
            if (!argument.startsWith("--") || equals < 0 || !KNOWN.contains(name)) {
                throw new IllegalArgumentException(
                        "argument \""
                                + argument
                                + "\": expected --NAME=VALUE with a name of "
                                + new TreeSet<>(KNOWN));
            }
            values.put(name, argument.substring(equals + 1));
        }
        return new Settings(values);
    }

    /**
     * The settings of a gateway inside a process that has decided some of them: those given count
     * before the environment.
     *
     * @param given by name, such as {@code media-port}
     */
    static Settings given(Map<String, String> given, Map<String, String> environment) {
        return read(
                given.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toList(),
                new Properties(),
                environment);
    }

    private static void put(
            Map<String, String> values, String variable, String prefix, String value) {
        if (!variable.startsWith(prefix) || value.isBlank()) {
            return;
        }
        String name =
                variable.substring(prefix.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-')
                        .replace('.', '-');
        if (KNOWN.contains(name)) {
            values.put(name, value);
        } else if (name.startsWith(OWN_PREFIX)) {
            throw new IllegalArgumentException(
                    variable + ": not known; expected one of " + new TreeSet<>(KNOWN));
        }
    }

    GatewayConfig config() {
        int offset = number("port-offset", 0);
        String serviceToken = text("service-token", "");
        if (serviceToken.isBlank()) {
            throw new IllegalArgumentException(
                    "CONFETTI_SERVICE_TOKEN is not set: expected the secret that the gift service"
                            + " takes");
        }
        Limits limits =
                Limits.defaults()
                        .withGraceMs(number("gateway-grace-ms", 60_000))
                        .withMaxConnections(number("gateway-max-connections", 100_000))
                        .withViewerLagMs(number("gateway-viewer-lag-ms", 3_000));
        return new GatewayDraft()
                .bind(text("bind", "127.0.0.1"))
                .mediaPort(offset + number("media-port", GatewayConfig.DEFAULT_MEDIA_PORT))
                .rtmpPort(offset + number("rtmp-port", GatewayConfig.DEFAULT_RTMP_PORT))
                .eventLoops(number("gateway-event-loops", 0))
                .publicUrl(text("public-url", "http://localhost:" + (8080 + offset)))
                .service(url("service-url", "http://localhost:" + (8080 + offset)), serviceToken)
                .kafkaBootstrap(text("kafka-bootstrap", "localhost:" + (19092 + offset)))
                .hook(
                        values.containsKey("gateway-hook-url") ? url("gateway-hook-url", "") : null,
                        text("gateway-hook-secret", ""))
                .playTokenSecret(text("play-token-secret", ""))
                .limits(limits)
                .flush(flush())
                .tls(tls(offset))
                .slate(slate())
                .config();
    }

    private FlushPace.Mode flush() {
        String text = text("gateway-flush", "auto");
        return switch (text) {
            case "frame" -> FlushPace.Mode.FRAME;
            case "economical" -> FlushPace.Mode.ECONOMICAL;
            case "auto" -> FlushPace.Mode.AUTO;
            default ->
                    throw new IllegalArgumentException(
                            "gateway-flush \"" + text + "\": expected frame, economical or auto");
        };
    }

    private @Nullable Slate slate() {
        String value = values.get("gateway-slate");
        if (value == null) {
            return SlateFile.builtIn();
        }
        if (value.equals("off")) {
            return null;
        }
        try {
            return SlateFile.read(Path.of(value));
        } catch (IllegalArgumentException e) { // also of what is no path at all
            throw new IllegalArgumentException(
                    "gateway-slate \"" + value + "\": " + e.getMessage(), e);
        }
    }

    private @Nullable TlsConfig tls(int offset) {
        if (!values.containsKey("rtmps-port") && !values.containsKey("media-tls-port")) {
            return null;
        }
        return new TlsConfig(
                port("rtmps-port", offset),
                port("media-tls-port", offset),
                file("tls-certificate"),
                file("tls-key"));
    }

    private @Nullable Integer port(String name, int offset) {
        return values.containsKey(name) ? offset + number(name, 0) : null;
    }

    private Path file(String name) {
        String value = values.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    name + " is not set: expected a PEM file, since a TLS port is set");
        }
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(name + " \"" + value + "\": expected a file", e);
        }
    }

    /** How long a start waits for Kafka. */
    Duration startTimeout() {
        String text = text("start-timeout", "PT30S");
        try {
            Duration timeout = Duration.parse(text);
            if (timeout.isPositive() && timeout.compareTo(LONGEST_START) <= 0) {
                return timeout;
            }
        } catch (DateTimeParseException e) {
            // falls through to the refusal
        }
        throw new IllegalArgumentException(
                "start-timeout \""
                        + text
                        + "\": expected an ISO 8601 duration up to "
                        + LONGEST_START
                        + ", such as PT30S");
    }

    private String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    private URI url(String name, String otherwise) {
        String text = text(name, otherwise);
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    name + " \"" + text + "\": expected http://HOST:PORT or https://…", e);
        }
    }

    private int number(String name, int otherwise) {
        String value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    name + " \"" + value + "\": expected a whole number", e);
        }
    }
}
