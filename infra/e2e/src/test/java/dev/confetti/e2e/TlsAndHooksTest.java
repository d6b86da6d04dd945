package dev.confetti.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.confetti.gateway.fake.RtmpTestClient;
import dev.confetti.gateway.fake.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole platform in one process, with TLS and a server that is told who comes and goes. */
class TlsAndHooksTest {
    private static final String SECRET = "hooks-are-signed";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir static Path folder;

    private static final List<JsonNode> TOLD = new CopyOnWriteArrayList<>();
    private static HttpServer hooks;
    private static TestCertificate certificate;
    private static PlatformProcess platform;

    @BeforeAll
    static void start() throws Exception {
        certificate = TestCertificate.make(folder);
        hooks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hooks.createContext("/told", TlsAndHooksTest::take);
        hooks.start();
        platform =
                PlatformProcess.up(
                        folder.resolve("data"),
                        Ports.free(),
                        Map.of(
                                "CONFETTI_GATEWAY_HOOK_URL",
                                "http://127.0.0.1:" + hooks.getAddress().getPort() + "/told",
                                "CONFETTI_GATEWAY_HOOK_SECRET",
                                SECRET,
                                "CONFETTI_RTMPS_PORT",
                                Integer.toString(Ports.RTMPS),
                                "CONFETTI_TLS_KEY",
                                certificate.key().toString()),
                        "--no-demo",
                        "--media-tls-port",
                        Integer.toString(Ports.MEDIA_TLS),
                        "--tls-certificate",
                        certificate.certificate().toString());
    }

    @AfterAll
    static void stop() throws Exception {
        if (platform != null) {
            platform.close();
        }
        if (hooks != null) {
            hooks.stop(0);
        }
    }

    private static void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String signature = exchange.getRequestHeaders().getFirst("X-Confetti-Signature");
        if (("sha256=" + hmac(body)).equals(signature)) {
            TOLD.add(JSON.readTree(body));
        }
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private static String hmac(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theLiveIsAtTheUrlsWithTlsAndItsViewersAreTold() throws Exception {
        assertThat(platform.output())
                .contains("https://localhost:" + platform.ports().mediaTls() + "/live/LIVE.flv")
                .contains("rtmps://localhost:" + platform.ports().rtmps() + "/live");
        try (Stage stage = Stage.open(platform);
                HttpClient browser =
                        HttpClient.newBuilder().sslContext(certificate.trusting()).build()) {
            JsonNode urls =
                    Api.anonymous(platform)
                            .get("/v1/lives/" + stage.liveId())
                            .expect(200)
                            .body()
                            .path("playUrls");
            String media = "localhost:" + platform.ports().mediaTls() + "/live/" + stage.liveId();
            assertThat(urls.path("flv").asString()).isEqualTo("https://" + media + ".flv");
            assertThat(urls.path("wsFlv").asString()).isEqualTo("wss://" + media + ".flv");
            assertThat(urls.path("hls").asString()).isEqualTo("https://" + media + "/index.m3u8");
            assertThat(urls.path("rtmp").asString())
                    .isEqualTo(
                            "rtmps://localhost:"
                                    + platform.ports().rtmps()
                                    + "/live/"
                                    + stage.liveId());

            HttpResponse<InputStream> flv =
                    browser.send(
                            HttpRequest.newBuilder(URI.create(urls.path("flv").asString())).build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            assertThat(flv.version()).isEqualTo(HttpClient.Version.HTTP_2);
            try (InputStream body = flv.body()) {
                assertThat(new String(body.readNBytes(3), StandardCharsets.US_ASCII))
                        .isEqualTo("FLV");
                awaitTold("play", "http-flv", stage.liveId());
            }
            try (RtmpTestClient player =
                    RtmpTestClient.connect(platform.ports().rtmps(), certificate.trusting())) {
                player.play(stage.liveId());
                awaitTold("play", "rtmp", stage.liveId());
            }
            awaitTold("stop", "rtmp", stage.liveId());
            awaitTold("publish", "rtmp", stage.liveId());
        }
    }

    private static void awaitTold(String event, String protocol, String liveId) {
        Stage.await(
                event + " over " + protocol,
                () ->
                        TOLD.stream()
                                .anyMatch(
                                        told ->
                                                told.path("event").asString().equals(event)
                                                        && told.path("protocol")
                                                                .asString()
                                                                .startsWith(protocol)
                                                        && told.path("liveId")
                                                                .asString()
                                                                .equals(liveId)));
    }

    @Test
    void aCertificateThatIsNoneFailsTheStartBeforeAnythingElse() throws Exception {
        PlatformProcess.Ended ended =
                PlatformProcess.run(
                        folder.resolve("none"),
                        Ports.free(),
                        "up",
                        "--media-tls-port=8443",
                        "--tls-certificate=" + folder.resolve("none.pem"),
                        "--tls-key=" + certificate.key());
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output().strip())
                .isEqualTo(
                        "confetti: tls-certificate "
                                + folder.resolve("none.pem")
                                + ": expected a file that this process may read");
    }
}
