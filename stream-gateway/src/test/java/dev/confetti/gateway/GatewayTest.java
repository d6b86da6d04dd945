package dev.confetti.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.amf.Amf0Reader;
import dev.confetti.gateway.amf.AmfValue;
import dev.confetti.gateway.codec.SeiUserData;
import dev.confetti.gateway.codec.VideoCodec;
import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.fake.Cues;
import dev.confetti.gateway.fake.FakeControl;
import dev.confetti.gateway.fake.HttpTestClient;
import dev.confetti.gateway.fake.HttpTestClient.Tag;
import dev.confetti.gateway.fake.RtmpTestClient;
import dev.confetti.gateway.fake.RtmpTestClient.Message;
import dev.confetti.gateway.fake.TestGateway;
import dev.confetti.gateway.fake.TestMedia;
import dev.confetti.gateway.fake.Waiting;
import dev.confetti.gateway.limits.Limits;
import dev.confetti.gateway.stream.Stream;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A whole gateway on free ports, with a service in memory and small real clients. */
class GatewayTest {
    private final FakeControl control = new FakeControl();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private StreamGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway =
                StreamGateway.start(
                        TestGateway.config(TestGateway.patientLimits()), registry, control);
    }

    @AfterEach
    void stop() {
        gateway.close();
        assertThat(gateway.meters().publishers.get()).isZero();
        assertThat(gateway.meters().viewers.get()).isZero();
        assertThat(gateway.meters().streams.get()).isZero();
    }

    @Test
    void whatIsPublishedIsPlayedFromTheLastKeyFrame() throws Exception {
        try (RtmpTestClient publisher = publish("live1")) {
            publisher.message(9, 1000, TestMedia.keyFrame(1));
            publisher.message(9, 1040, TestMedia.interFrame(2));
            publisher.message(9, 3000, TestMedia.keyFrame(3));
            publisher.message(8, 3010, TestMedia.audio(9));
            publisher.message(9, 3040, TestMedia.interFrame(4));
            awaitPictures("live1", 3040);
            try (HttpTestClient viewer = view("live1")) {
                assertThat(viewer.head())
                        .contains("200 OK")
                        .contains("content-type: video/x-flv")
                        .contains("access-control-allow-origin: *");
                assertThat(viewer.flvHeader())
                        .isEqualTo(TestMedia.hex("464c56 01 05 00000009 00000000"));
                List<Tag> tags = viewer.tagsThrough(4);
                assertThat(tags)
                        .extracting(Tag::type, Tag::timestampMs, tag -> hex(tag.body()))
                        .containsExactly(
                                tuple(9, 3000, TestMedia.videoConfig()),
                                tuple(8, 3000, TestMedia.audioConfig()),
                                tuple(9, 3000, TestMedia.keyFrame(3)),
                                tuple(8, 3010, TestMedia.audio(9)),
                                tuple(9, 3040, TestMedia.interFrame(4)));

                publisher.message(9, 3080, TestMedia.interFrame(5));
                assertThat(viewer.tagsThrough(5)).hasSize(1);
            }
        }
        Waiting.until("the service hears of it", () -> control.calls().contains("gone live1"));
        assertThat(control.calls())
                .startsWith("authorise live1")
                .contains("started live1")
                .doesNotHaveDuplicates();
    }

    @Test
    void timestampsAreThoseOfTheTimelineForEveryViewer() throws Exception {
        try (RtmpTestClient publisher = publish("live1")) {
            int late = 0xfffffff0;
            publisher.message(9, late, TestMedia.keyFrame(1));
            try (HttpTestClient first = viewFromStart("live1", late)) {
                publisher.message(9, 0x18, TestMedia.keyFrame(2));
                awaitPictures("live1", 0x1_0000_0018L);
                assertThat(picture(first.tagsThrough(2)).timestampMs()).isEqualTo(0x18);
                try (HttpTestClient second = viewFromStart("live1", 0x18)) {
                    publisher.message(9, 0x40, TestMedia.interFrame(3));
                    assertThat(picture(second.tagsThrough(3)).timestampMs()).isEqualTo(0x40);
                }
            }
        }
    }

    @Test
    void aGiftRidesInTheNextPictureInEveryFormat() throws Exception {
        try (RtmpTestClient publisher = publish("live1")) {
            publisher.message(9, 0, TestMedia.keyFrame(1));
            awaitPictures("live1", 0);
            try (HttpTestClient flv = view("live1");
                    HttpTestClient socket = HttpTestClient.webSocket(port(), "/live/live1.flv");
                    HttpTestClient events = HttpTestClient.get(port(), "/live/live1/gifts");
                    HttpTestClient eventSocket =
                            HttpTestClient.webSocket(port(), "/live/live1/gifts");
                    RtmpTestClient player = RtmpTestClient.connect(gateway.rtmpPort())) {
                assertThat(socket.head()).contains("101 Switching Protocols");
                player.play("live1");
                flv.flvHeader();
                flv.tagsThrough(1);
                awaitRtmpPicture(player, 1);
                Waiting.until("all are in", () -> gateway.meters().viewers.get() == 3);
                Waiting.until("all listen", () -> gateway.meters().giftListeners.get() == 2);

                gateway.streams().gift("live1", Cues.rose(7));
                awaitLoop("live1");
                publisher.message(9, 40, TestMedia.interFrame(2));

                // FLV: onGift right before the picture, at its decoding time
                List<Tag> tags = flv.tagsThrough(2);
                assertThat(tags).hasSize(2);
                assertThat(tags).extracting(Tag::timestampMs).containsOnly(40L);
                assertGift(Amf0Reader.readAll(Unpooled.wrappedBuffer(tags.getFirst().body())));
                // SEI: after the delimiter, before the slice; presentation 40 + 40
                assertSei(tags.getLast().body());
                // RTMP: the same
                Message gift = nextOfType(player, 18);
                assertThat(gift.timestampMs()).isEqualTo(40);
                assertGift(gift.amf());
                assertSei(nextOfType(player, 9).body());
                // server-sent events
                assertThat(events.head()).contains("content-type: text/event-stream");
                assertThat(events.lineWith("id:")).isEqualTo("id: 7");
                assertThat(events.line()).isEqualTo("event: gift");
                String json = events.line();
                assertThat(json)
                        .startsWith(
                                "data: {\"giftSendId\":\"00000000-0000-0001-0000-000000000007\"")
                        .endsWith("\"ptsMs\":80}");
                // WebSocket text: final frame, 16 bit length
                byte[] head = eventSocket.bytes(4);
                assertThat(head[0]).isEqualTo((byte) 0x81);
                assertThat(head[1]).isEqualTo((byte) 126);
                int length = ByteBuffer.wrap(head).getShort(2) & 0xffff;
                assertThat("data: " + new String(eventSocket.bytes(length), StandardCharsets.UTF_8))
                        .isEqualTo(json);

                // The next picture is as it came, and so is what a late joiner gets of this one.
                publisher.message(9, 80, TestMedia.interFrame(3));
                assertThat(flv.tagsThrough(3)).hasSize(1);
                try (HttpTestClient late = view("live1")) {
                    late.flvHeader();
                    List<Tag> lateTags = late.tagsThrough(3);
                    assertThat(lateTags)
                            .extracting(tag -> hex(tag.body()))
                            .containsExactly(
                                    hex(TestMedia.videoConfig()),
                                    hex(TestMedia.audioConfig()),
                                    hex(TestMedia.keyFrame(1)),
                                    hex(TestMedia.interFrame(2)),
                                    hex(TestMedia.interFrame(3)));
                }
            }
        }
        assertThat(registry.get("confetti.gateway.cues").functionCounter().count()).isEqualTo(1);
    }

    @Test
    void aGiftWithoutPicturesGoesOutByTheClockAndItsSeiIsMadeUpFor() throws Exception {
        gateway.close();
        gateway =
                StreamGateway.start(
                        TestGateway.config(Limits.defaults()), new SimpleMeterRegistry(), control);
        try (RtmpTestClient publisher = publish("live1")) {
            publisher.message(9, 0, TestMedia.keyFrame(1));
            awaitPictures("live1", 0);
            try (HttpTestClient flv = viewFromStart("live1", 0);
                    HttpTestClient events = HttpTestClient.get(port(), "/live/live1/gifts")) {
                flv.tagsThrough(1);
                Waiting.until("it listens", () -> gateway.meters().giftListeners.get() == 1);
                gateway.streams().gift("live1", Cues.rose(7));
                assertThat(events.lineWith("id:")).isEqualTo("id: 7");
                Tag gift = flv.tag();
                assertThat(gift.type()).isEqualTo(18);
                assertGiftIds(gift.body());

                publisher.message(9, 9000, TestMedia.interFrame(2));
                List<Tag> tags = flv.tagsThrough(2);
                assertThat(tags).as("no second onGift").hasSize(1);
                assertSeiAt(tags.getFirst().body(), 9040);
            }
        }
    }

    @Test
    void aGiftRidesInAPictureOfHevc() throws Exception {
        try (RtmpTestClient publisher = RtmpTestClient.connect(gateway.rtmpPort())) {
            assertThat(publisher.publish("live1?key=key-live1"))
                    .isEqualTo("NetStream.Publish.Start");
            byte[] config = TestMedia.hex("90 68766331", TestMedia.HEVC_CONFIG);
            byte[] opus = TestMedia.hex("90 4f707573", TestMedia.OPUS_CONFIG);
            publisher.message(9, 0, config);
            publisher.message(8, 0, opus);
            publisher.message(9, 0, TestMedia.hex("93 68766331 00000003 460150 00000003 260180"));
            publisher.message(8, 10, TestMedia.hex("91 4f707573 fc01"));
            awaitPictures("live1", 10);
            try (HttpTestClient viewer = view("live1")) {
                viewer.flvHeader();
                assertThat(hex(viewer.tag().body())).isEqualTo(hex(config));
                assertThat(hex(viewer.tag().body())).isEqualTo(hex(opus));
                viewer.tag();
                assertThat(hex(viewer.tag().body())).isEqualTo("914f707573fc01");
                gateway.streams().gift("live1", Cues.rose(7));
                awaitLoop("live1");
                publisher.message(
                        9, 40, TestMedia.hex("a1 68766331 000028 00000003 460150 00000003 020180"));
                assertGift(Amf0Reader.readAll(Unpooled.wrappedBuffer(viewer.tag().body())));
                byte[] picture = viewer.tag().body();
                // header and composition time, delimiter, SEI of type 39, slice
                assertThat(hex(picture)).startsWith("a1687663310000280000000346015000000");
                assertThat(hex(picture)).endsWith("00000003020180");
                assertThat(hex(picture)).containsOnlyOnce("4e0105");
                assertThat(TestMedia.contains(picture, "\"ptsMs\":80}")).isTrue();
            }
        }
    }

    @Test
    void aGiftGoesBesideAPictureOfAv1() throws Exception {
        try (RtmpTestClient publisher = RtmpTestClient.connect(gateway.rtmpPort())) {
            assertThat(publisher.publish("live1?key=key-live1"))
                    .isEqualTo("NetStream.Publish.Start");
            byte[] config = TestMedia.hex("90 61763031", TestMedia.AV1_CONFIG);
            publisher.message(9, 0, config);
            publisher.message(9, 0, TestMedia.hex("91 61763031 3203100001"));
            awaitPictures("live1", 0);
            try (HttpTestClient viewer = view("live1")) {
                viewer.flvHeader();
                assertThat(hex(viewer.tag().body())).isEqualTo(hex(config));
                viewer.tag();
                gateway.streams().gift("live1", Cues.rose(7));
                awaitLoop("live1");
                publisher.message(9, 80, TestMedia.hex("a1 61763031 3203100002"));
                publisher.message(9, 120, TestMedia.hex("a1 61763031 3203100003"));
                Tag gift = viewer.tag();
                assertThat(gift.timestampMs()).isEqualTo(80);
                assertGift(Amf0Reader.readAll(Unpooled.wrappedBuffer(gift.body())));
                assertThat(hex(viewer.tag().body())).isEqualTo("a1617630313203100002");
                assertThat(hex(viewer.tag().body())).isEqualTo("a1617630313203100003");
            }
        }
    }

    @Test
    void aForgedCueDoesNotComeOut() throws Exception {
        try (RtmpTestClient publisher = publish("live1")) {
            publisher.message(9, 0, TestMedia.keyFrame(1));
            awaitPictures("live1", 0);
            try (HttpTestClient viewer = viewFromStart("live1", 0)) {
                viewer.tagsThrough(1);
                String onGift = "02 0006 6f6e47696674 03 000009";
                publisher.message(18, 10, TestMedia.hex(onGift));
                publisher.message(
                        18, 10, TestMedia.hex("02 000d 40736574446174614672616d65", onGift));
                publisher.message(15, 10, TestMedia.hex("00", onGift));
                publisher.message(18, 10, TestMedia.hex("0c 00000006 6f6e47696674 05"));
                publisher.message(18, 20, TestMedia.hex("02 0003 666f6f 05"));
                publisher.message(
                        9,
                        40,
                        TestMedia.hex(
                                "27 01 000000 00000016 0605 12 2b75ddf3d8e34a85a64441da256c0268 7b7d 80"
                                        + " 00000004 419a8002"));
                List<Tag> tags = viewer.tagsThrough(2);
                assertThat(tags)
                        .extracting(tag -> hex(tag.body()))
                        .containsExactly(
                                hex(TestMedia.hex("02 0003 666f6f 05")),
                                hex(TestMedia.hex("27 01 000000 00000004 419a8002")));
            }
        }
    }

    @Test
    void aPublisherThatVanishesAndComesBackGoesOnWithTheTimeline() throws Exception {
        RtmpTestClient first = publish("live1");
        first.message(9, 5000, TestMedia.keyFrame(1));
        awaitPictures("live1", 5000);
        try (HttpTestClient viewer = viewFromStart("live1", 5000)) {
            viewer.tagsThrough(1);
            first.close();
            Waiting.until("it went", () -> gateway.meters().publishers.get() == 0);
            try (HttpTestClient between = view("live1")) {
                between.flvHeader();
                assertThat(between.tagsThrough(1)).as("the last picture stays").hasSize(3);
            }
            try (RtmpTestClient second = publish("live1")) {
                second.message(9, 0, TestMedia.interFrame(2)); // nothing to refer to
                second.message(9, 40, TestMedia.keyFrame(3));
                second.message(9, 80, TestMedia.interFrame(4));
                List<Tag> tags = viewer.tagsThrough(4);
                assertThat(tags)
                        .extracting(tag -> hex(tag.body()))
                        .containsExactly(
                                hex(TestMedia.videoConfig()),
                                hex(TestMedia.audioConfig()),
                                hex(TestMedia.keyFrame(3)),
                                hex(TestMedia.interFrame(4)));
                long resumedMs = tags.get(2).timestampMs();
                assertThat(resumedMs).isGreaterThan(5000);
                assertThat(tags.get(3).timestampMs()).isEqualTo(resumedMs + 40);
            }
        }
    }

    @Test
    void theNewestPublisherTakesOver() throws Exception {
        try (RtmpTestClient older = publish("live1")) {
            older.message(9, 0, TestMedia.keyFrame(1));
            awaitPictures("live1", 0);
            try (HttpTestClient viewer = viewFromStart("live1", 0);
                    RtmpTestClient newer = publish("live1")) {
                List<AmfValue> status = older.awaitCommand("onStatus");
                assertThat(RtmpTestClient.status(status, "description"))
                        .contains("another publisher");
                assertThat(older.closedByServer()).isTrue();
                newer.message(9, 0, TestMedia.keyFrame(2));
                assertThat(viewer.tagsThrough(2)).isNotEmpty();
                assertThat(gateway.meters().publishers.get()).isEqualTo(1);
            }
        }
        Waiting.until("the service hears of it", () -> control.calls().contains("gone live1"));
        assertThat(control.calls().stream().filter("gone live1"::equals)).hasSize(1);
    }

    @Test
    void aWrongKeyAnUnknownLiveAndABadNameAreRefusedWithAReason() throws Exception {
        assertRefused("live1?key=wrong", "NetStream.Publish.Denied", "stream key");
        assertRefused("live1", "NetStream.Publish.Denied", "no stream key");
        assertRefused("unknown1?key=key-unknown1", "NetStream.Publish.BadName", "unknown1");
        assertRefused("../etc?key=k", "NetStream.Publish.BadName", "expected the live's id");
        assertRefused("a".repeat(65) + "?key=k", "NetStream.Publish.BadName", "1 to 64");
        control.away(true);
        assertRefused("live1?key=key-live1", "NetStream.Publish.Failed", "cannot be checked now");
        control.away(false);
    }

    private void assertRefused(String name, String code, String description) throws Exception {
        try (RtmpTestClient publisher = RtmpTestClient.connect(gateway.rtmpPort())) {
            publisher.command(
                    "publish", 5, AmfValue.Nothing.NULL, AmfValue.of(name), AmfValue.of("live"));
            List<AmfValue> status = publisher.awaitCommand("onStatus");
            assertThat(RtmpTestClient.status(status, "level")).isEqualTo("error");
            assertThat(RtmpTestClient.status(status, "code")).isEqualTo(code);
            assertThat(RtmpTestClient.status(status, "description")).contains(description);
            assertThat(publisher.closedByServer()).isTrue();
        }
    }

    @Test
    void whatIsCarriedIsSaidWhenAClientConnects() throws Exception {
        try (RtmpTestClient client = RtmpTestClient.shakeHands(gateway.rtmpPort())) {
            client.command("connect", 1, new AmfValue.Obj(Map.of("app", AmfValue.of("live"))));
            AmfValue.Obj server = (AmfValue.Obj) client.awaitCommand("_result").get(2);
            AmfValue forward = AmfValue.of(4);
            assertThat(server.properties())
                    .containsEntry(
                            "fourCcList",
                            new AmfValue.StrictArray(
                                    List.of(
                                            AmfValue.of("avc1"),
                                            AmfValue.of("hvc1"),
                                            AmfValue.of("av01"),
                                            AmfValue.of("mp4a"),
                                            AmfValue.of("Opus"))))
                    .containsEntry(
                            "videoFourCcInfoMap",
                            new AmfValue.Obj(
                                    Map.of("avc1", forward, "hvc1", forward, "av01", forward)))
                    .containsEntry(
                            "audioFourCcInfoMap",
                            new AmfValue.Obj(Map.of("mp4a", forward, "Opus", forward)))
                    .containsEntry("capsEx", AmfValue.of(4));
        }
    }

    @Test
    void everythingThatEncodersAskIsAnswered() throws Exception {
        try (RtmpTestClient encoder = RtmpTestClient.shakeHands(gateway.rtmpPort())) {
            String url = "rtmp://127.0.0.1/live/live1";
            encoder.command(
                    "connect",
                    1,
                    new AmfValue.Obj(
                            Map.of("app", AmfValue.of("live/live1"), "tcUrl", AmfValue.of(url))));
            encoder.awaitCommand("_result");
            encoder.command("releaseStream", 2, AmfValue.Nothing.NULL, AmfValue.of("key-live1"));
            assertThat(encoder.awaitCommand("_result").get(1)).isEqualTo(AmfValue.of(2));
            encoder.command("FCPublish", 3, AmfValue.Nothing.NULL, AmfValue.of("key-live1"));
            encoder.awaitCommand("onFCPublish");
            assertThat(encoder.awaitCommand("_result").get(1)).isEqualTo(AmfValue.of(3));
            encoder.command("somethingNew", 4, AmfValue.Nothing.NULL);
            assertThat(encoder.awaitCommand("_error").get(1)).isEqualTo(AmfValue.of(4));
            // without a transaction
            encoder.message(20, 0, TestMedia.hex("02 000c 63726561746553747265616d"));
            assertThat(encoder.awaitCommand("_result").get(3)).isEqualTo(AmfValue.of(1));
            // without the null before the name
            encoder.command("publish", 5, AmfValue.of("key-live1"), AmfValue.of("live"));
            assertThat(encoder.awaitStatus()).isEqualTo("NetStream.Publish.Start");
            encoder.sendHeaders();
            encoder.message(9, 0, TestMedia.keyFrame(1));
            awaitPictures("live1", 0);
            encoder.command("FCUnpublish", 6, AmfValue.Nothing.NULL, AmfValue.of("key-live1"));
            assertThat(encoder.awaitStatus()).isEqualTo("NetStream.Unpublish.Success");
            encoder.command("deleteStream", 7, AmfValue.Nothing.NULL, AmfValue.of(1));
            encoder.awaitCommand("_result");
            // and once more on the same connection
            encoder.command("createStream", 8, AmfValue.Nothing.NULL);
            encoder.awaitCommand("_result");
            assertThat(encoder.publish("key-live1")).isEqualTo("NetStream.Publish.Start");
        }
    }

    @Test
    void aPlayerPausesAndGoesOnAtTheNextKeyFrame() throws Exception {
        try (RtmpTestClient publisher = publish("live1");
                RtmpTestClient player = RtmpTestClient.connect(gateway.rtmpPort())) {
            publisher.message(9, 0, TestMedia.keyFrame(1));
            awaitPictures("live1", 0);
            player.command("FCSubscribe", 3, AmfValue.Nothing.NULL, AmfValue.of("live1"));
            player.awaitCommand("onFCSubscribe");
            player.awaitCommand("_result");
            player.command("getStreamLength", 4, AmfValue.Nothing.NULL, AmfValue.of("live1"));
            assertThat(player.awaitCommand("_result").get(3)).isEqualTo(AmfValue.of(0));
            player.play("live1");
            awaitRtmpPicture(player, 1);
            player.command(
                    "pause", 0, AmfValue.Nothing.NULL, new AmfValue.Bool(true), AmfValue.of(0));
            assertThat(player.awaitStatus()).isEqualTo("NetStream.Pause.Notify");
            publisher.message(9, 40, TestMedia.interFrame(2));
            awaitPictures("live1", 40);
            player.command("seek", 0, AmfValue.Nothing.NULL, AmfValue.of(0));
            assertThat(player.awaitStatus()).isEqualTo("NetStream.Seek.Failed");
            player.command("receiveVideo", 0, AmfValue.Nothing.NULL, new AmfValue.Bool(false));
            player.command("receiveAudio", 0, AmfValue.Nothing.NULL, new AmfValue.Bool(true));
            assertThat(player.awaitStatus()).isEqualTo("NetStream.Seek.Notify");
            assertThat(player.awaitStatus()).isEqualTo("NetStream.Play.Start");
            player.command(
                    "pause", 0, AmfValue.Nothing.NULL, new AmfValue.Bool(false), AmfValue.of(0));
            assertThat(player.awaitStatus()).isEqualTo("NetStream.Unpause.Notify");
            publisher.message(9, 80, TestMedia.interFrame(3));
            publisher.message(9, 120, TestMedia.keyFrame(4));
            List<String> videos = new ArrayList<>();
            do {
                videos.add(hex(nextOfType(player, 9).body()));
            } while (!videos.getLast().equals(hex(TestMedia.keyFrame(4))));
            assertThat(videos)
                    .containsExactly(hex(TestMedia.videoConfig()), hex(TestMedia.keyFrame(4)));
            assertThat(gateway.meters().framesDropped.sum()).isZero();
        }
    }

    @Test
    void anAggregateIsItsTagsCountedFromTheFirst() throws Exception {
        try (RtmpTestClient publisher = publish("live1")) {
            // two tags at 500 and 540 of their own time, in a message at 1000
            publisher.message(
                    22,
                    1000,
                    TestMedia.hex(
                            "09 000013 0001f4 00 000000",
                            hex(TestMedia.keyFrame(1)),
                            "0000001e",
                            "09 000013 00021c 00 000000",
                            hex(TestMedia.interFrame(2)),
                            "0000001e"));
            awaitPictures("live1", 1040);
            try (HttpTestClient viewer = viewFromStart("live1", 1040)) {
                assertThat(viewer.tagsThrough(2))
                        .extracting(Tag::timestampMs)
                        .containsExactly(1000L, 1040L);
            }
            publisher.message(22, 1080, TestMedia.hex("09 000020 000000 00 000000 17"));
            assertThat(publisher.closedByServer()).isTrue();
        }
    }

    @Test
    void aPlayerThatSetsAWindowGetsWhatItAcknowledges() throws Exception {
        try (RtmpTestClient publisher = publish("live1");
                RtmpTestClient player = RtmpTestClient.connect(gateway.rtmpPort())) {
            player.message(6, 0, TestMedia.hex("00002800 01")); // at most 10 KiB, soft
            assertThat(hex(nextOfType(player, 5).body())).isEqualTo("00001400");
            player.message(6, 0, TestMedia.hex("00010000 01")); // soft: only less counts
            player.message(6, 0, TestMedia.hex("00001000 02")); // dynamic, after no hard one
            player.message(6, 0, TestMedia.hex("00000001 00")); // hard, but at least 8 KiB
            assertThat(hex(nextOfType(player, 5).body())).isEqualTo("00001000");
            player.message(6, 0, TestMedia.hex("00004000 02")); // dynamic, after a hard one
            assertThat(hex(nextOfType(player, 5).body())).isEqualTo("00002000");
            byte[] big = TestMedia.hex("17 01 000000  0000ea62 65", "5a".repeat(60_000), "01");
            publisher.message(9, 0, big);
            awaitPictures("live1", 0);
            player.play("live1");
            Waiting.until("it is in", () -> gateway.meters().viewers.get() == 1);
            awaitLoop("live1");
            for (int i = 0; i < 8; i++) {
                player.message(3, 0, TestMedia.hex("7fffffff")); // has got all there was
            }
            Message message;
            do {
                message = nextOfType(player, 9);
            } while (message.body()[1] != 1);
            assertThat(message.body()).isEqualTo(big);
        }
    }

    @Test
    void aBriefSilenceOfTheServiceDoesNotStopAPublisher() throws Exception {
        control.leaseMs(90);
        try (RtmpTestClient publisher = publish("live1")) {
            publisher.message(9, 0, TestMedia.keyFrame(1));
            Waiting.until("started", () -> control.calls().contains("started live1"));
            control.away(true);
            long until = System.nanoTime() + 400_000_000L;
            Waiting.until("the lease has run out", () -> System.nanoTime() > until);
            control.away(false);
            Waiting.until(
                    "the live is said to be on again",
                    () -> control.calls().stream().filter("started live1"::equals).count() == 2);
            publisher.message(9, 40, TestMedia.interFrame(2));
            awaitPictures("live1", 40);
        }
    }

    @Test
    void aLiveThatEndedStopsItsPublisher() throws Exception {
        control.leaseMs(90);
        try (RtmpTestClient publisher = publish("live1")) {
            publisher.message(9, 0, TestMedia.keyFrame(1));
            control.end();
            assertThat(RtmpTestClient.status(publisher.awaitCommand("onStatus"), "description"))
                    .isEqualTo("the live has ended");
            assertThat(publisher.closedByServer()).isTrue();
        }
    }

    @Test
    void theEndOfALiveEndsItsViewers() throws Exception {
        try (RtmpTestClient publisher = publish("live1")) {
            publisher.message(9, 0, TestMedia.keyFrame(1));
            awaitPictures("live1", 0);
            try (HttpTestClient flv = viewFromStart("live1", 0);
                    HttpTestClient events = HttpTestClient.get(port(), "/live/live1/gifts");
                    RtmpTestClient player = RtmpTestClient.connect(gateway.rtmpPort())) {
                player.play("live1");
                awaitRtmpPicture(player, 1);
                gateway.streams().liveEnded("live1");
                assertThat(flv.closedByServer()).isTrue();
                assertThat(events.closedByServer()).isTrue();
                assertThat(player.awaitStatus()).isEqualTo("NetStream.Play.UnpublishNotify");
                assertThat(player.closedByServer()).isTrue();
            }
        }
        Waiting.until("the stream is gone", () -> gateway.streams().find("live1") == null);
    }

    @Test
    void soundWithoutPicturesIsPlayed() throws Exception {
        try (RtmpTestClient publisher = RtmpTestClient.connect(gateway.rtmpPort())) {
            assertThat(publisher.publish("live1?key=key-live1"))
                    .isEqualTo("NetStream.Publish.Start");
            publisher.message(8, 0, TestMedia.audioConfig());
            publisher.message(8, 0, TestMedia.audio(1));
            publisher.message(8, 23, TestMedia.audio(2));
            awaitPictures("live1", 23);
            try (HttpTestClient viewer = view("live1")) {
                viewer.flvHeader();
                assertThat(hex(viewer.tag().body())).isEqualTo(hex(TestMedia.audioConfig()));
                assertThat(viewer.tag().number()).isEqualTo(1);
                assertThat(viewer.tag().number()).isEqualTo(2);
                gateway.streams().gift("live1", Cues.rose(7));
                assertGiftIds(viewer.tag().body());
                publisher.message(8, 46, TestMedia.audio(3));
                assertThat(viewer.tag().number()).isEqualTo(3);
            }
        }
    }

    @Test
    void metadataReachesEverybodyAtTimeZero() throws Exception {
        try (RtmpTestClient publisher = publish("live1")) {
            publisher.message(
                    18,
                    0,
                    TestMedia.hex(
                            "02 000d 40736574446174614672616d65 02 000a 6f6e4d65746144617461"
                                    + " 08 00000001 0005 7769647468 00 4074000000000000 000009"));
            publisher.message(9, 2000, TestMedia.keyFrame(1));
            awaitPictures("live1", 2000);
            try (HttpTestClient viewer = view("live1")) {
                viewer.flvHeader();
                Tag metadata = viewer.tag();
                assertThat(metadata.timestampMs()).isZero();
                assertThat(Amf0Reader.readAll(Unpooled.wrappedBuffer(metadata.body())))
                        .containsExactly(
                                AmfValue.of("onMetaData"),
                                new AmfValue.EcmaArray(Map.of("width", AmfValue.of(320))));
            }
        }
    }

    @Test
    void playingWhatIsNotThereIsRefused() throws Exception {
        try (RtmpTestClient player = RtmpTestClient.connect(gateway.rtmpPort())) {
            player.play("nobody");
            assertThat(player.awaitStatus()).isEqualTo("NetStream.Play.StreamNotFound");
            assertThat(player.closedByServer()).isTrue();
        }
        try (HttpTestClient viewer = view("nobody")) {
            assertThat(viewer.status()).isEqualTo(404);
            assertThat(viewer.first().text())
                    .contains("https://confetti.example/problems/unknown-live");
        }
    }

    // ---- helps

    private RtmpTestClient publish(String liveId) throws Exception {
        RtmpTestClient publisher = RtmpTestClient.connect(gateway.rtmpPort());
        assertThat(publisher.publish(liveId + "?key=key-" + liveId))
                .isEqualTo("NetStream.Publish.Start");
        publisher.sendHeaders();
        return publisher;
    }

    private HttpTestClient view(String liveId) throws Exception {
        return HttpTestClient.get(port(), "/live/" + liveId + ".flv");
    }

    /** A viewer that has read the file header and both sequence headers. */
    private HttpTestClient viewFromStart(String liveId, int timestampMs) throws Exception {
        awaitPictures(liveId, Integer.toUnsignedLong(timestampMs));
        HttpTestClient viewer = view(liveId);
        viewer.flvHeader();
        assertThat(hex(viewer.tag().body())).isEqualTo(hex(TestMedia.videoConfig()));
        assertThat(hex(viewer.tag().body())).isEqualTo(hex(TestMedia.audioConfig()));
        return viewer;
    }

    private int port() {
        return gateway.mediaPort();
    }

    private void awaitPictures(String liveId, long mediaMs) throws Exception {
        Waiting.until(
                "the stream is at " + mediaMs,
                () -> {
                    @Nullable Stream stream = gateway.streams().find(liveId);
                    return stream != null && stream.mediaMs() % (1L << 32) >= mediaMs % (1L << 32);
                });
    }

    /** What was handed to the stream before has been done after this. */
    private void awaitLoop(String liveId) throws Exception {
        requireNonNull(gateway.streams().find(liveId)).loop().submit(() -> {}).sync();
    }

    private static void awaitRtmpPicture(RtmpTestClient player, int number) throws Exception {
        Message message;
        do {
            message = nextOfType(player, 9);
        } while (message.body()[1] != 1 || message.body()[message.body().length - 1] != number);
    }

    private static Message nextOfType(RtmpTestClient player, int type) throws Exception {
        Message message;
        do {
            message = player.next();
        } while (message.type() != type);
        return message;
    }

    private static Tag picture(List<Tag> tags) {
        return tags.getLast();
    }

    private static void assertGift(List<AmfValue> message) {
        assertThat(message.getFirst()).isEqualTo(AmfValue.of("onGift"));
        AmfValue.Obj fields = (AmfValue.Obj) message.get(1);
        assertThat(fields.properties())
                .containsEntry("giftSendId", AmfValue.of("00000000-0000-0001-0000-000000000007"))
                .containsEntry("viewerName", AmfValue.of("Zoë \"<b>\" 🎉"))
                .containsEntry("ptsMs", AmfValue.of(80));
    }

    private static void assertGiftIds(byte[] body) {
        assertThat(TestMedia.contains(body, "onGift")).isTrue();
        assertThat(TestMedia.contains(body, "00000000-0000-0001-0000-000000000007")).isTrue();
    }

    private static void assertSei(byte[] body) {
        assertSeiAt(body, 80);
    }

    /** Delimiter, then one SEI NAL unit with our JSON, then the slice. */
    private static void assertSeiAt(byte[] body, long ptsMs) {
        List<byte[]> nals = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(body, 5, body.length - 5);
        while (buffer.hasRemaining()) {
            byte[] nal = new byte[buffer.getInt()];
            buffer.get(nal);
            nals.add(nal);
        }
        assertThat(nals).extracting(nal -> nal[0] & 31).containsExactly(9, 6, 1);
        SeiUserData sei = requireNonNull(SeiUserData.fromNalUnit(VideoCodec.AVC, nals.get(1)));
        assertThat(sei.uuid()).isEqualTo(StampedCue.SEI_UUID);
        assertThat(new String(sei.data(), StandardCharsets.UTF_8))
                .startsWith("{\"giftSendId\":\"00000000-0000-0001-0000-000000000007\"")
                .contains("\"viewerName\":\"Zoë \\\"<b>\\\" 🎉\"")
                .endsWith("\"ptsMs\":" + ptsMs + "}");
    }

    private static org.assertj.core.groups.Tuple tuple(int type, long timestampMs, byte[] body) {
        return org.assertj.core.groups.Tuple.tuple(type, timestampMs, hex(body));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(Arrays.copyOf(bytes, bytes.length));
    }
}
