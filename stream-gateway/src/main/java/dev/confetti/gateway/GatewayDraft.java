package dev.confetti.gateway;

import dev.confetti.gateway.flv.SlateFile;
import dev.confetti.gateway.limits.Limits;
import dev.confetti.gateway.slate.Slate;
import dev.confetti.gateway.stream.FlushPace;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A {@link GatewayConfig} that is being put together, from the usual values on; they are checked
 * when it is {@link #config finished}.
 */
public final class GatewayDraft {
    private String bind = "127.0.0.1";
    private int mediaPort = GatewayConfig.DEFAULT_MEDIA_PORT;
    private int rtmpPort = GatewayConfig.DEFAULT_RTMP_PORT;
    private int eventLoops;
    private String publicUrl = "http://localhost:8080";
    private URI serviceUrl = URI.create("http://localhost:8080");
    private String serviceToken = "";
    private String kafkaBootstrap = "localhost:19092";
    private @Nullable URI hookUrl;
    private String hookSecret = "";
    private String playTokenSecret = "";
    private Limits limits = Limits.defaults();
    private FlushPace.Mode flush = FlushPace.Mode.AUTO;
    private @Nullable TlsConfig tls;
    private @Nullable Slate slate = SlateFile.builtIn();

    public GatewayDraft bind(String address) {
        bind = address;
        return this;
    }

    public GatewayDraft mediaPort(int port) {
        mediaPort = port;
        return this;
    }

    public GatewayDraft rtmpPort(int port) {
        rtmpPort = port;
        return this;
    }

    public GatewayDraft eventLoops(int threads) {
        eventLoops = threads;
        return this;
    }

    public GatewayDraft publicUrl(String url) {
        publicUrl = url;
        return this;
    }

    public GatewayDraft service(URI url, String token) {
        serviceUrl = url;
        serviceToken = token;
        return this;
    }

    public GatewayDraft kafkaBootstrap(String brokers) {
        kafkaBootstrap = brokers;
        return this;
    }

    public GatewayDraft hook(@Nullable URI url, String secret) {
        hookUrl = url;
        hookSecret = secret;
        return this;
    }

    public GatewayDraft playTokenSecret(String secret) {
        playTokenSecret = secret;
        return this;
    }

    public GatewayDraft limits(Limits ofClients) {
        limits = ofClients;
        return this;
    }

    public GatewayDraft flush(FlushPace.Mode mode) {
        flush = mode;
        return this;
    }

    public GatewayDraft tls(@Nullable TlsConfig ports) {
        tls = ports;
        return this;
    }

    public GatewayDraft slate(@Nullable Slate shown) {
        slate = shown;
        return this;
    }

    /**
     * The values as they are now.
     *
     * @throws IllegalArgumentException naming the one that makes no sense, and what was expected
     */
    public GatewayConfig config() {
        return new GatewayConfig(
                bind,
                mediaPort,
                rtmpPort,
                eventLoops,
                publicUrl,
                serviceUrl,
                serviceToken,
                kafkaBootstrap,
                hookUrl,
                hookSecret,
                playTokenSecret,
                limits,
                flush,
                tls,
                slate);
    }
}
