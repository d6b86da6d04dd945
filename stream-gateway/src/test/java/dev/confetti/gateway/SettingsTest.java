package dev.confetti.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.gateway.stream.FlushPace;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static final Map<String, String> TOKEN = Map.of("CONFETTI_SERVICE_TOKEN", "secret");

    @Test
    void defaultsNeedOnlyAToken() {
        GatewayConfig config = read(List.of(), new Properties(), TOKEN);
        assertThat(config.mediaPort()).isEqualTo(8088);
        assertThat(config.rtmpPort()).isEqualTo(1935);
        assertThat(config.bind()).isEqualTo("127.0.0.1");
        assertThat(config.kafkaBootstrap()).isEqualTo("localhost:19092");
        assertThat(config.serviceUrl()).isEqualTo(URI.create("http://localhost:8080"));
        assertThat(config.toString()).doesNotContain("secret");
        assertThatThrownBy(() -> read(List.of(), new Properties(), Map.of()))
                .hasMessage(
                        "CONFETTI_SERVICE_TOKEN is not set: expected the secret that the gift"
                                + " service takes");
    }

    @Test
    void argumentsWinOverPropertiesAndThoseOverTheEnvironment() {
        Properties properties = new Properties();
        properties.setProperty("confetti.media-port", "2");
        properties.setProperty("confetti.rtmp-port", "3");
        GatewayConfig config =
                read(
                        List.of("--rtmp-port=4", "--port-offset=100"),
                        properties,
                        Map.of(
                                "CONFETTI_SERVICE_TOKEN",
                                "secret",
                                "CONFETTI_MEDIA_PORT",
                                "1",
                                "CONFETTI_GATEWAY_GRACE_MS",
                                "5000",
                                "CONFETTI_PUBLIC_URL",
                                "https://x/"));
        assertThat(config.mediaPort()).isEqualTo(102);
        assertThat(config.rtmpPort()).isEqualTo(104);
        assertThat(config.limits().graceMs()).isEqualTo(5000);
        assertThat(config.publicUrl()).isEqualTo("https://x");
        assertThat(config.serviceUrl()).isEqualTo(URI.create("http://localhost:8180"));
    }

    @Test
    void whatIsNotKnownOrOutOfRangeFailsTheStart() {
        assertThatThrownBy(() -> read(List.of("--prot=1"), new Properties(), TOKEN))
                .hasMessageContaining("--prot=1");
        assertThatThrownBy(
                        () ->
                                read(
                                        List.of(),
                                        new Properties(),
                                        Map.of("CONFETTI_GATEWAY_GRACE", "1")))
                .hasMessageContaining("CONFETTI_GATEWAY_GRACE");
        assertThatThrownBy(() -> read(List.of("--rtmp-port=x"), new Properties(), TOKEN))
                .hasMessage("rtmp-port \"x\": expected a whole number");
        assertThatThrownBy(() -> read(List.of("--gateway-flush=often"), new Properties(), TOKEN))
                .hasMessage("gateway-flush \"often\": expected frame, economical or auto");
        assertThatThrownBy(
                        () -> read(List.of("--gateway-viewer-lag-ms=9"), new Properties(), TOKEN))
                .hasMessage("viewerLagMs 9: expected 100 to 600000");
        assertThatThrownBy(() -> read(List.of("--rtmp-port=70000"), new Properties(), TOKEN))
                .hasMessage("rtmpPort 70000: expected 0 to 65535");
        assertThatThrownBy(() -> read(List.of("--service-url=ftp://x"), new Properties(), TOKEN))
                .hasMessageContaining("ftp://x");
        assertThatThrownBy(() -> read(List.of("--service-url=http://a b"), new Properties(), TOKEN))
                .hasMessage("service-url \"http://a b\": expected http://HOST:PORT or https://…");
    }

    @Test
    void aSecretForPlayTokensIsLongAndNeverPrinted() {
        String secret = "0123456789abcdef0123456789abcdef";
        GatewayConfig config =
                read(
                        List.of(),
                        new Properties(),
                        Map.of(
                                "CONFETTI_SERVICE_TOKEN",
                                "x",
                                "CONFETTI_PLAY_TOKEN_SECRET",
                                secret));
        assertThat(config.playTokenSecret()).isEqualTo(secret);
        assertThat(config.toString()).doesNotContain(secret);
        assertThat(read(List.of(), new Properties(), TOKEN).playTokenSecret()).isEmpty();
        assertThatThrownBy(
                        () -> read(List.of("--play-token-secret=short"), new Properties(), TOKEN))
                .hasMessage("play-token-secret of 5 bytes: expected at least 32, or none");
    }

    @Test
    void viewersAreHandedEachPictureUnlessLoopsAreBusy() {
        GatewayConfig usual = read(List.of(), new Properties(), TOKEN);
        assertThat(usual.flush()).isEqualTo(FlushPace.Mode.AUTO);
        assertThat(usual.limits().viewerLagMs()).isEqualTo(3_000);
        GatewayConfig set =
                read(
                        List.of("--gateway-flush=economical", "--gateway-viewer-lag-ms=500"),
                        new Properties(),
                        TOKEN);
        assertThat(set.flush()).isEqualTo(FlushPace.Mode.ECONOMICAL);
        assertThat(set.limits().viewerLagMs()).isEqualTo(500);
    }

    @Test
    void portsWithTlsAreOffUnlessTheyAreSet() {
        String certificate = "--tls-certificate=/etc/c.pem";
        String key = "--tls-key=/etc/k.pem";
        assertThat(read(List.of(certificate, key), new Properties(), TOKEN).tls()).isNull();
        assertThat(
                        read(
                                        List.of("--rtmps-port=443", "--port-offset=1000", key),
                                        new Properties(),
                                        Map.of(
                                                "CONFETTI_SERVICE_TOKEN",
                                                "secret",
                                                "CONFETTI_TLS_CERTIFICATE",
                                                "/etc/c.pem"))
                                .tls())
                .isEqualTo(new TlsConfig(1443, null, Path.of("/etc/c.pem"), Path.of("/etc/k.pem")));
        assertThatThrownBy(() -> read(List.of("--rtmps-port=443", key), new Properties(), TOKEN))
                .hasMessage(
                        "tls-certificate is not set: expected a PEM file, since a TLS port is set");
        assertThatThrownBy(
                        () ->
                                read(
                                        List.of("--rtmps-port=8088", certificate, key),
                                        new Properties(),
                                        TOKEN))
                .hasMessage(
                        "rtmpsPort 8088 is another port of the gateway: expected one of its own");
        assertThat(
                        read(
                                        List.of("--media-tls-port=8443", certificate, key),
                                        new Properties(),
                                        TOKEN)
                                .tls())
                .isEqualTo(new TlsConfig(null, 8443, Path.of("/etc/c.pem"), Path.of("/etc/k.pem")));
        assertThatThrownBy(
                        () ->
                                read(
                                        List.of(
                                                "--rtmps-port=443",
                                                "--media-tls-port=443",
                                                certificate,
                                                key),
                                        new Properties(),
                                        TOKEN))
                .hasMessage(
                        "mediaTlsPort 443 is another port of the gateway: expected one of its own");
        assertThatThrownBy(
                        () ->
                                read(
                                        List.of("--rtmps-port=-2", certificate, key),
                                        new Properties(),
                                        TOKEN))
                .hasMessage("rtmpsPort -2: expected 0 to 65535");
    }

    @Test
    void theSlateIsTheBuiltInOneAFileOrOff() {
        assertThat(read(List.of(), new Properties(), TOKEN).slate())
                .hasToString("Slate[avc1.4d401f, 2000 ms, sound off]");
        assertThat(read(List.of("--gateway-slate=off"), new Properties(), TOKEN).slate()).isNull();
        String builtIn = "src/main/resources/dev/confetti/gateway/slate/slate.flv";
        assertThat(read(List.of("--gateway-slate=" + builtIn), new Properties(), TOKEN).slate())
                .hasToString("Slate[avc1.4d401f, 2000 ms, sound off]");
        assertThatThrownBy(() -> read(List.of("--gateway-slate=pom.xml"), new Properties(), TOKEN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "gateway-slate \"pom.xml\": no FLV file: expected it to begin with FLV");
        for (String path : List.of("no.flv", "", "a\0b")) {
            assertThatThrownBy(
                            () -> read(List.of("--gateway-slate=" + path), new Properties(), TOKEN))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("gateway-slate \"" + path + "\": ");
        }
    }

    private static GatewayConfig read(
            List<String> arguments, Properties properties, Map<String, String> environment) {
        return Settings.read(arguments, properties, environment).config();
    }
}
