package dev.confetti.gateway;

import dev.confetti.gateway.limits.Limits;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * The settings of a gateway that runs by itself: arguments {@code --media-port=8088}, then system
 * properties {@code confetti.media-port}, then the environment {@code CONFETTI_MEDIA_PORT}.
 */
final class Settings {
    private static final Set<String> KNOWN =
            Set.of(
                    "bind",
                    "media-port",
                    "rtmp-port",
                    "port-offset",
                    "gateway-event-loops",
                    "gateway-grace-ms",
                    "gateway-max-connections",
                    "public-url",
                    "service-url",
                    "service-token",
                    "kafka-bootstrap");

    /** Only these prefixes are ours alone, so that a misspelt name in them is an error. */
    private static final String OWN_PREFIX = "gateway-";

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = values;
    }

    static GatewayConfig read(
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
        return new Settings(values).config();
    }

    private static void put(
            Map<String, String> values, String variable, String prefix, String value) {
        if (!variable.startsWith(prefix)) {
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

    private GatewayConfig config() {
        int offset = number("port-offset", 0);
        Limits limits =
                Limits.defaults()
                        .withGraceMs(number("gateway-grace-ms", 60_000))
                        .withMaxConnections(number("gateway-max-connections", 100_000));
        return new GatewayConfig(
                text("bind", "127.0.0.1"),
                offset + number("media-port", GatewayConfig.DEFAULT_MEDIA_PORT),
                offset + number("rtmp-port", GatewayConfig.DEFAULT_RTMP_PORT),
                number("gateway-event-loops", 0),
                text("public-url", "http://localhost:" + (8080 + offset)),
                URI.create(text("service-url", "http://localhost:" + (8080 + offset))),
                text("service-token", ""),
                text("kafka-bootstrap", "localhost:" + (19092 + offset)),
                limits);
    }

    private String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
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
