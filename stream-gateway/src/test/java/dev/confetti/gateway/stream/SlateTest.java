package dev.confetti.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.amf.Amf0Reader;
import dev.confetti.gateway.amf.AmfValue;
import dev.confetti.gateway.channel.Connection;
import dev.confetti.gateway.codec.AacConfig;
import dev.confetti.gateway.codec.AudioCodec;
import dev.confetti.gateway.codec.AvcConfig;
import dev.confetti.gateway.codec.VideoCodec;
import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.fake.Cues;
import dev.confetti.gateway.fake.Mp4;
import dev.confetti.gateway.fake.SilentControl;
import dev.confetti.gateway.fake.TestMedia;
import dev.confetti.gateway.flv.FlvMuxer;
import dev.confetti.gateway.flv.SlateFile;
import dev.confetti.gateway.flv.TagReader;
import dev.confetti.gateway.hls.HlsReply;
import dev.confetti.gateway.hls.HlsRequest;
import dev.confetti.gateway.limits.Limits;
import dev.confetti.gateway.media.AccessUnit;
import dev.confetti.gateway.media.Frame;
import dev.confetti.gateway.metrics.GatewayMeters;
import dev.confetti.gateway.slate.Slate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A stream on a loop that stands still, its clock set by hand. The publisher's pictures are 40 ms
 * apart, its sound 20 ms.
 */
class SlateTest {
    private static final Slate BUILT_IN = SlateFile.builtIn();
    private static final String OTHER_AVC =
            "0164001effe100186764001eacd940b424d8088000000300800000190f8a14cb01000468ce3c80";
    private static final String SILENCE = "21000000001c";

    private final GatewayMeters meters = new GatewayMeters();
    private final SilentControl control = new SilentControl();
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final List<String> stopped = new ArrayList<>();
    private final List<EmbeddedChannel> viewers = new ArrayList<>();
    private long now = 70_000;
    private int number;
    private @Nullable Stream opened;

    private Stream stream() {
        return Objects.requireNonNull(opened);
    }

    private void open(@Nullable Slate slate) {
        loop.freezeTime();
        opened =
                new Streams(
                                Limits.defaults(),
                                meters,
                                () -> now,
                                () -> 1_000_000 + now,
                                new FlushPace(FlushPace.Mode.FRAME),
                                slate)
                        .open("live1", loop.eventLoop());
    }

    @AfterEach
    void close() {
        stream().endAtOnce("test over");
        viewers.forEach(EmbeddedChannel::finishAndReleaseAll);
        loop.runPendingTasks();
        assertThat(meters.publishers.get()).isZero();
        loop.finishAndReleaseAll();
    }

