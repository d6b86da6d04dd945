package dev.confetti.platform;

import dev.confetti.engines.EngineException;
import dev.confetti.engines.EnginesConfig;
import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.gateway.GatewayConfig;
import dev.confetti.gateway.TlsConfig;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the launcher was told, checked.
 *
 * @param engines which engines to start or use; holds the data folder
 * @param bind the address that HTTP, media and RTMP listen on
 * @param httpPort API and pages
 * @param gateway media; its service token is the one that the service takes
 * @param publicUrl where clients reach API and pages, without a slash at its end
 * @param mediaUrl where clients reach media over HTTP, without a slash at its end
 * @param rtmpUrl where publishers reach RTMP, without an application
 * @param demo whether synthetic creators and viewers are there
 * @param devAuth whether anybody may make tokens for anybody
 * @param policies policies by name; the service knows which there are
 */
record PlatformConfig(
        EnginesConfig engines,
        InetAddress bind,
        int httpPort,
        GatewayConfig gateway,
        String publicUrl,
        String mediaUrl,
        String rtmpUrl,
        boolean demo,
        boolean devAuth,
        Map<String, String> policies) {
    private static final int HTTP_PORT = 8080;
    private static final int SECRET_BYTES = 32;
    private static final int MAX_PORT_OFFSET = 65535 - EnginesConfig.KAFKA_PORT;

    PlatformConfig {
        policies = Map.copyOf(policies);
    }

    /**
     * From the options and the rest of the environment.
     *
     * @param gatewayOptions the gateway's settings that are options, by their names there
     * @throws PlatformException naming the value and what was expected
     */
    static PlatformConfig of(
            Path data,
            int portOffset,
            String bind,
            boolean demo,
            boolean devAuthAsked,
            boolean devAuthOnNetwork,
            Map<String, String> policies,
            Map<String, String> gatewayOptions,
            Map<String, String> environment) {
        if (portOffset < 0 || portOffset > MAX_PORT_OFFSET) {
            throw new PlatformException(
                    "--port-offset " + portOffset + ": expected 0 to " + MAX_PORT_OFFSET);
        }
        InetAddress address = address(bind);
        boolean devAuth = devAuthAsked || demo;
        if (devAuth && !address.isLoopbackAddress() && !devAuthOnNetwork) {
            throw new PlatformException(
                    "--bind "
                            + bind
                            + " with --dev-auth (which the demo switches on) lets anybody on the"
                            + " network be anybody: expected --dev-auth-on-network as well, or"
                            + " --no-demo without --dev-auth");
        }
        String host =
                address.isAnyLocalAddress() || address.isLoopbackAddress() ? "localhost" : bind;
        String publicUrl =
                url(environment, "CONFETTI_PUBLIC_URL", "http", host, HTTP_PORT + portOffset);
        String publicHost = URI.create(publicUrl).getHost();
        EnginesConfig engines = engines(data, portOffset, environment);
        Map<String, String> given = new HashMap<>(gatewayOptions);
        given.put("port-offset", Integer.toString(portOffset));
        given.put("public-url", publicUrl);
        GatewayConfig gateway =
                gateway(engines, address, HTTP_PORT + portOffset, given, environment);
        TlsConfig tls = gateway.tls();
        Integer httpsPort = tls == null ? null : tls.mediaTlsPort();
        Integer rtmpsPort = tls == null ? null : tls.rtmpsPort();
        String mediaUrl =
                httpsPort == null
                        ? url(
                                environment,
                                "CONFETTI_MEDIA_URL",
                                "http",
                                publicHost,
                                gateway.mediaPort())
                        : url(environment, "CONFETTI_MEDIA_URL", "https", publicHost, httpsPort);
        String rtmpUrl =
                rtmpsPort == null
                        ? url(
                                environment,
                                "CONFETTI_RTMP_URL",
                                "rtmp",
                                publicHost,
                                gateway.rtmpPort())
                        : url(environment, "CONFETTI_RTMP_URL", "rtmps", publicHost, rtmpsPort);
        return new PlatformConfig(
                engines,
                address,
                HTTP_PORT + portOffset,
                gateway,
                publicUrl,
                mediaUrl,
                rtmpUrl,
                demo,
                devAuth,
                policies);
    }

    /**
     * The gateway's settings: those given, then those of the environment, but for what follows from
     * the platform's own.
     *
     * @throws PlatformException naming the setting and what was expected
     */
    static GatewayConfig gateway(
            EnginesConfig engines,
            InetAddress bind,
            int httpPort,
            Map<String, String> given,
            Map<String, String> environment) {
        String serviceToken = given(environment, "CONFETTI_SERVICE_TOKEN");
        String kafka = engines.kafkaBootstrap();
        Map<String, String> settings = new HashMap<>(given);
        settings.put("bind", bind.getHostAddress());
        settings.put("service-url", "http://" + reachable(bind) + ":" + httpPort);
        settings.put("service-token", serviceToken == null ? randomToken() : serviceToken);
        settings.put("kafka-bootstrap", kafka == null ? "127.0.0.1:" + engines.kafkaPort() : kafka);
        try {
            return GatewayConfig.of(settings, environment);
        } catch (IllegalArgumentException e) {
            throw new PlatformException(String.valueOf(e.getMessage()), e);
        }
    }

    private static String randomToken() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The address at which this process reaches itself, fit for a URL. */
    String reachable() {
        return reachable(bind);
    }

    private static String reachable(InetAddress bind) {
        InetAddress address = bind.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bind;
        String text = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + text + "]" : text;
    }

    private static EnginesConfig engines(
            Path data, int portOffset, Map<String, String> environment) {
        String postgres = given(environment, "CONFETTI_POSTGRES_URL");
        String redis = given(environment, "CONFETTI_REDIS_URL");
        try {
            return new EnginesConfig(
                    data,
                    EnginesConfig.POSTGRES_PORT + portOffset,
                    EnginesConfig.KAFKA_PORT + portOffset,
                    EnginesConfig.REDIS_PORT + portOffset,
                    postgres == null
                            ? null
                            : PostgresEndpoint.parse(
                                    postgres,
                                    given(environment, "CONFETTI_POSTGRES_USER"),
                                    given(environment, "CONFETTI_POSTGRES_PASSWORD")),
                    given(environment, "CONFETTI_KAFKA_BOOTSTRAP"),
                    redis == null ? null : URI.create(redis));
        } catch (EngineException e) {
            throw new PlatformException(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new PlatformException(
                    "CONFETTI_REDIS_URL '"
                            + String.valueOf(redis).replaceFirst("//[^/]*@", "//…@")
                            + "': expected redis://host[:port], or several host[:port] between commas",
                    e);
        }
    }

    private static InetAddress address(String bind) {
        // No name lookups: an address that a resolver chooses is no decision of the operator.
        boolean literal = bind.matches("[0-9.]+") || bind.contains(":") || bind.equals("localhost");
        try {
            if (literal) {
                return InetAddress.getByName(bind);
            }
        } catch (UnknownHostException e) {
            throw badAddress(bind, e);
        }
        throw badAddress(bind, null);
    }

    private static PlatformException badAddress(String bind, @Nullable Throwable cause) {
        return new PlatformException(
                "--bind " + bind + ": expected an IP address, such as 127.0.0.1 or 0.0.0.0", cause);
    }

    private static String url(
            Map<String, String> environment,
            String variable,
            String scheme,
            String host,
            int port) {
        String value = given(environment, variable);
        if (value == null) {
            boolean bare6 = host.contains(":") && !host.startsWith("[");
            return scheme + "://" + (bare6 ? "[" + host + "]" : host) + ":" + port;
        }
        String text = value.replaceFirst("/+$", "");
        String plain = scheme.replaceFirst("s$", "");
        if (!text.matches(plain + "s?://[^\\s/?#]+(/[^\\s?#]*)?") || hostOf(text) == null) {
            throw new PlatformException(
                    variable + " '" + value + "': expected " + plain + "[s]://HOST[:PORT]");
        }
        return text;
    }

    private static @Nullable String hostOf(String url) {
        try {
            return URI.create(url).getHost();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String given(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
