package dev.confetti.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.gateway.fake.Cues;
import dev.confetti.gateway.fake.FakeControl;
import dev.confetti.gateway.fake.HttpTestClient;
import dev.confetti.gateway.fake.RtmpTestClient;
import dev.confetti.gateway.fake.TestGateway;
import dev.confetti.gateway.fake.TestMedia;
import dev.confetti.gateway.fake.Waiting;
import dev.confetti.gateway.limits.Limits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 and HTTP/1.1 over TLS, with the client of the JDK. */
class TlsTest {
    @TempDir private static Path folder;

    private static SSLContext trust;
    private StreamGateway gateway;
    private RtmpTestClient publisher;

    @BeforeAll
    static void makeCertificate() throws Exception {
        Path store = folder.resolve("store.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-alias",
                                "gateway",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "SAN=DNS:localhost,IP:127.0.0.1",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                "secret",
                                "-keystore",
                                store.toString())
                        .inheritIO()
                        .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), "secret".toCharArray());
        pem("certificate.pem", "CERTIFICATE", keys.getCertificate("gateway").getEncoded());
        pem("key.pem", "PRIVATE KEY", keys.getKey("gateway", "secret".toCharArray()).getEncoded());
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("gateway", keys.getCertificate("gateway"));
        TrustManagerFactory managers =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        trust = SSLContext.getInstance("TLS");
        trust.init(null, managers.getTrustManagers(), null);
    }

    private static void pem(String file, String type, byte[] der) throws Exception {
        Files.writeString(
                folder.resolve(file),
                "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                        .formatted(type, Base64.getMimeEncoder().encodeToString(der), type));
    }

    @BeforeEach
    void start() throws Exception {
        gateway = start(TestGateway.patientLimits());
        publisher = RtmpTestClient.connect(gateway.rtmpPort());
        publisher.publish("live1?key=key-live1");
        publisher.sendHeaders();
        publisher.message(9, 0, TestMedia.keyFrame(0));
        Waiting.until("the stream is there", () -> gateway.streams().find("live1") != null);
    }

    @AfterEach
    void stop() throws Exception {
        publisher.close();
        Waiting.until("all connections are gone", () -> gateway.meters().connections.get() == 0);
        gateway.close();
    }

    @Test
    void manyRequestsWaitOnOneConnectionOverHttp2() throws Exception {
        try (HttpClient client = client(HttpClient.Version.HTTP_2)) {
            assertThat(get(client, "/actuator/health").statusCode()).isEqualTo(503);
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (String file : List.of("index.m3u8", "video.m3u8", "video.m3u8?_HLS_msn=1")) {
                answers.add(
                        client.sendAsync(
                                request("/live/live1/" + file),
                                HttpResponse.BodyHandlers.ofString()));
            }
            Waiting.until("all have asked", () -> gateway.meters().hlsRequests.sum() == 3);
            for (int i = 1; i <= 51; i++) {
                publisher.message(
                        9, i * 40, i % 50 == 0 ? TestMedia.keyFrame(i) : TestMedia.interFrame(i));
            }
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(answer.get().statusCode()).isEqualTo(200);
                assertThat(answer.get().body()).startsWith("#EXTM3U");
            }
            assertThat(gateway.meters().connections.get())
                    .as("the publisher's and the player's")
                    .isEqualTo(2);
            assertThat(get(client, "/nothing").statusCode()).isEqualTo(404);
            assertThat(get(client, "/live/%2e%2e/x").statusCode()).isEqualTo(400);
            assertThat(get(client, "/live/live1/video.m3u8?_HLS_part=1").statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void mediaWithoutEndAndGiftsGoOverHttp2AsWell() throws Exception {
        try (HttpClient client = client(HttpClient.Version.HTTP_2)) {
            HttpResponse<InputStream> flv =
                    client.send(
                            request("/live/live1.flv"), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(flv.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(flv.body().readNBytes(3)).isEqualTo(new byte[] {'F', 'L', 'V'});
            HttpResponse<InputStream> gifts =
                    client.send(
                            request("/live/live1/gifts"),
                            HttpResponse.BodyHandlers.ofInputStream());
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(gifts.body(), StandardCharsets.UTF_8));
            assertThat(lines.readLine()).isEqualTo("retry: 1000");
            Waiting.until("it listens", () -> gateway.meters().giftListeners.get() == 1);
            assertThat(gateway.meters().viewers.get()).isEqualTo(1);
            gateway.streams().gift("live1", Cues.rose(7));
            Objects.requireNonNull(gateway.streams().find("live1")).loop().submit(() -> {}).sync();
            publisher.message(9, 40, TestMedia.interFrame(1));
            String line;
            do {
                line = lines.readLine();
            } while (!line.startsWith("data: "));
            assertThat(line).contains("\"ptsMs\":80");
            gateway.streams().liveEnded("live1");
            String rest = new String(flv.body().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(rest).contains("onGift");
            assertThat(lines.lines().count()).as("both end in good order").isPositive();
        }
        Waiting.until("nobody watches", () -> gateway.meters().viewers.get() == 0);
    }

    @Test
    void whoDoesNotSpeakHttp2GetsHttp1() throws Exception {
        try (HttpClient client = client(HttpClient.Version.HTTP_1_1)) {
            for (int i = 0; i < 2; i++) {
                HttpResponse<String> health = get(client, "/actuator/health");
                assertThat(health.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
                assertThat(health.body()).isEqualTo("{\"status\":\"DOWN\"}");
            }
            assertThat(gateway.meters().connections.get()).isEqualTo(2);
        }
    }

    @Test
    void whatIsNoCertificateFailsTheStart() throws Exception {
        Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
        assertThatThrownBy(
                        () ->
                                StreamGateway.start(
                                        TestGateway.config(TestGateway.patientLimits())
                                                .draft()
                                                .tls(new TlsConfig(null, 0, nonsense, nonsense))
                                                .config(),
                                        new SimpleMeterRegistry(),
                                        new FakeControl()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nonsense.pem: expected a PEM certificate chain");
    }

    @Test
    void whatIsNotTlsOrNeverComesIsClosed() throws Exception {
        try (StreamGateway impatient = start(TestGateway.shortLimits())) {
            try (HttpTestClient plain = HttpTestClient.open(impatient.mediaTlsPort());
                    HttpTestClient silent = HttpTestClient.open(impatient.mediaTlsPort())) {
                plain.raw("GET /actuator/health HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(plain.closedByServer()).isTrue();
                assertThat(silent.closedByServer()).isTrue();
            }
        }
    }

    /** By bytes, since the JDK's client closes what is idle by itself. */
    @Test
    void anHttp2ConnectionThatAsksNothingMoreIsClosed() throws Exception {
        try (StreamGateway impatient = start(TestGateway.idleLimits());
                SSLSocket idle =
                        (SSLSocket)
                                trust.getSocketFactory()
                                        .createSocket("localhost", impatient.mediaTlsPort())) {
            SSLParameters parameters = idle.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            idle.setSSLParameters(parameters);
            idle.setSoTimeout(60_000);
            // The preface, empty settings, and GET /actuator/health by HPACK's static table.
            OutputStream out = idle.getOutputStream();
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(TestMedia.hex("000000 04 00 00000000"));
            out.write(TestMedia.hex("000017 01 05 00000001 82 87 0410"));
            out.write("/actuator/health".getBytes(StandardCharsets.US_ASCII));
            out.write(TestMedia.hex("01 01 61"));
            assertThat(idle.getApplicationProtocol()).isEqualTo("h2");
            assertThat(new String(idle.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .contains("{\"status\":\"DOWN\"}");
        }
    }

    private static StreamGateway start(Limits limits) throws Exception {
        return StreamGateway.start(
                TestGateway.config(limits)
                        .draft()
                        .tls(
                                new TlsConfig(
                                        null,
                                        0,
                                        folder.resolve("certificate.pem"),
                                        folder.resolve("key.pem")))
                        .config(),
                new SimpleMeterRegistry(),
                new FakeControl());
    }

    private static HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder().version(version).sslContext(trust).build();
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("https://localhost:" + gateway.mediaTlsPort() + path))
                .build();
    }

    private HttpResponse<String> get(HttpClient client, String path) throws Exception {
        return client.send(request(path), HttpResponse.BodyHandlers.ofString());
    }
}
