package dev.confetti.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.gateway.fake.FakeControl;
import dev.confetti.gateway.fake.RtmpTestClient;
import dev.confetti.gateway.fake.RtmpTestClient.Message;
import dev.confetti.gateway.fake.TestCertificate;
import dev.confetti.gateway.fake.TestGateway;
import dev.confetti.gateway.fake.TestMedia;
import dev.confetti.gateway.fake.Waiting;
import dev.confetti.gateway.limits.Limits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RTMP over TLS, with a certificate of the test's own. */
class RtmpsTest {
    @TempDir private static Path folder;
    private static TestCertificate certificate;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.make(folder);
    }

    private static StreamGateway start(Limits limits) throws InterruptedException {
        return StreamGateway.start(
                TestGateway.config(limits, certificate),
                new SimpleMeterRegistry(),
                new FakeControl());
    }

    @Test
    void publishingAndPlayingWorkOverTls() throws Exception {
        SSLContext tls = certificate.trusting();
        try (StreamGateway gateway = start(TestGateway.patientLimits());
                RtmpTestClient publisher = RtmpTestClient.connect(gateway.rtmpsPort(), tls)) {
            assertThat(publisher.publish("live1?key=key-live1"))
                    .isEqualTo("NetStream.Publish.Start");
            publisher.sendHeaders();
            publisher.message(9, 0, TestMedia.keyFrame(1));
            Waiting.until(
                    "the picture is there",
                    () -> {
                        var stream = gateway.streams().find("live1");
                        return stream != null && stream.mediaMs() == 0;
                    });
            try (RtmpTestClient one = RtmpTestClient.connect(gateway.rtmpsPort(), tls);
                    RtmpTestClient plain = RtmpTestClient.connect(gateway.rtmpPort())) {
                for (RtmpTestClient player : new RtmpTestClient[] {one, plain}) {
                    player.play("live1");
                    awaitPicture(player, 1);
                }
                byte[] big = TestMedia.hex("27 01 000000  00030d44 41", "5a".repeat(200_002), "02");
                publisher.message(9, 40, big);
                for (RtmpTestClient player : new RtmpTestClient[] {one, plain}) {
                    assertThat(awaitPicture(player, 2).body()).isEqualTo(big);
                }
            }
        }
    }

    @Test
    void whatIsNoTlsAndWhatNeverEndsItsHandshakeIsClosed() throws Exception {
        try (StreamGateway gateway = start(TestGateway.shortLimits());
                RtmpTestClient plain = RtmpTestClient.open(gateway.rtmpsPort());
                RtmpTestClient silent = RtmpTestClient.open(gateway.rtmpsPort());
                RtmpTestClient halfway = RtmpTestClient.open(gateway.rtmpsPort())) {
            plain.raw(TestMedia.hex("03", "00".repeat(1536)));
            assertThat(plain.closedByServer()).isTrue();
            halfway.raw(TestMedia.hex("16 0301 0200 01"));
            assertThat(silent.closedByServer()).isTrue();
            assertThat(halfway.closedByServer()).isTrue();
            Waiting.until("all are gone", () -> gateway.meters().connections.get() == 0);
        }
    }

    @Test
    void withoutTlsThereIsNoSuchPort() throws Exception {
        try (StreamGateway gateway =
                StreamGateway.start(
                        TestGateway.config(TestGateway.patientLimits()),
                        new SimpleMeterRegistry(),
                        new FakeControl())) {
            assertThat(gateway.rtmpsPort()).isEqualTo(-1);
        }
    }

    @Test
    void filesThatCannotBeUsedAreNamed() throws IOException {
        Path missing = folder.resolve("missing.pem");
        assertThatThrownBy(() -> context(missing, certificate.key()))
                .hasMessageContaining("tls-certificate " + missing)
                .hasMessageContaining("expected a file");
        Path old = Files.writeString(folder.resolve("old.pem"), "-----BEGIN RSA PRIVATE KEY-----");
        assertThatThrownBy(() -> context(certificate.certificate(), old))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a PEM certificate chain and its private key");
        assertThatThrownBy(() -> context(certificate.key(), certificate.key()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(certificate.key().toString());
    }

    private static SslContext context(Path certificate, Path key) {
        return new TlsConfig(0, null, certificate, key).serverContext(builder -> builder);
    }

    private static Message awaitPicture(RtmpTestClient player, int number) throws IOException {
        Message message;
        do {
            message = player.next();
        } while (message.type() != 9
                || message.body()[1] != 1
                || message.body()[message.body().length - 1] != number);
        return message;
    }
}