    @Test
    void theSlateGoesOnWithTheTimelineAndThePublisherWithTheSlates() {
        open(BUILT_IN);
        Source first = publish();
        first.play(5_000, 2_000);
        Player player = watch();
        player.read();
        first.end();
        pass(1_450);
        assertThat(player.read()).as("a publisher may be back soon").isEmpty();
        pass(100);
        List<Tag> begin = player.read();
        // The last packet was of 6980; it came 50 ms before the publisher went.
        assertThat(begin.get(0).hex()).startsWith("1700000000014d40");
        assertThat(begin.get(1).hex()).isEqualTo("af001210").as("the sound's own configuration");
        assertThat(begin.get(2).key()).isTrue();
        assertThat(begin.get(2).ms()).isEqualTo(8_530);
        assertThat(begin.get(3).hex()).isEqualTo("af01" + SILENCE);
        assertThat(begin.get(3).ms()).isEqualTo(8_530);
        pass(4_000);
        List<Tag> slate = player.read();
        assertThat(pictures(slate)).hasSize(40);
        assertThat(pictures(slate).stream().filter(Tag::key)).hasSize(4);
        assertThat(slate.stream().filter(tag -> tag.type() == 8))
                .as("172 packets of 1024 samples at 44.1 kHz")
                .hasSizeBetween(169, 173)
                .allMatch(tag -> tag.hex().equals("af01" + SILENCE));
        assertThat(stream().snapshot().slate()).isTrue();
        assertThat(stream().snapshot().publisher()).isNull();
        assertThat(stream().snapshot().receivedBytes())
                .as("nothing of the slate is received")
                .isEqualTo(2 * 14 + 48 * 8 + 100 * 3);

        Source second = publish();
        assertThat(stream().snapshot().slate()).isTrue();
        second.send(8, 3_000, TestMedia.audio(1));
        second.send(9, 3_000, TestMedia.interFrame(1));
        pass(500);
        assertThat(pictures(player.read())).as("until its key frame").hasSize(5);
        second.play(3_500, 1_000);
        List<Tag> resumed = player.read();
        int at = 0; // after the silence that had not gone out yet
        while (!resumed.get(at).hex().equals(hex(TestMedia.videoConfig()))) {
            assertThat(resumed.get(at++).hex()).isEqualTo("af01" + SILENCE);
        }
        assertThat(resumed.get(at + 1).hex()).isEqualTo(hex(TestMedia.audioConfig()));
        assertThat(resumed.get(at + 2).key()).isTrue();
        // 4550 ms of the slate are over; its last packet was the one at 195 * 1024 / 44.1.
        assertThat(resumed.get(at + 2).ms()).isEqualTo(8_530 + 4_527 + 1);
        assertThat(pictures(resumed)).hasSize(25);
        assertThat(stream().snapshot().slate()).isFalse();

        List<Tag> all = new ArrayList<>(begin);
        all.addAll(slate);
        all.addAll(resumed);
        assertIncreasing(pictures(all));
        assertIncreasing(
                all.stream().filter(tag -> tag.type() == 8 && tag.body()[1] == 1).toList());
        assertThat(stopped).isEmpty();
    }

    @Test
    void aQuickReconnectShowsNone() {
        open(BUILT_IN);
        Source first = publish();
        first.play(0, 1_000);
        Player player = watch();
        player.read();
        first.end();
        pass(1_400);
        publish().play(0, 3_000);
        assertThat(pictures(player.read())).hasSize(75).allMatch(tag -> tag.body().length < 20);
    }

    @Test
    void aTakeoverWithoutAKeyFrameShowsOne() {
        open(BUILT_IN);
        publish().play(0, 1_000);
        Player player = watch();
        player.read();
        publish().send(9, 0, TestMedia.interFrame(1));
        assertThat(stopped).hasSize(1);
        pass(2_000);
        assertThat(pictures(player.read())).hasSize(6);
    }

    @Test
    void soundOfBeforeThePublishersFirstPictureIsLeftOut() {
        open(BUILT_IN);
        Source first = publish();
        first.play(0, 1_000);
        first.end();
        pass(3_000);
        Source second = publish();
        Player player = watch();
        player.read();
        second.send(9, 1_000, TestMedia.keyFrame(1));
        for (int ms : new int[] {500, 980, 990, 1_003, 1_026}) {
            second.send(8, ms, TestMedia.audio(ms));
        }
        second.send(9, 1_040, TestMedia.keyFrame(2));
        List<Tag> tags = player.read();
        while (!tags.getFirst().hex().startsWith("1700")) {
            tags = tags.subList(1, tags.size());
        }
        long keyMs = tags.get(2).ms();
        assertThat(tags.subList(2, tags.size()))
                .extracting(Tag::ms)
                .containsExactly(keyMs, keyMs + 3, keyMs + 26, keyMs + 40);
    }

    @Test
    void offShowsNone() {
        open(null);
        Source first = publish();
        first.play(0, 1_000);
        Player player = watch();
        player.read();
        first.end();
        pass(10_000);
        assertThat(player.read()).isEmpty();
        assertThat(stream().snapshot().slate()).isFalse();
    }

    @Test
    void whoComesWhileThePublisherIsAwayBeginsWithTheSlatesLastKeyFrame() {
        open(BUILT_IN);
        Source first = publish();
        first.play(0, 1_000);
        first.end();
        pass(1_500 + 1_350);
        List<Tag> tags = watch().read();
        assertThat(tags.get(0).hex()).startsWith("1700000000014d40");
        assertThat(tags.get(1).hex()).isEqualTo("af001210");
        assertThat(tags.get(2).key()).isTrue();
        assertThat(tags.get(2).ms()).isEqualTo(3_530);
        assertThat(pictures(tags)).as("at 1.0, 1.1, 1.2 and 1.3 s of the slate").hasSize(4);
    }

