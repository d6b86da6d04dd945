package dev.confetti.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.fake.Cues;
import dev.confetti.gateway.fake.FakeControl;
import dev.confetti.gateway.fake.HttpTestClient;
import dev.confetti.gateway.fake.HttpTestClient.Tag;
import dev.confetti.gateway.fake.RtmpTestClient;
import dev.confetti.gateway.fake.RtmpTestClient.Message;
import dev.confetti.gateway.fake.TestGateway;
import dev.confetti.gateway.fake.TestMedia;
import dev.confetti.gateway.fake.Waiting;
import dev.confetti.gateway.flv.SlateFile;
import dev.confetti.gateway.stream.Stream;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real viewers of each lasting connection, from a publisher over the slate to a publisher. */
class SlateViewersTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final FakeControl control = new FakeControl();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private StreamGateway gateway;

    /** A viewer's tags, whatever they come in. */
    private interface Tags {
        Tag next() throws Exception;
    }

    @BeforeEach
    void start() throws Exception {
        gateway =
                StreamGateway.start(
                        TestGateway.config(TestGateway.patientLimits())
                                .draft()
                                .slate(SlateFile.builtIn())
                                .config(),
                        registry,
                        control);
    }

    @AfterEach
    void stop() {
        gateway.close();
        assertThat(gateway.meters().publishers.get()).isZero();
    }

    @Test
    void everybodyGoesOnWithTheSlateAndThenWithThePublisher() throws Exception {
        RtmpTestClient first = publish();
        first.message(9, 5000, TestMedia.keyFrame(1));
        Waiting.until("it came", () -> mediaMs() == 5000);
        try (HttpTestClient flv = HttpTestClient.get(gateway.mediaPort(), "/live/live1.flv");
                HttpTestClient socket =
                        HttpTestClient.webSocket(gateway.mediaPort(), "/live/live1.flv");
                RtmpTestClient player = RtmpTestClient.connect(gateway.rtmpPort())) {
            player.play("live1");
            flv.flvHeader();
            List<Tags> viewers = List.of(flv::tag, new Framed(socket), () -> media(player));
            for (Tags viewer : viewers) {
                assertThat(through(viewer, 1)).hasSize(3);
            }
            first.close();
            Waiting.until("the slate is on", () -> stream().snapshot().slate());
            assertThat(gateway.meters().publishers.get()).isZero();
            JsonNode said = operations();
            assertThat(said.get("state").asString()).isEqualTo("away");
            assertThat(said.get("slate").asBoolean()).isTrue();
            assertThat(said.has("publisher")).isFalse();
            assertThat(said.get("video").get("width").asInt()).isEqualTo(640);
            assertThat(
                            registry.get("confetti.gateway.stream.slate")
                                    .tag("live", "live1")
                                    .gauge()
                                    .value())
                    .isEqualTo(1);

            gateway.streams().gift("live1", Cues.rose(7));
            long[] lastMs = new long[viewers.size()];
            String gift = "";
            for (int i = 0; i < viewers.size(); i++) {
                List<Tag> slate = throughCue(viewers.get(i));
                // RTMP and FLV write the very same bodies.
                assertThat(hex(slate.getFirst())).startsWith("1700000000014d401f");
                assertThat(slate.stream().filter(Tag::picture).findFirst().orElseThrow())
                        .matches(Tag::key)
                        .matches(tag -> tag.timestampMs() > 5000);
                Tag onGift = slate.get(slate.size() - 2);
                Tag picture = slate.getLast();
                assertThat(onGift.timestampMs()).isEqualTo(picture.timestampMs());
                assertThat(
                                TestMedia.contains(
                                        picture.body(), "\"ptsMs\":" + picture.timestampMs() + "}"))
                        .isTrue();
                gift = i == 0 ? hex(picture) : gift;
                assertThat(hex(picture)).isEqualTo(gift);
                lastMs[i] = increasing(slate, 5000);
            }
            try (RtmpTestClient second = publish()) {
                second.message(9, 0, TestMedia.interFrame(2));
                second.message(9, 40, TestMedia.keyFrame(3));
                second.message(9, 80, TestMedia.interFrame(4));
                long resumedMs = -1;
                for (int i = 0; i < viewers.size(); i++) {
                    List<Tag> tags = through(viewers.get(i), 4);
                    increasing(tags, lastMs[i]);
                    List<Tag> resumed = tags.subList(tags.size() - 4, tags.size());
                    assertThat(resumed)
                            .extracting(SlateViewersTest::hex)
                            .containsExactly(
                                    HexFormat.of().formatHex(TestMedia.videoConfig()),
                                    HexFormat.of().formatHex(TestMedia.audioConfig()),
                                    HexFormat.of().formatHex(TestMedia.keyFrame(3)),
                                    HexFormat.of().formatHex(TestMedia.interFrame(4)));
                    long ms = resumed.get(2).timestampMs();
                    assertThat(ms).as("the same in every format").isIn(resumedMs, ms);
                    assertThat(resumedMs == -1 || resumedMs == ms).isTrue();
                    resumedMs = ms;
                    assertThat(resumed.get(3).timestampMs()).isEqualTo(ms + 40);
                }
                Waiting.until("it is off", () -> !stream().snapshot().slate());
            }
        }
        Waiting.until(
                "the service hears of both publishers",
                () -> control.calls().stream().filter("gone live1"::equals).count() == 2);
        assertThat(control.calls().stream().filter("started live1"::equals)).hasSize(2);
    }

    // ---- helps

    private RtmpTestClient publish() throws Exception {
        RtmpTestClient publisher = RtmpTestClient.connect(gateway.rtmpPort());
        assertThat(publisher.publish("live1?key=key-live1")).isEqualTo("NetStream.Publish.Start");
        publisher.sendHeaders();
        return publisher;
    }

    private Stream stream() {
        return requireNonNull(gateway.streams().find("live1"));
    }

    private long mediaMs() {
        Stream stream = gateway.streams().find("live1");
        return stream == null ? -1 : stream.mediaMs();
    }

    private JsonNode operations() throws Exception {
        try (HttpTestClient client =
                HttpTestClient.send(
                        gateway.mediaPort(),
                        """
                        GET /v1/streams/live1 HTTP/1.1\r
                        Host: localhost\r
                        Authorization: Bearer service-token\r
                        \r
                        """)) {
            return JSON.readTree(client.first().text());
        }
    }

    /** Tags up to and with the publisher's picture of this number. */
    private static List<Tag> through(Tags viewer, int number) throws Exception {
        List<Tag> tags = new ArrayList<>();
        do {
            tags.add(viewer.next());
        } while (!(tags.getLast().picture()
                && tags.getLast().body().length < 30
                && tags.getLast().number() == number));
        return tags;
    }

    private static List<Tag> throughCue(Tags viewer) throws Exception {
        List<Tag> tags = new ArrayList<>();
        do {
            tags.add(viewer.next());
        } while (tags.getLast().type() != 18);
        tags.add(viewer.next());
        return tags;
    }

    /** Media times of pictures and of sound grow. */
    private static long increasing(List<Tag> tags, long afterMs) {
        long lastMs = afterMs;
        long lastSoundMs = 0;
        for (Tag tag : tags) {
            if (tag.picture()) {
                assertThat(tag.timestampMs()).isGreaterThan(lastMs);
                lastMs = tag.timestampMs();
            } else if (tag.type() == 8 && tag.body()[1] == 1) {
                assertThat(tag.timestampMs()).isGreaterThan(lastSoundMs);
                lastSoundMs = tag.timestampMs();
            }
        }
        return lastMs;
    }

    private static String hex(Tag tag) {
        return HexFormat.of().formatHex(tag.body());
    }

    private static Tag media(RtmpTestClient player) throws Exception {
        Message message;
        do {
            message = player.next();
        } while (message.type() != 8 && message.type() != 9 && message.type() != 18);
        boolean status = message.type() == 18 && !TestMedia.contains(message.body(), "onGift");
        return status
                ? media(player)
                : new Tag(message.type(), message.timestampMs(), message.body());
    }

    /** FLV in binary frames of WebSocket. */
    private static final class Framed implements Tags {
        private final HttpTestClient socket;
        private final ByteBuf received = Unpooled.buffer();
        private boolean begun;

        Framed(HttpTestClient socket) {
            this.socket = socket;
        }

        @Override
        public Tag next() throws Exception {
            if (!begun) {
                take(13);
                begun = true;
            }
            ByteBuf head = take(11);
            int type = head.readByte();
            int length = head.readUnsignedMedium();
            long ms = head.readUnsignedMedium() | head.readUnsignedByte() << 24;
            byte[] body = new byte[length];
            take(length + 4).readBytes(body);
            return new Tag(type, ms, body);
        }

        private ByteBuf take(int bytes) throws Exception {
            while (received.readableBytes() < bytes) {
                assertThat(socket.bytes(1)[0]).isEqualTo((byte) 0x82);
                int length = socket.bytes(1)[0];
                ByteBuf longer =
                        Unpooled.wrappedBuffer(
                                socket.bytes(length == 126 ? 2 : length == 127 ? 8 : 0));
                received.writeBytes(
                        socket.bytes(
                                length == 126
                                        ? longer.readUnsignedShort()
                                        : length == 127 ? (int) longer.readLong() : length));
            }
            return received.readSlice(bytes);
        }
    }
}
