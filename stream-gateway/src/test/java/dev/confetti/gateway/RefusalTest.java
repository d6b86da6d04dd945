package dev.confetti.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.amf.AmfValue;
import dev.confetti.gateway.fake.ConnectionLog;
import dev.confetti.gateway.fake.FakeControl;
import dev.confetti.gateway.fake.HttpTestClient;
import dev.confetti.gateway.fake.RtmpTestClient;
import dev.confetti.gateway.fake.TestGateway;
import dev.confetti.gateway.fake.TestMedia;
import dev.confetti.gateway.fake.Waiting;
import dev.confetti.gateway.limits.Limits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a connection was closed, in the words that operators find in the log. */
class RefusalTest {
    private static StreamGateway gateway;
    private static StreamGateway impatient;
    private ConnectionLog log;

    @BeforeAll
    static void start() throws Exception {
        gateway = start(TestGateway.patientLimits());
        impatient = start(TestGateway.shortLimits());
    }

    private static StreamGateway start(Limits limits) throws Exception {
        return StreamGateway.start(
                TestGateway.config(limits), new SimpleMeterRegistry(), new FakeControl());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        impatient.close();
    }

    @BeforeEach
    void listen() {
        log = new ConnectionLog();
    }

    @AfterEach
    void nothingStays() throws Exception {
        log.close();
        for (StreamGateway each : List.of(gateway, impatient)) {
            Waiting.until("all connections are gone", () -> each.meters().connections.get() == 0);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "02 000000 000004 01 00000000 7fffffff | chunk size 2147483647: expected 128 to 65536",
                "02 000000 000004 01 00000000 0000007f | chunk size 127: expected 128 to 65536",
                "02 000000 000004 01 00000000 00010001 | chunk size 65537: expected 128 to 65536",
                "02 000000 000002 01 00000000 0080 | chunk size message of 2 bytes: expected 4",
                "02 000000 000000 02 00000000 | abort message of 0 bytes: expected 4",
                "06 000000 ffffff 09 01000000 | message of 16777215 bytes: expected at most 65536",
                "c6 00 | chunk stream 6: begins with fmt 3; expected a message header",
                "03 000000 000003 14 00000000 02ffff | AMF0 string of 65535 bytes: expected at most the 0 that are left in the message",
                "03 000000 000001 14 00000000 05 | command without a name: expected a string first",
                "03 000000 000010 14 00000000 02 0004 706c6179 00 0000000000000000 | command \"play\": expected connect first",
            })
    void aBrokenMessageIsNamed(String hex, String reason) throws Exception {
        try (RtmpTestClient client = RtmpTestClient.shakeHands(gateway.rtmpPort())) {
            client.raw(TestMedia.hex(hex));
            assertThat(client.closedByServer()).isTrue();
        }
        assertThat(log.onlyEnd()).isEqualTo(reason);
    }

    /** CVE-2016-10191: a buffer of the first length, bytes of the second. */
    @ParameterizedTest
    @CsvSource({"06 000001 ffff00 09 01000000, 0", "46 000001 ffff00 09, 1", "86 000001, 2"})
    void aLengthChangedInTheMiddleOfAMessageIsNamed(String header, int format) throws Exception {
        try (RtmpTestClient client = RtmpTestClient.shakeHands(gateway.rtmpPort())) {
            client.raw(TestMedia.hex("06 000001 000100 09 01000000", "11".repeat(128), header));
            assertThat(client.closedByServer()).isTrue();
        }
        assertThat(log.onlyEnd())
                .isEqualTo(
                        "chunk stream 6: new message header (fmt %d) inside a message; expected fmt 3",
                        format);
    }