    @Test
    void aGiftRidesInThePicturesOfTheSlate() {
        open(BUILT_IN);
        Source first = publish();
        first.play(0, 1_000);
        first.end();
        pass(2_000);
        Player player = watch();
        player.read();
        List<StampedCue> heard = new ArrayList<>();
        stream().listen(listener(heard));
        stream().gift(Cues.rose(7));
        pass(100);
        List<Tag> tags = player.read();
        int at = 0;
        while (tags.get(at).type() != 18) {
            at++;
        }
        long ms = tags.get(at).ms();
        List<AmfValue> onGift = Amf0Reader.readAll(Unpooled.wrappedBuffer(tags.get(at).body()));
        assertThat(onGift.getFirst()).isEqualTo(AmfValue.of("onGift"));
        assertThat(((AmfValue.Obj) onGift.get(1)).properties())
                .containsEntry("ptsMs", AmfValue.of((double) ms));
        Tag picture = tags.get(at + 1);
        assertThat(picture.ms()).isEqualTo(ms);
        assertThat(TestMedia.contains(picture.body(), "\"ptsMs\":" + ms + "}")).isTrue();
        assertThat(HexFormat.of().formatHex(picture.body(), 9, 11)).isEqualTo("0605");
        assertThat(heard).hasSize(1);
        assertThat(heard.getFirst().ptsMs()).isEqualTo(ms);
        pass(1_000);
        assertThat(player.read()).noneMatch(tag -> tag.type() == 18);
    }

    @Test
    void aGiftJustBeforeTheSlateGoesOutAtOnceAndRidesInItsFirstPicture() {
        open(BUILT_IN);
        Source first = publish();
        first.play(0, 1_000);
        Player player = watch();
        player.read();
        first.end();
        pass(600);
        stream().gift(Cues.rose(7));
        pass(50);
        assertThat(player.read()).singleElement().matches(tag -> tag.type() == 18);
        pass(900);
        List<Tag> tags = player.read();
        assertThat(tags).noneMatch(tag -> tag.type() == 18);
        Tag picture = pictures(tags).getFirst();
        assertThat(TestMedia.contains(picture.body(), "\"ptsMs\":" + picture.ms() + "}")).isTrue();
    }

    @Test
    void hlsHasADiscontinuityOnEachSideAndNoHoleInItsTracks() {
        open(BUILT_IN);
        Source first = publish();
        first.play(0, 1_000);
        file("index.m3u8");
        first.play(1_000, 4_000);
        first.end();
        pass(1_500);
        long slateMs = stream().mediaMs();
        pass(6_000);
        stream().gift(Cues.rose(7));
        pass(1_000);
        publish().play(0, 4_000);
        for (String track : List.of("video", "audio")) {
            String playlist = file(track + ".m3u8");
            String[] pieces = playlist.split("#EXT-X-DISCONTINUITY\n", -1);
            assertThat(pieces).as(track).hasSize(3);
            if (track.equals("video")) {
                assertThat(playlist.split("#EXT-X-MAP", -1))
                        .as("each with its own header")
                        .hasSize(4);
            } else {
                assertThat(playlist.split("#EXT-X-MAP", -1)).as("the same sound").hasSize(2);
            }
            long endMs = -1;
            for (String piece : pieces) {
                List<Mp4.Sample> samples = samples(piece);
                assertThat(samples.getFirst().dts()).as(track).isGreaterThanOrEqualTo(endMs);
                for (int i = 1; i < samples.size(); i++) {
                    assertThat(samples.get(i).dts()).isEqualTo(samples.get(i - 1).end());
                }
                endMs = samples.getLast().end();
            }
            assertThat(samples(pieces[1]).getFirst().dts()).isEqualTo(slateMs);
            assertThat(samples(pieces[1]).getLast().end() - slateMs)
                    .as("of the slate")
                    .isBetween(6_970L, 7_001L);
        }
        assertThat(eventsOf(file("video.m3u8"))).hasSize(1);
    }

