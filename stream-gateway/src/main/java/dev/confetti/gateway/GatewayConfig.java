package dev.confetti.gateway;

import dev.confetti.gateway.limits.Limits;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway is set up; validated when it is made.
 *
 * @param bind address to listen on
 * @param mediaPort HTTP and WebSocket; 0 for any free one
 * @param rtmpPort 0 for any free one
 * @param eventLoops threads for media; 0 for one per processor
 * @param publicUrl of pages and gifts, from which cues make their animation's URL
 * @param serviceUrl of the service that knows lives and keys
 * @param serviceToken the secret shared with it
 * @param kafkaBootstrap broker addresses
 * @param tls a further media port; null for none
 */
public record GatewayConfig(
        String bind,
        int mediaPort,
        int rtmpPort,
        int eventLoops,
        String publicUrl,
        URI serviceUrl,
        String serviceToken,
        String kafkaBootstrap,
        Limits limits,
        @Nullable TlsConfig tls) {

    public static final int DEFAULT_MEDIA_PORT = 8088;
    public static final int DEFAULT_RTMP_PORT = 1935;

    public GatewayConfig {
        port("mediaPort", mediaPort);
        port("rtmpPort", rtmpPort);
        if (mediaPort != 0 && mediaPort == rtmpPort) {
            throw new IllegalArgumentException(
                    "mediaPort and rtmpPort are both " + mediaPort + ": expected two ports");
        }
        if (eventLoops < 0 || eventLoops > 256) {
            throw new IllegalArgumentException(
                    "eventLoops " + eventLoops + ": expected 0 (one per processor) to 256");
        }
        filled("bind", bind);
        filled("publicUrl", publicUrl);
        filled("serviceToken", serviceToken);
        filled("kafkaBootstrap", kafkaBootstrap);
        String scheme = serviceUrl.getScheme();
        if (scheme == null || !scheme.matches("https?") || serviceUrl.getHost() == null) {
            throw new IllegalArgumentException(
                    "serviceUrl \"" + serviceUrl + "\": expected http://HOST:PORT or https://…");
        }
        publicUrl = publicUrl.replaceAll("/+$", "");
    }

    /** A gateway without a TLS port. */
    public GatewayConfig(
            String bind,
            int mediaPort,
            int rtmpPort,
            int eventLoops,
            String publicUrl,
            URI serviceUrl,
            String serviceToken,
            String kafkaBootstrap,
            Limits limits) {
        this(
                bind,
                mediaPort,
                rtmpPort,
                eventLoops,
                publicUrl,
                serviceUrl,
                serviceToken,
                kafkaBootstrap,
                limits,
                null);
    }

    public GatewayConfig withTls(@Nullable TlsConfig newTls) {
        return new GatewayConfig(
                bind,
                mediaPort,
                rtmpPort,
                eventLoops,
                publicUrl,
                serviceUrl,
                serviceToken,
                kafkaBootstrap,
                limits,
                newTls);
    }

    /** The record's values, but for the token. */
    @Override
    public String toString() {
        return "GatewayConfig[bind=%s, mediaPort=%d, rtmpPort=%d, eventLoops=%d, publicUrl=%s, serviceUrl=%s, kafkaBootstrap=%s, limits=%s, tls=%s]"
                .formatted(
                        bind,
                        mediaPort,
                        rtmpPort,
                        eventLoops,
                        publicUrl,
                        serviceUrl,
                        kafkaBootstrap,
                        limits,
                        tls);
    }

    private static void port(String name, int value) {
        if (value < 0 || value > 65_535) {
            throw new IllegalArgumentException(name + " " + value + ": expected 0 to 65535");
        }
    }

    private static void filled(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is empty: expected a value");
        }
    }
}