    @Test
    void theSeventeenthChunkStreamIsNamed() throws Exception {
        StringBuilder chunks = new StringBuilder();
        for (int id = 3; id < 3 + 17; id++) {
            chunks.append("%02x 000000 000001 08 01000000 00".formatted(id));
        }
        try (RtmpTestClient client = RtmpTestClient.shakeHands(gateway.rtmpPort())) {
            client.raw(TestMedia.hex(chunks.toString()));
            assertThat(client.closedByServer()).isTrue();
        }
        assertThat(log.onlyEnd()).isEqualTo("chunk stream 19: expected at most 16");
    }

    @Test
    void amfOfDepth20000IsNamed() throws Exception {
        try (RtmpTestClient client = RtmpTestClient.shakeHands(gateway.rtmpPort())) {
            client.setChunkSize(65_536);
            client.message(
                    20, 0, TestMedia.hex("02 0007 636f6e6e656374", "03 0000".repeat(20_000)));
            assertThat(client.closedByServer()).isTrue();
        }
        assertThat(log.onlyEnd()).isEqualTo("AMF0 nests deeper than 16: expected flatter values");
    }

    @Test
    void metadataOfDepth20000IsDroppedAndThePublisherGoesOn() throws Exception {
        long before = gateway.meters().unitsMalformed.sum();
        try (RtmpTestClient publisher = publish(gateway, "deep")) {
            publisher.setChunkSize(65_536);
            publisher.message(
                    18, 0, TestMedia.hex("02 000a 6f6e4d65746144617461", "03 0000".repeat(20_000)));
            publisher.message(9, 0, TestMedia.keyFrame(1));
            Waiting.until("it is live", () -> gateway.streams().find("deep") != null);
            try (HttpTestClient viewer =
                    HttpTestClient.get(gateway.mediaPort(), "/live/deep.flv")) {
                viewer.flvHeader();
                assertThat(viewer.tagsThrough(1)).hasSize(3);
            }
        }
        assertThat(gateway.meters().unitsMalformed.sum()).isEqualTo(before + 1);
    }

    @Test
    void aMessageOf16MebibytesIsNamedOfAPublisherToo() throws Exception {
        try (RtmpTestClient publisher = publish(gateway, "huge")) {
            publisher.raw(TestMedia.hex("07 000000 ffffff 09 01000000"));
            assertThat(publisher.closedByServer()).isTrue();
        }
        assertThat(log.onlyEnd()).isEqualTo("message of 16777215 bytes: expected at most 8388608");
    }

    @Test
    void messagesThatAreNeverFinishedHaveALimitOverAllConnections() throws Exception {
        Limits limits =
                new Limits(
                        60_000, 60_000, 60_000, 60_000, 60_000, 60_000, 100, 65_536, 65_536,
                        131_072, 16 << 20, 1 << 20, 8 << 20, 60_000, 60_000, 8, 10_000, 60_000);
        try (StreamGateway own = start(limits)) {
            List<RtmpTestClient> publishers = new ArrayList<>();
            for (String live : List.of("a", "b", "c")) {
                RtmpTestClient publisher = publish(own, live);
                publisher.setChunkSize(65_536);
                publishers.add(publisher);
            }
            // Any two of them are within the limit, all three are not.
            for (RtmpTestClient publisher : publishers) {
                publisher.raw(TestMedia.hex("06 000000 00ea61 12 01000000", "00".repeat(60_000)));
            }
            assertThat(log.onlyEnd())
                    .isEqualTo(
                            "more than 131072 bytes in unfinished messages on all connections"
                                    + " together: expected fewer; try again later");
            for (RtmpTestClient publisher : publishers) {
                try {
                    publisher.raw(new byte[1]); // the last byte: 60,001 zeros are no AMF0
                } catch (SocketException e) {
                    assertThat(e).as("the one that was closed").isNotNull();
                }
            }
            Waiting.until("the other two are read", () -> own.meters().unitsMalformed.sum() == 2);
            // Their memory is there again.
            publishers.add(publish(own, "d"));
            publishers.getLast().sendHeaders();
            publishers.getLast().message(9, 0, TestMedia.keyFrame(1));
            Waiting.until("another is live", () -> own.streams().find("d") != null);
            for (RtmpTestClient publisher : publishers) {
                publisher.close();
            }
        }
    }