    @Test
    void hlsThatBeginsWhileThePublisherIsAwayIsTheSlateAndGoesOnWithThePublisher() {
        open(BUILT_IN);
        Source first = publish();
        first.play(0, 1_000);
        first.end();
        pass(2_000);
        List<HlsReply> waiting = new ArrayList<>();
        ask("index.m3u8", waiting);
        assertThat(waiting).isEmpty();
        pass(2_200);
        assertThat(text(waiting.getFirst())).contains("avc1.4d401f,mp4a.40.2").contains("640x360");
        publish().play(0, 4_000);
        assertThat(file("video.m3u8")).containsOnlyOnce("#EXT-X-DISCONTINUITY\n");
    }

    @Test
    void theLastKeyFrameOfHevcStaysAndOpusBecomesSilent() {
        open(BUILT_IN);
        Source first = source();
        first.send(9, 0, TestMedia.hex("90 68766331", TestMedia.HEVC_CONFIG));
        first.send(8, 0, TestMedia.hex("90 4f707573", TestMedia.OPUS_CONFIG));
        String key = "93 68766331 00000003 460150 00000003 260180";
        first.send(9, 1_000, TestMedia.hex(key));
        first.send(8, 1_000, TestMedia.hex("91 4f707573 fc01"));
        first.send(9, 1_040, TestMedia.hex("a3 68766331 00000003 460150 00000003 020180"));
        Player player = watch();
        player.read();
        first.end();
        pass(4_600);
        List<Tag> tags = player.read();
        assertThat(pictures(tags))
                .hasSize(4)
                .allMatch(tag -> tag.hex().equals(key.replace(" ", "")));
        assertThat(pictures(tags))
                .extracting(Tag::ms)
                .containsExactly(2_540L, 3_540L, 4_540L, 5_540L);
        assertThat(tags.stream().filter(tag -> tag.type() == 8))
                .hasSizeBetween(152, 154)
                .allMatch(tag -> tag.hex().equals("914f707573fcfffe"));
        assertThat(tags).as("no other headers").noneMatch(tag -> tag.hex().startsWith("90"));
        assertThat(pictures(watch().read())).hasSize(1);
    }

    @Test
    void soundAloneBecomesSilent() {
        open(BUILT_IN);
        Source first = source();
        first.send(8, 0, TestMedia.audioConfig());
        first.send(8, 0, TestMedia.audio(1));
        first.send(8, 23, TestMedia.audio(2));
        Player player = watch();
        player.read();
        first.end();
        pass(3_500);
        List<Tag> tags = player.read();
        assertThat(tags).hasSizeBetween(85, 88).allMatch(tag -> tag.hex().equals("af01" + SILENCE));
        assertIncreasing(tags);
        Source second = source();
        second.send(8, 0, TestMedia.audioConfig());
        second.send(8, 0, TestMedia.audio(3));
        pass(50);
        assertThat(player.read()).extracting(Tag::hex).endsWith("af001210", "af01211003");
    }

    @Test
    void aSlateOfTheHostsOwnIsHeardWhereTheLiveHasSound() {
        Slate own =
                new Slate(
                        AvcConfig.read(Unpooled.wrappedBuffer(TestMedia.hex(OTHER_AVC))),
                        AacConfig.read(Unpooled.wrappedBuffer(TestMedia.hex("1190"))),
                        List.of(
                                new AccessUnit(0, picture("00000002 6588")),
                                new AccessUnit(
                                        10,
                                        new Frame.Audio(
                                                AudioCodec.AAC,
                                                0xaf,
                                                Unpooled.wrappedBuffer(TestMedia.hex("2177"))))),
                        500);
        open(own);
        Source first = publish();
        first.play(0, 1_000);
        Player player = watch();
        player.read();
        first.end();
        pass(3_050);
        List<Tag> tags = player.read();
        assertThat(tags.get(0).hex()).isEqualTo("1700000000" + OTHER_AVC);
        assertThat(tags.get(1).hex()).as("another sound").isEqualTo("af001190");
        assertThat(tags.subList(2, tags.size()))
                .extracting(Tag::hex)
                .startsWith("1701000000000000026588", "af012177", "1701000000000000026588")
                .doesNotContain("af01" + SILENCE);
        assertIncreasing(tags.subList(2, tags.size()));
        Source second = source(); // as many changes of its tracks as the slate made
        second.send(9, 0, TestMedia.videoConfig());
        second.send(9, 0, TestMedia.keyFrame(1));
        assertThat(player.read())
                .extracting(Tag::hex)
                .endsWith(hex(TestMedia.videoConfig()), hex(TestMedia.keyFrame(1)));
    }

