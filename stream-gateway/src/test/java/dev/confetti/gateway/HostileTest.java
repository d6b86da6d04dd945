package dev.confetti.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.amf.Amf0Writer;
import dev.confetti.gateway.amf.AmfValue;
import dev.confetti.gateway.fake.FakeControl;
import dev.confetti.gateway.fake.HttpTestClient;
import dev.confetti.gateway.fake.RtmpTestClient;
import dev.confetti.gateway.fake.TestGateway;
import dev.confetti.gateway.fake.TestMedia;
import dev.confetti.gateway.fake.Waiting;
import dev.confetti.gateway.limits.Limits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers send to open ports: closed, counted, forgotten, while a live goes on. */
class HostileTest {
    private static StreamGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway =
                StreamGateway.start(
                        TestGateway.config(TestGateway.shortLimits()),
                        new SimpleMeterRegistry(),
                        new FakeControl());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @AfterEach
    void nothingStays() throws Exception {
        Waiting.until("all connections are gone", () -> gateway.meters().connections.get() == 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "\u0016\u0003\u0001",
                "\u0006",
                "SSH-2.0-x\r\n",
                "\u0000"
            })
    void garbageOnTheRtmpPortIsClosedAtOnce(String garbage) throws Exception {
        long before = gateway.meters().connectionsRefused.sum();
        try (RtmpTestClient client = RtmpTestClient.open(gateway.rtmpPort())) {
            client.raw(garbage.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            assertThat(client.closedByServer()).isTrue();
        }
        assertThat(gateway.meters().connectionsRefused.sum()).isEqualTo(before + 1);
    }

    @Test
    void randomBytesAfterTheHandshakeAreClosed() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            try (RtmpTestClient client = RtmpTestClient.shakeHands(gateway.rtmpPort())) {
                byte[] bytes = new byte[5000];
                random.nextBytes(bytes);
                try {
                    client.raw(bytes);
                } catch (java.net.SocketException e) {
                    continue; // closed already
                }
                assertThat(client.closedByServer()).as("seed %d", seed).isTrue();
            }
        }
    }

    @Test
    void aHandshakeThatIsNeverFinishedIsClosed() throws Exception {
        try (RtmpTestClient silent = RtmpTestClient.open(gateway.rtmpPort());
                RtmpTestClient slow = RtmpTestClient.open(gateway.rtmpPort());
                RtmpTestClient shaken = RtmpTestClient.shakeHands(gateway.rtmpPort())) {
            slow.raw(new byte[] {3, 0, 0});
            assertThat(silent.closedByServer()).isTrue();
            assertThat(slow.closedByServer()).isTrue();
            assertThat(shaken.closedByServer()).isTrue();
        }
    }

    @Test
    void twentyThousandChunkStreamsAreClosed() throws Exception {
        try (RtmpTestClient client = RtmpTestClient.shakeHands(gateway.rtmpPort())) {
            StringBuilder chunks = new StringBuilder();
            for (int id = 64; id < 20_064; id++) {
                chunks.append(
                        "01 %02x%02x 000000 000001 08 01000000 00"
                                .formatted((id - 64) & 0xff, (id - 64) >> 8));
            }
            try {
                client.raw(TestMedia.hex(chunks.toString()));
            } catch (java.net.SocketException e) {
                return; // closed while writing
            }
            assertThat(client.closedByServer()).isTrue();
        }
    }

    @Test
    void anotherApplicationIsRefusedWithAReason() throws Exception {
        try (RtmpTestClient client = RtmpTestClient.shakeHands(gateway.rtmpPort())) {
            client.command("connect", 1, new AmfValue.Obj(Map.of("app", AmfValue.of("../etc"))));
            assertThat(RtmpTestClient.status(client.awaitCommand("_error"), "description"))
                    .isEqualTo("application \"../etc\": expected \"live\", as in rtmp://HOST/live");
            assertThat(client.closedByServer()).isTrue();
        }
    }

    @Test
    void brokenPicturesAreDroppedAndThePublisherGoesOn() throws Exception {
        long before = gateway.meters().unitsMalformed.sum();
        try (RtmpTestClient publisher = publish("broken")) {
            publisher.message(9, 0, TestMedia.keyFrame(1));
            publisher.message(9, 40, TestMedia.hex("27 01 000000 7fffffff 41"));
            publisher.message(9, 40, TestMedia.hex("27 01 000000 000000"));
            publisher.message(18, 40, TestMedia.hex("02 ffff 61"));
            publisher.message(9, 80, TestMedia.interFrame(2));
            Waiting.until(
                    "three are counted", () -> gateway.meters().unitsMalformed.sum() == before + 3);
            try (HttpTestClient viewer =
                    HttpTestClient.get(gateway.mediaPort(), "/live/broken.flv")) {
                viewer.flvHeader();
                assertThat(viewer.tagsThrough(2)).hasSize(4);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1c 00 000000 01", // HEVC in the old way
                "90 68766331 00", // Enhanced RTMP
                "17 00 000000 0142c00dffe1ffff", // SPS beyond the record
                "17 01 000000 00000001 65", // a picture before its configuration
            })
    void whatCannotBePlayedIsRefusedWithAReason(String hex) throws Exception {
        try (RtmpTestClient publisher = RtmpTestClient.connect(gateway.rtmpPort())) {
            assertThat(publisher.publish("odd?key=key-odd")).isEqualTo("NetStream.Publish.Start");
            publisher.message(9, 0, TestMedia.hex(hex));
            assertThat(RtmpTestClient.status(publisher.awaitCommand("onStatus"), "description"))
                    .contains("expected");
            assertThat(publisher.closedByServer()).isTrue();
        }
    }

    @Test
    void aClientThatNeverReadsItsAnswersIsClosed() throws Exception {
        Limits limits =
                new Limits(
                        60_000, 600_000, 60_000, 60_000, 60_000, 60_000, 100, 8 << 20, 16 << 20,
                        256 << 20, 0, 65_536, 65_536, 3_000, 60_000, 8, 10_000, 60_000);
        try (StreamGateway own =
                        StreamGateway.start(
                                TestGateway.config(limits),
                                new SimpleMeterRegistry(),
                                new FakeControl());
                RtmpTestClient client = RtmpTestClient.connect(own.rtmpPort())) {
            byte[] pings =
                    TestMedia.hex("02 000000 000006 04 00000000 0006 00000001".repeat(10_000));
            // On a thread of its own: a server that only stops reading would hold it for ever.
            var _ =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            for (int i = 0; i < 200; i++) { // 36 MB
                                                client.raw(pings);
                                            }
                                        } catch (java.io.IOException e) {
                                            // closed, by the server or by the end of this test
                                        }
                                    });
            Waiting.until("it is counted", () -> own.meters().connectionsRefused.sum() == 1);
        }
    }

    @Test
    void unfinishedMessagesDoNotStayWhenTheirConnectionGoes() throws Exception {
        try (RtmpTestClient publisher = publish("unfinished")) {
            publisher.raw(TestMedia.hex("07 000000 700000 09 01000000", "00".repeat(4096)));
            publisher.raw(TestMedia.hex("08 000000 700000 09 01000000", "00".repeat(1000)));
        }
    }

    /** Everything comes before the first key is checked. */
    @Test
    void whoPublishesSomethingElseAheadIsServed() throws Exception {
        AmfValue none = AmfValue.Nothing.NULL;
        try (RtmpTestClient publisher = RtmpTestClient.connect(gateway.rtmpPort())) {
            publisher.raw(
                    TestMedia.hex(
                            command("publish", none, AmfValue.of("one?key=key-one")),
                            command("deleteStream", none, AmfValue.of(1)),
                            command("publish", none, AmfValue.of("two?key=key-two")),
                            chunk(9, HexFormat.of().formatHex(TestMedia.videoConfig())),
                            chunk(9, HexFormat.of().formatHex(TestMedia.keyFrame(1)))));
            assertThat(publisher.awaitStatus()).isEqualTo("NetStream.Publish.Start");
            assertThat(publisher.awaitStatus()).isEqualTo("NetStream.Unpublish.Success");
            assertThat(publisher.awaitStatus()).isEqualTo("NetStream.Publish.Start");
            publisher.message(9, 40, TestMedia.interFrame(2));
            try (HttpTestClient viewer = HttpTestClient.get(gateway.mediaPort(), "/live/two.flv")) {
                viewer.flvHeader();
                assertThat(viewer.tagsThrough(2)).hasSize(3);
            }
        }
    }

    /** A command in one chunk. */
    private static String command(String name, AmfValue... arguments) {
        ByteBuf body = Unpooled.buffer();
        Amf0Writer.writeAll(body, List.of(AmfValue.of(name), AmfValue.of(5)));
        Amf0Writer.writeAll(body, List.of(arguments));
        return chunk(20, ByteBufUtil.hexDump(body));
    }

    private static String chunk(int type, String body) {
        return "06 000000 %06x %02x 01000000".formatted(body.length() / 2, type) + body;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/live/../x.flv",
                "/live/..%2fx.flv",
                "/live/%2e%2e/x.flv",
                "/live/a%2fb.flv",
                "/live/a\\b.flv"
            })
    void oddPathsAreRefused(String path) throws Exception {
        try (HttpTestClient client = HttpTestClient.get(gateway.mediaPort(), path)) {
            assertThat(client.status()).isEqualTo(400);
            assertThat(client.rest()).contains("problems/malformed-request");
        }
    }

    @Test
    void slowHeadersAreClosed() throws Exception {
        try (HttpTestClient silent = HttpTestClient.send(gateway.mediaPort(), "");
                HttpTestClient slow = HttpTestClient.send(gateway.mediaPort(), "")) {
            slow.raw("GET /live/a.flv HTTP/1.1\r\nHost: a\r\nX-A: ");
            assertThat(silent.closedByServer()).isTrue();
            assertThat(slow.closedByServer()).isTrue();
        }
    }

    @Test
    void hugeHeadsAreRefused() throws Exception {
        try (HttpTestClient client =
                HttpTestClient.send(
                        gateway.mediaPort(),
                        "GET /live/a.flv HTTP/1.1\r\nX-A: " + "a".repeat(20_000) + "\r\n\r\n")) {
            assertThat(client.status()).isEqualTo(400);
        }
        try (HttpTestClient client =
                HttpTestClient.get(gateway.mediaPort(), "/" + "a".repeat(20_000))) {
            assertThat(client.status()).isEqualTo(400);
        }
    }

    @Test
    void otherMethodsAreAnsweredByTheBook() throws Exception {
        assertThat(status("POST /live/a.flv HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(405);
        assertThat(status("OPTIONS /live/a.flv HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(204);
        assertThat(status("HEAD /live/a.flv HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(404);
        try (RtmpTestClient publisher = publish("head")) {
            publisher.message(9, 0, TestMedia.keyFrame(1));
            try (HttpTestClient head =
                    HttpTestClient.send(
                            gateway.mediaPort(),
                            "HEAD /live/head.flv HTTP/1.1\r\nHost: a\r\n\r\n")) {
                assertThat(head.status()).isEqualTo(200);
                assertThat(head.rest()).isEmpty();
            }
        }
    }

    @Test
    void beyondTheLimitConnectionsAreTurnedAway() throws Exception {
        java.util.List<RtmpTestClient> clients = new java.util.ArrayList<>();
        long before = gateway.meters().connectionsRefused.sum();
        for (int i = 0; i < 110; i++) {
            clients.add(RtmpTestClient.open(gateway.rtmpPort()));
        }
        Waiting.until(
                "ten are turned away",
                () -> gateway.meters().connectionsRefused.sum() >= before + 10);
        for (RtmpTestClient client : clients) {
            client.close();
        }
    }

    private static int status(String request) throws Exception {
        try (HttpTestClient client = HttpTestClient.send(gateway.mediaPort(), request)) {
            return client.status();
        }
    }

    private static RtmpTestClient publish(String liveId) throws Exception {
        RtmpTestClient publisher = RtmpTestClient.connect(gateway.rtmpPort());
        assertThat(publisher.publish(liveId + "?key=key-" + liveId))
                .isEqualTo("NetStream.Publish.Start");
        publisher.sendHeaders();
        return publisher;
    }
}
