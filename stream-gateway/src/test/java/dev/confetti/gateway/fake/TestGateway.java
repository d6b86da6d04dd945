package dev.confetti.gateway.fake;

import dev.confetti.gateway.GatewayConfig;
import dev.confetti.gateway.GatewayDraft;
import dev.confetti.gateway.TlsConfig;
import dev.confetti.gateway.limits.Limits;
import java.net.URI;

/** Configurations of gateways for tests: free ports, nothing outside, no slate. */
public final class TestGateway {
    /** Nobody listens there: gifts are put in by hand. */
    private static final String NO_BROKER = "127.0.0.1:1";

    private TestGateway() {}

    public static GatewayConfig config(Limits limits) {
        return config(limits, NO_BROKER);
    }

    /** The same with RTMP over TLS on a free port. */
    public static GatewayConfig config(Limits limits, TestCertificate certificate) {
        return config(limits)
                .draft()
                .tls(new TlsConfig(0, null, certificate.certificate(), certificate.key()))
                .config();
    }

    public static GatewayConfig config(Limits limits, String kafkaBootstrap) {
        return new GatewayDraft()
                .mediaPort(0)
                .rtmpPort(0)
                .eventLoops(2)
                .service(URI.create("http://127.0.0.1:1"), "service-token")
                .kafkaBootstrap(kafkaBootstrap)
                .limits(limits)
                .slate(null)
                .config();
    }

    /** Usual limits, but a busy machine's pause is not taken for a stall of the video. */
    public static Limits patientLimits() {
        return new Limits(
                60_000, 60_000, 60_000, 60_000, 60_000, 60_000, 100, 8 << 20, 16 << 20, 256 << 20,
                16 << 20, 1 << 20, 8 << 20, 60_000, 60_000, 8, 10_000, 60_000);
    }

    /** The same, but a connection that asks nothing more is closed soon. */
    public static Limits idleLimits() {
        return new Limits(
                60_000, 60_000, 5_000, 2_000, 60_000, 60_000, 100, 8 << 20, 16 << 20, 256 << 20,
                16 << 20, 1 << 20, 8 << 20, 60_000, 60_000, 8, 10_000, 60_000);
    }

    /** Short deadlines, so that a test need not wait long for them. */
    public static Limits shortLimits() {
        return new Limits(
                400, 400, 400, 500, 600, 60_000, 100, 8 << 20, 16 << 20, 256 << 20, 16 << 20,
                1 << 20, 8 << 20, 3_000, 30_000, 8, 10_000, 500);
    }
}