    @Test
    void noSoundIsAddedWhereTheLiveHasNone() {
        open(BUILT_IN);
        Source first = source();
        first.send(9, 0, TestMedia.videoConfig());
        first.send(9, 0, TestMedia.keyFrame(1));
        Player player = watch();
        player.read();
        first.end();
        pass(3_000);
        assertThat(player.read()).hasSizeGreaterThan(10).noneMatch(tag -> tag.type() == 8);
    }

    @Test
    void afterALongHoldUpTheSlateBeginsAnewInsteadOfMakingUpForIt() {
        open(BUILT_IN);
        Source first = publish();
        first.play(0, 1_000);
        first.end();
        pass(1_500);
        Player player = watch();
        player.read();
        now += 20_000; // the process stood still
        pass(50);
        List<Tag> tags = player.read();
        assertThat(pictures(tags)).singleElement().matches(Tag::key);
        assertThat(tags.getFirst().ms()).isBetween(22_500L, 22_600L);
    }

    @Test
    void theGraceEndsTheSlate() {
        open(BUILT_IN);
        Source first = publish();
        first.play(0, 1_000);
        first.end();
        pass(59_000);
        Player player = watch();
        assertThat(player.read()).isNotEmpty();
        assertThat(control.calls())
                .as("the service hears of the publisher alone")
                .doesNotContain("renew");
        pass(2_000);
        assertThat(player.ended).isTrue();
    }

    // ---- helps

    /** Time passes, in steps of the stream's tick. */
    private void pass(long ms) {
        for (long passed = 0; passed < ms; passed += 50) {
            now += 50;
            loop.advanceTimeBy(50, TimeUnit.MILLISECONDS);
            loop.runScheduledPendingTasks();
        }
    }

    private Source source() {
        Source source = new Source();
        assertThat(source.publication.begin(3_600_000)).isTrue();
        return source;
    }

    private Source publish() {
        Source source = source();
        source.send(9, 0, TestMedia.videoConfig());
        source.send(8, 0, TestMedia.audioConfig());
        return source;
    }

    private final class Source implements Publisher {
        final Publication publication =
                new Publication(
                        stream(), this, new UUID(0, 1), control, Limits.defaults(), () -> now);
        final TagReader reader = new TagReader(publication, meters);

        void send(int type, int timestampMs, byte[] body) {
            ByteBuf in = loop.alloc().buffer().writeBytes(body); // whose leaks are found
            reader.read(type, timestampMs, in);
            in.release();
        }

        /** Sends for so long, from a timestamp on; a key frame each second. */
        void play(int fromMs, int forMs) {
            for (int ms = 0; ms < forMs; ms += 50) {
                for (int at = ms; at < ms + 50; at += 10) {
                    if (at % 1_000 == 0) {
                        send(9, fromMs + at, TestMedia.keyFrame(++number));
                    } else if (at % 40 == 0) {
                        send(
                                9,
                                fromMs + at,
                                TestMedia.hex(
                                        "27 01 000000 00000004 419a80",
                                        "%02x".formatted(++number & 0xff)));
                    }
                    if (at % 20 == 0) {
                        send(8, fromMs + at, TestMedia.audio(number));
                    }
                }
                pass(50);
            }
        }

        void end() {
            publication.end();
        }

        @Override
        public Connection connection() {
            return Connection.of(loop);
        }