    @Test
    void whoIsLateIsTold() throws Exception {
        try (RtmpTestClient silent = RtmpTestClient.open(impatient.rtmpPort())) {
            assertThat(silent.closedByServer()).isTrue();
        }
        assertThat(log.onlyEnd()).isEqualTo("no handshake and connect within 400 ms");
    }

    @Test
    void bytesThatDribbleInPutNoDeadlineOff() throws Exception {
        try (RtmpTestClient client = RtmpTestClient.open(impatient.rtmpPort())) {
            client.raw(new byte[] {3});
            Waiting.until("it is closed", () -> refuses(() -> client.raw(new byte[1])));
        }
        assertThat(log.onlyEnd()).isEqualTo("no handshake and connect within 400 ms");
        try (HttpTestClient client = HttpTestClient.open(impatient.mediaPort())) {
            client.raw("GET / HTTP/1.1\r\nX: ");
            AtomicInteger sent = new AtomicInteger();
            Waiting.until(
                    "it is closed",
                    () -> {
                        sent.incrementAndGet();
                        return refuses(() -> client.raw("a"));
                    });
            assertThat(sent.get()).as("bytes, far from too long a head").isLessThan(7_000);
        }
    }

    private interface Sending {
        void send() throws Exception;
    }

    private static boolean refuses(Sending sending) throws Exception {
        try {
            sending.send();
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    @Test
    void whoConnectsAndWantsNothingIsTold() throws Exception {
        try (RtmpTestClient client = RtmpTestClient.connect(impatient.rtmpPort())) {
            assertThat(client.closedByServer()).isTrue();
        }
        assertThat(log.onlyEnd()).isEqualTo("no publish or play within 400 ms");
    }

    @Test
    void aSilentPublisherIsTold() throws Exception {
        try (RtmpTestClient publisher = publish(impatient, "quiet")) {
            assertThat(publisher.closedByServer()).isTrue();
        }
        assertThat(log.onlyEnd()).isEqualTo("nothing from the publisher for 600 ms");
    }

    @ParameterizedTest
    @CsvSource({
        "../x?key=k",
        "..%2fx?key=k",
        "a/b?key=k",
        "a\\b?key=k",
        "'a b?key=k'",
        "'?key=k'",
    })
    void aNameThatNoLiveHasIsRefused(String name) throws Exception {
        try (RtmpTestClient client = RtmpTestClient.connect(gateway.rtmpPort())) {
            client.command("publish", 5, AmfValue.Nothing.NULL, AmfValue.of(name));
            List<AmfValue> status = client.awaitCommand("onStatus");
            assertThat(RtmpTestClient.status(status, "code"))
                    .isEqualTo("NetStream.Publish.BadName");
            assertThat(RtmpTestClient.status(status, "description"))
                    .isEqualTo(
                            "stream name: expected the live's id (1 to 64 of A-Z, a-z, 0-9, _ and"
                                    + " -) and ?key=…");
            assertThat(client.closedByServer()).isTrue();
        }
        try (RtmpTestClient client = RtmpTestClient.connect(gateway.rtmpPort())) {
            client.play(name);
            List<AmfValue> status = client.awaitCommand("onStatus");
            assertThat(RtmpTestClient.status(status, "code"))
                    .isEqualTo("NetStream.Play.StreamNotFound");
            assertThat(client.closedByServer()).isTrue();
        }
    }

    private static RtmpTestClient publish(StreamGateway to, String liveId) throws Exception {
        RtmpTestClient publisher = RtmpTestClient.connect(to.rtmpPort());
        assertThat(publisher.publish(liveId + "?key=key-" + liveId))
                .isEqualTo("NetStream.Publish.Start");
        publisher.sendHeaders();
        return publisher;
    }
}
