package dev.confetti.gateway;

import dev.confetti.gateway.limits.Limits;
import dev.confetti.gateway.play.PlayGate;
import dev.confetti.gateway.slate.Slate;
import dev.confetti.gateway.stream.FlushPace;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * @param hookUrl where publishers and viewers that come and go are told; null for nowhere
 * @param hookSecret signs what is told there; may be empty
 * @param playTokenSecret that the service signs play tokens with; empty lets everybody play
 * @param flush how often viewers are handed their pictures
 * @param tls null for no port with TLS
 * @param slate shown while a publisher is away; null for none
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
        @Nullable URI hookUrl,
        String hookSecret,
        String playTokenSecret,
        Limits limits,
        FlushPace.Mode flush,
        @Nullable TlsConfig tls,
        @Nullable Slate slate) {

    public static final int DEFAULT_MEDIA_PORT = 8088;
    public static final int DEFAULT_RTMP_PORT = 1935;

    public GatewayConfig {
        port("mediaPort", mediaPort);
        port("rtmpPort", rtmpPort);
        if (mediaPort != 0 && mediaPort == rtmpPort) {
            throw new IllegalArgumentException(
                    "mediaPort and rtmpPort are both " + mediaPort + ": expected two ports");
        }
        if (tls != null) {
            Set<Integer> taken = new HashSet<>(List.of(mediaPort, rtmpPort));
            ownPort("rtmpsPort", tls.rtmpsPort(), taken);
            ownPort("mediaTlsPort", tls.mediaTlsPort(), taken);
        }
        if (eventLoops < 0 || eventLoops > 256) {
            throw new IllegalArgumentException(
                    "eventLoops " + eventLoops + ": expected 0 (one per processor) to 256");
        }
        filled("bind", bind);
        filled("publicUrl", publicUrl);
        filled("serviceToken", serviceToken);
        filled("kafkaBootstrap", kafkaBootstrap);
        web("serviceUrl", serviceUrl);
        if (hookUrl != null) {
            web("hookUrl", hookUrl);
        }
        PlayGate.requireLong(playTokenSecret);
        publicUrl = publicUrl.replaceAll("/+$", "");
    }

    /**
     * As a gateway by itself reads it from the environment, but for what a process around it has
     * decided.
     *
     * @param given settings by name, such as {@code media-port}; each counts before its variable
     * @param environment variables, such as {@code CONFETTI_MEDIA_PORT}
     * @throws IllegalArgumentException naming the setting and what was expected
     */
    public static GatewayConfig of(Map<String, String> given, Map<String, String> environment) {
        return Settings.given(given, environment).config();
    }

    /** A draft with these values. */
    public GatewayDraft draft() {
        return new GatewayDraft()
                .bind(bind)
                .mediaPort(mediaPort)
                .rtmpPort(rtmpPort)
                .eventLoops(eventLoops)
                .publicUrl(publicUrl)
                .service(serviceUrl, serviceToken)
                .kafkaBootstrap(kafkaBootstrap)
                .hook(hookUrl, hookSecret)
                .playTokenSecret(playTokenSecret)
                .limits(limits)
                .flush(flush)
                .tls(tls)
                .slate(slate);
    }

    /** The record's values, but for the secrets. */
    @Override
    public String toString() {
        return "GatewayConfig[bind=%s, mediaPort=%d, rtmpPort=%d, eventLoops=%d, publicUrl=%s, serviceUrl=%s, kafkaBootstrap=%s, hookUrl=%s, limits=%s, flush=%s, tls=%s, slate=%s]"
                .formatted(
                        bind,
                        mediaPort,
                        rtmpPort,
                        eventLoops,
                        publicUrl,
                        serviceUrl,
                        kafkaBootstrap,
                        hookUrl,
                        limits,
                        flush,
                        tls,
                        slate);
    }

    private static void web(String name, URI url) {
        String scheme = url.getScheme();
        if (scheme == null || !scheme.matches("https?") || url.getHost() == null) {
            throw new IllegalArgumentException(
                    name + " \"" + url + "\": expected http://HOST:PORT or https://…");
        }
    }

    static void port(String name, int value) {
        if (value < 0 || value > 65_535) {
            throw new IllegalArgumentException(name + " " + value + ": expected 0 to 65535");
        }
    }

    private static void ownPort(String name, @Nullable Integer port, Set<Integer> taken) {
        if (port != null && port != 0 && !taken.add(port)) {
            throw new IllegalArgumentException(
                    name + " " + port + " is another port of the gateway: expected one of its own");
        }
    }

    private static void filled(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is empty: expected a value");
        }
    }
}