        @Override
        public void stop(String reason) {
            stopped.add(reason);
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Tag(int type, long ms, byte[] body) {
        boolean picture() {
            return type == 9
                    && body[0] != 0x10
                    && !hex().startsWith("1700")
                    && !hex().startsWith("90");
        }

        boolean key() {
            return picture() && body[0] == 0x17;
        }

        String hex() {
            return SlateTest.hex(body);
        }
    }

    private Player watch() {
        return new Player();
    }

    /** A viewer of FLV. */
    private final class Player {
        final EmbeddedChannel channel = new EmbeddedChannel();
        boolean begun;
        boolean ended;

        Player() {
            viewers.add(channel);
            stream()
                    .join(
                            new Viewer(
                                    channel,
                                    FlvMuxer.INSTANCE,
                                    null,
                                    Passage.FREE,
                                    Limits.defaults(),
                                    () -> ended = true));
        }

        /** What has come since the last call. */
        List<Tag> read() {
            ByteBuf all = Unpooled.buffer();
            for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
                all.writeBytes(out);
                out.release();
            }
            if (!begun) {
                all.skipBytes(13);
                begun = true;
            }
            List<Tag> tags = new ArrayList<>();
            while (all.isReadable()) {
                int type = all.readByte();
                int length = all.readUnsignedMedium();
                long ms = all.readUnsignedMedium() | all.readUnsignedByte() << 24;
                all.skipBytes(3);
                byte[] body = new byte[length];
                all.readBytes(body).skipBytes(4);
                tags.add(new Tag(type, ms, body));
            }
            return tags;
        }
    }

    private static Frame.Video picture(String nalUnits) {
        return new Frame.Video(
                VideoCodec.AVC, 0, true, Unpooled.wrappedBuffer(TestMedia.hex(nalUnits)), 4, 0);
    }

    private static List<Tag> pictures(List<Tag> tags) {
        return tags.stream().filter(Tag::picture).toList();
    }

    private static void assertIncreasing(List<Tag> tags) {
        for (int i = 1; i < tags.size(); i++) {
            assertThat(tags.get(i).ms()).isGreaterThan(tags.get(i - 1).ms());
        }
    }

    private GiftListener listener(List<StampedCue> heard) {
        return new GiftListener() {
            @Override
            public Connection connection() {
                return Connection.of(loop);
            }

            @Override
            public void gift(StampedCue cue) {
                heard.add(cue);
            }

            @Override
            public void streamEnded() {}
        };
    }

    private void ask(String file, List<HlsReply> replies) {
        stream()
                .hls(
                        output ->
                                output.answer(
                                        Objects.requireNonNull(HlsRequest.parse(file, "")),
                                        replies::add),
                        () -> {});
    }

    private byte[] bytes(String file) {
        List<HlsReply> replies = new ArrayList<>();
        ask(file, replies);
        return replies.isEmpty() ? new byte[0] : bytes(replies.getFirst());
    }

    private static byte[] bytes(HlsReply reply) {
        ByteBuf body =
                reply instanceof HlsReply.Playlist playlist
                        ? playlist.text().with("")
                        : ((HlsReply.Found) reply).body();
        byte[] bytes = ByteBufUtil.getBytes(body);
        body.release();
        return bytes;
    }

    private static String text(HlsReply reply) {
        return new String(bytes(reply), StandardCharsets.UTF_8);
    }

    private String file(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private List<byte[]> segments(String playlist) {
        List<byte[]> all = new ArrayList<>();
        Matcher name = Pattern.compile("(?m)^(?:video|audio)-\\d+\\.m4s$").matcher(playlist);
        while (name.find()) {
            all.add(bytes(name.group()));
        }
        return all;
    }

    private List<Mp4.Sample> samples(String playlist) {
        return segments(playlist).stream()
                .flatMap(bytes -> Mp4.read(bytes).samples().stream())
                .toList();
    }

    private List<Mp4.Event> eventsOf(String playlist) {
        return segments(playlist).stream()
                .flatMap(bytes -> Mp4.read(bytes).events().stream())
                .toList();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(ByteBuffer.wrap(bytes).array());
    }
}
