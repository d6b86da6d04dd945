package dev.confetti.gateway.hls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.codec.AacConfig;
import dev.confetti.gateway.codec.AudioCodec;
import dev.confetti.gateway.codec.AvcConfig;
import dev.confetti.gateway.codec.VideoCodec;
import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.fake.Cues;
import dev.confetti.gateway.fake.Mp4;
import dev.confetti.gateway.fake.TestMedia;
import dev.confetti.gateway.hls.HlsReply.Why;
import dev.confetti.gateway.media.AccessUnit;
import dev.confetti.gateway.media.Frame;
import dev.confetti.gateway.media.TrackHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Fed by hand with a clock by hand; the first segment's number is 1000. */
class HlsOutputTest {
    private static final AvcConfig AVC =
            AvcConfig.read(Unpooled.wrappedBuffer(TestMedia.hex(TestMedia.AVC_CONFIG)));
    private static final AvcConfig OTHER_AVC =
            AvcConfig.read(
                    Unpooled.wrappedBuffer(
                            TestMedia.hex(
                                    "0164001effe100186764001eacd940b424d8088000000300800000190f8a14cb"
                                            + "01000468ce3c80")));
    private static final AacConfig AAC =
            AacConfig.read(Unpooled.wrappedBuffer(TestMedia.hex(TestMedia.AAC_CONFIG)));
    private static final TrackHeaders VIDEO = TrackHeaders.NONE.withVideo(AVC);
    private static final TrackHeaders BOTH = VIDEO.withAudio(AAC);

    private long now = 50_000;
    private HlsMemory memory = new HlsMemory(1 << 30);
    private HlsOutput output = open(HlsLimits.defaults());

    private HlsOutput open(HlsLimits limits) {
        return new HlsOutput(
                "live1", limits, memory, ByteBufAllocator.DEFAULT, 0, () -> now, () -> 1_000_000);
    }

    @AfterEach
    void release() {
        output.release();
        assertThat(memory.usedBytes()).isZero();
    }

    @Test
    void theFirstSegmentDecidesWhatThePlaylistPromises() {
        output.headers(VIDEO);
        pictures(0, 50);
        List<HlsReply> replies = new ArrayList<>();
        output.answer(video(), replies::add);
        assertThat(replies).as("no segment is whole").isEmpty();
        picture(50);
        assertThat(text(replies.getFirst()))
                .isEqualTo(
                        """
                        #EXTM3U
                        #EXT-X-VERSION:9
                        #EXT-X-TARGETDURATION:2
                        #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=0.630,HOLD-BACK=6.000,CAN-SKIP-UNTIL=12.000
                        #EXT-X-PART-INF:PART-TARGET=0.210
                        #EXT-X-MEDIA-SEQUENCE:1000
                        #EXT-X-DISCONTINUITY-SEQUENCE:0
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-MAP:URI="video-init-1000.mp4"
                        #EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:16:38.000Z
                        #EXT-X-PART:DURATION=0.200,URI="video-1000.0.m4s",INDEPENDENT=YES
                        #EXT-X-PART:DURATION=0.200,URI="video-1000.1.m4s"
                        #EXT-X-PART:DURATION=0.200,URI="video-1000.2.m4s"
                        #EXT-X-PART:DURATION=0.200,URI="video-1000.3.m4s"
                        #EXT-X-PART:DURATION=0.200,URI="video-1000.4.m4s"
                        #EXT-X-PART:DURATION=0.200,URI="video-1000.5.m4s"
                        #EXT-X-PART:DURATION=0.200,URI="video-1000.6.m4s"
                        #EXT-X-PART:DURATION=0.200,URI="video-1000.7.m4s"
                        #EXT-X-PART:DURATION=0.200,URI="video-1000.8.m4s"
                        #EXT-X-PART:DURATION=0.200,URI="video-1000.9.m4s"
                        #EXTINF:2.000,
                        video-1000.m4s
                        #EXT-X-PRELOAD-HINT:TYPE=PART,URI="video-1001.0.m4s"
                        """);
    }

    @Test
    void soundHasAPlaylistOfItsOwnAndEndsItsSegmentsWithThePictures() {
        output.headers(BOTH);
        for (int ms = 0; ms <= 2320; ms++) {
            if (ms % 40 == 0) {
                picture(ms / 40);
            }
            if (ms % 20 == 5) {
                sound(ms);
            }
        }
        // Video: 10 parts of 168 + 8 + 5 * 11 bytes and 28 before them, in 2 s; sound: 10 of 168 +
        // 8
        // + 10 * 4 and 28.
        assertThat(text(ask(new HlsRequest.Multivariant())))
                .isEqualTo(
                        """
                        #EXTM3U
                        #EXT-X-VERSION:9
                        #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Audio",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio.m3u8"
                        #EXT-X-STREAM-INF:BANDWIDTH=18104,AVERAGE-BANDWIDTH=18104,CODECS="avc1.42c00d,mp4a.40.2",RESOLUTION=160x608,FRAME-RATE=25.000,AUDIO="audio"
                        video.m3u8
                        """);
        // Part 0 of the next segment is there since the picture at 2200.
        assertThat(text(ask(video())))
                .endsWith(
                        """
                        #EXTINF:2.000,
                        video-1000.m4s
                        #EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:16:39.995Z
                        #EXT-X-PART:DURATION=0.200,URI="video-1001.0.m4s",INDEPENDENT=YES
                        #EXT-X-PRELOAD-HINT:TYPE=PART,URI="video-1001.1.m4s"
                        #EXT-X-RENDITION-REPORT:URI="audio.m3u8",LAST-MSN=1001,LAST-PART=0
                        """);
        String audio = text(ask(new HlsRequest.Playlist(HlsTrack.AUDIO, -1, -1, false)));
        assertThat(audio)
                .contains("#EXT-X-MAP:URI=\"audio-init-1000.mp4\"\n")
                .contains("#EXTINF:2.000,\naudio-1000.m4s\n")
                .contains("#EXT-X-PART:DURATION=0.200,URI=\"audio-1001.0.m4s\",INDEPENDENT=YES\n")
                .endsWith("#EXT-X-RENDITION-REPORT:URI=\"video.m3u8\",LAST-MSN=1001,LAST-PART=0\n");
    }

    @Test
    void theVariantWaitsForTheFirstSegmentOfItsSound() {
        output.headers(BOTH);
        List<HlsReply> replies = new ArrayList<>();
        output.answer(new HlsRequest.Multivariant(), replies::add);
        for (int i = 0; i < 80; i++) {
            feed(new AccessUnit(i * 40L, frame(i % 50 == 0, i, 80)), List.of());
            if (i > 0) {
                sound(i * 40 + 5); // the key frame at 2000 is shown at 2080
            }
            assertThat(replies.size()).as("picture %d", i).isEqualTo(i < 52 ? 0 : 1);
        }
        assertThat(text(replies.getFirst())).contains("avc1.42c00d,mp4a.40.2");
    }

    @Test
    void theVariantDoesNotWaitForSoundThatStays() {
        output.headers(BOTH);
        sound(5);
        sound(25);
        List<HlsReply> replies = new ArrayList<>();
        output.answer(new HlsRequest.Multivariant(), replies::add);
        for (int i = 0; i <= 100; i++) {
            assertThat(replies).as("before picture %d", i).isEmpty();
            picture(i);
        }
        assertThat(text(replies.getFirst())).contains("CODECS=\"avc1.42c00d\"");
    }

    @Test
    void soundAloneIsAVariant() {
        output.headers(TrackHeaders.NONE.withAudio(AAC));
        for (int i = 0; i <= 110; i++) {
            sound(i * 20);
        }
        assertThat(text(ask(new HlsRequest.Multivariant())))
                .isEqualTo(
                        """
                        #EXTM3U
                        #EXT-X-VERSION:9
                        #EXT-X-STREAM-INF:BANDWIDTH=8752,AVERAGE-BANDWIDTH=8752,CODECS="mp4a.40.2"
                        audio.m3u8
                        """);
        assertThat(refused(ask(video()), Why.NOT_FOUND)).contains("no video");
    }

    @Test
    void aPlaylistKeepsItsWindowAndPartsNearItsEndAndCanLeaveOutItsBeginning() {
        output.headers(VIDEO);
        pictures(0, 50 * 16 + 1);
        String full = text(ask(video()));
        // 16 segments are complete; ten of them make the 20 s that are listed
        assertThat(full).contains("#EXT-X-MEDIA-SEQUENCE:1006\n").contains("video-1015.m4s");
        assertThat(full.lines().filter(line -> line.startsWith("#EXTINF"))).hasSize(10);
        assertThat(full).doesNotContain("video-1012.9.m4s").contains("video-1013.0.m4s");
        String delta = text(ask(new HlsRequest.Playlist(HlsTrack.VIDEO, -1, -1, true)));
        assertThat(delta)
                .contains(
                        """
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-SKIP:SKIPPED-SEGMENTS=4
                        #EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:16:58.000Z
                        #EXTINF:2.000,
                        video-1010.m4s
                        """)
                .doesNotContain("video-1009.m4s");
        assertThat(bytes(ask(new HlsRequest.Segment(HlsTrack.VIDEO, 1000))))
                .as("what has left the playlist can be fetched for a while")
                .isNotEmpty();
        pictures(50 * 16 + 1, 50 * 26);
        assertThat(refused(ask(new HlsRequest.Segment(HlsTrack.VIDEO, 1000)), Why.NOT_FOUND))
                .isEqualTo("segment 1000 is gone, or not complete yet");
        assertThat(bytes(ask(new HlsRequest.Init(HlsTrack.VIDEO, 1000)))).isNotEmpty();
    }

    @Test
    void aSegmentIsItsParts() {
        output.headers(VIDEO);
        pictures(0, 51);
        byte[] parts =
                IntStream.range(0, 10)
                        .mapToObj(i -> bytes(ask(new HlsRequest.Part(HlsTrack.VIDEO, 1000, i))))
                        .map(ByteBufUtil::hexDump)
                        .collect(
                                Collectors.collectingAndThen(Collectors.joining(), TestMedia::hex));
        byte[] segment = bytes(ask(new HlsRequest.Segment(HlsTrack.VIDEO, 1000)));
        assertThat(segment).isEqualTo(parts);
        assertThat(Mp4.read(segment).boxes()).startsWith("styp", "moof", "mdat", "moof");
        assertThat(Mp4.read(segment).samples())
                .extracting(Mp4.Sample::dts)
                .isEqualTo(LongsOf.every(40, 50));
    }

    private static final class LongsOf {
        static List<Long> every(long step, int count) {
            return IntStream.range(0, count).mapToObj(i -> i * step).toList();
        }
    }

    @Test
    void aRequestWaitsForTheSegmentOrPartThatItNames() {
        output.headers(VIDEO);
        pictures(0, 51);
        List<String> came = new ArrayList<>();
        output.answer(video(1001, 0), reply -> came.add("part 0 " + last(reply)));
        output.answer(video(1001, 1), reply -> came.add("part 1 " + last(reply)));
        output.answer(video(1000, 10), reply -> came.add("beyond " + last(reply)));
        output.answer(video(1001, -1), reply -> came.add("segment " + last(reply)));
        output.answer(
                new HlsRequest.Part(HlsTrack.VIDEO, 1001, 0),
                reply -> came.add("hint " + Mp4.read(bytes(reply)).samples().size()));
        assertThat(came).isEmpty();
        pictures(51, 55);
        assertThat(came).isEmpty();
        picture(55);
        assertThat(came).containsExactly("part 0 video-1001.1", "beyond video-1001.1", "hint 5");
        pictures(56, 61);
        assertThat(came).contains("part 1 video-1001.2").hasSize(4);
        pictures(61, 101);
        assertThat(came).contains("segment video-1002.0").hasSize(5);
        assertThat(output.waiting()).isZero();
    }

    private static String last(HlsReply reply) {
        String text = text(reply);
        return text.substring(text.indexOf("URI=\"", text.indexOf("HINT")) + 5)
                .replace(".m4s\"\n", "");
    }

    @Test
    void whatCannotBeWaitedForIsRefused() {
        output.headers(VIDEO);
        pictures(0, 56); // segment 1001 has one part
        assertThat(refused(ask(video(1003, -1)), Why.BAD_REQUEST))
                .isEqualTo(
                        "_HLS_msn=1003: expected at most segment 1002, and parts of segment 1001 below"
                                + " 16");
        assertThat(refused(ask(video(1001, 16)), Why.BAD_REQUEST)).contains("_HLS_part=16");
        assertThat(refused(ask(video(999_999_999_999_999_999L, 0)), Why.BAD_REQUEST))
                .contains("999999999999999999");
        assertThat(text(ask(video(0, 0)))).contains("EXTM3U");
        assertThat(refused(ask(new HlsRequest.Part(HlsTrack.VIDEO, 1001, 2)), Why.NOT_FOUND))
                .isEqualTo("part 2 of segment 1001 is gone, or further off than the next one");
        assertThat(refused(ask(new HlsRequest.Part(HlsTrack.VIDEO, 1002, 0)), Why.NOT_FOUND))
                .contains("1002");
        assertThat(refused(ask(new HlsRequest.Part(HlsTrack.AUDIO, 1000, 0)), Why.NOT_FOUND))
                .contains("no audio");
        assertThat(refused(ask(new HlsRequest.Init(HlsTrack.VIDEO, 5)), Why.NOT_FOUND))
                .contains("header 5");
        assertThat(output.waiting()).isZero();
    }

    @Test
    void aRequestWaitsForThreeTargetDurationsAtMost() {
        output.headers(VIDEO);
        pictures(0, 51);
        List<HlsReply> replies = new ArrayList<>();
        output.answer(video(1001, 0), replies::add);
        now += 5_999;
        output.tick();
        assertThat(replies).isEmpty();
        now += 1;
        output.tick();
        assertThat(refused(replies.getFirst(), Why.UNAVAILABLE)).contains("live1");
    }

    @Test
    void viewersAreCountedByTheirPlaylists() {
        output.headers(BOTH);
        for (int i = 0; i <= 51; i++) {
            picture(i);
            sound(i * 40 + 5);
        }
        output.tick();
        assertThat(output.viewers()).isZero();
        for (int viewer = 0; viewer < 7; viewer++) {
            output.answer(video(1001, 0), reply -> {});
            output.answer(new HlsRequest.Playlist(HlsTrack.AUDIO, 1001, 0, false), reply -> {});
            output.answer(new HlsRequest.Part(HlsTrack.VIDEO, 1001, 0), reply -> bytes(reply));
        }
        text(ask(video())); // one more asks for the playlist as it is
        pictures(52, 56);
        assertThat(output.viewers()).isEqualTo(8);
        now += 2_000;
        output.tick();
        assertThat(output.viewers()).as("as of the last window").isEqualTo(8);
        now += 2_000;
        output.tick();
        assertThat(output.viewers()).isZero();
    }

    @Test
    void onlySoManyRequestsWait() {
        output.release();
        output = open(new HlsLimits(60_000, 12_000, 20_000, 1 << 20, 1 << 20, 1 << 20, 100, 3, 2));
        List<HlsReply> replies = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            output.answer(video(), replies::add);
        }
        assertThat(output.waiting()).isEqualTo(3);
        assertThat(replies).hasSize(4_997);
        assertThat(refused(replies.getFirst(), Why.UNAVAILABLE))
                .isEqualTo("3 requests wait already: ask again later");
        output.headers(VIDEO);
        pictures(0, 51);
        assertThat(replies).hasSize(5_000);
        assertThat(text(replies.getLast())).startsWith("#EXTM3U");
    }

    @Test
    void anOutputThatNobodyAsksIsUnusedAfterAMinute() {
        output.headers(VIDEO);
        pictures(0, 51);
        output.answer(video(1001, 0), reply -> {});
        now += 60_001;
        assertThat(output.unused()).as("somebody waits").isFalse();
        output.tick();
        assertThat(output.unused()).isTrue();
        assertThat(text(ask(video()))).isNotEmpty();
        assertThat(output.unused()).isFalse();
    }

    @Test
    void aPublisherThatComesBackWithOtherPicturesIsADiscontinuityWithAnotherHeader() {
        output.headers(BOTH);
        for (int i = 0; i <= 52; i++) {
            picture(i);
            sound(i * 40 + 5);
        }
        output.publisherGone();
        output.headers(TrackHeaders.NONE.withVideo(OTHER_AVC).withAudio(AAC));
        for (int i = 250; i <= 301; i++) {
            picture(i);
            sound(i * 40 + 5);
        }
        String text = text(ask(video()));
        assertThat(text.substring(text.indexOf("#EXT-X-PART:DURATION=0.120")))
                .startsWith(
                        """
                        #EXT-X-PART:DURATION=0.120,URI="video-1001.0.m4s",INDEPENDENT=YES
                        #EXTINF:0.120,
                        video-1001.m4s
                        #EXT-X-DISCONTINUITY
                        #EXT-X-MAP:URI="video-init-1002.mp4"
                        #EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:16:47.995Z
                        #EXT-X-PART:DURATION=0.200,URI="video-1002.0.m4s",INDEPENDENT=YES
                        """);
        assertThat(text(ask(new HlsRequest.Playlist(HlsTrack.AUDIO, -1, -1, false))))
                .containsOnlyOnce("#EXT-X-DISCONTINUITY\n")
                .containsOnlyOnce("#EXT-X-MAP");
        assertThat(text(ask(new HlsRequest.Multivariant())))
                .contains("CODECS=\"avc1.64001e,mp4a.40.2\",RESOLUTION=720x576");
        assertThat(bytes(ask(new HlsRequest.Init(HlsTrack.VIDEO, 1000))))
                .isNotEqualTo(bytes(ask(new HlsRequest.Init(HlsTrack.VIDEO, 1002))));
    }

    @Test
    void aHoleInThePicturesIsADiscontinuityAndAShortOneALongPicture() {
        output.headers(VIDEO);
        pictures(0, 53);
        pictures(100, 126); // the last one lasted 1920 ms, at 2080
        pictures(200, 226); // the last one would have lasted 3000 ms, at 5000
        String text = text(ask(video()));
        assertThat(text)
                .contains("#EXT-X-PART:DURATION=1.920,URI=\"video-1001.1.m4s\"\n")
                .contains(
                        """
                        #EXTINF:1.040,
                        video-1002.m4s
                        #EXT-X-DISCONTINUITY
                        #EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:16:46.000Z
                        """)
                .containsOnlyOnce("#EXT-X-DISCONTINUITY\n");
    }

    @Test
    void aHoleInTheSoundEndsItsSegmentAndThePicturesGoOn() {
        output.headers(BOTH);
        for (int ms = 0; ms <= 8_000; ms++) {
            if (ms % 40 == 0) {
                picture(ms / 40);
            }
            if (ms % 20 == 5 && (ms < 2_500 || ms > 5_500)) {
                sound(ms);
            }
        }
        String audio = text(ask(new HlsRequest.Playlist(HlsTrack.AUDIO, -1, -1, false)));
        assertThat(audio)
                .doesNotContain("#EXT-X-DISCONTINUITY\n")
                .contains("#EXTINF:0.500,\naudio-1001.m4s\n")
                .contains("#EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:16:43.500Z");
        assertThat(text(ask(video()))).doesNotContain("#EXT-X-DISCONTINUITY\n");
    }

    @Test
    void theEndIsSaidAndNobodyWaitsAnyMore() {
        output.headers(VIDEO);
        pictures(0, 58);
        List<HlsReply> replies = new ArrayList<>();
        output.answer(video(1001, 1), replies::add);
        output.answer(new HlsRequest.Part(HlsTrack.VIDEO, 1001, 1), replies::add);
        output.answer(video(1002, -1), replies::add);
        output.end();
        assertThat(text(replies.get(0)))
                .endsWith("#EXTINF:0.320,\nvideo-1001.m4s\n#EXT-X-ENDLIST\n");
        assertThat(Mp4.read(bytes(replies.get(1))).samples()).hasSize(3);
        assertThat(text(replies.get(2))).endsWith("#EXT-X-ENDLIST\n");
        assertThat(text(ask(video(5_000, 3)))).as("nothing to wait for").contains("ENDLIST");
        assertThat(refused(ask(new HlsRequest.Part(HlsTrack.VIDEO, 1002, 0)), Why.NOT_FOUND))
                .isNotEmpty();
    }

    @Test
    void aLiveThatEndsBeforeItsFirstSegmentIsWhatThereIs() {
        output.headers(VIDEO);
        pictures(0, 8);
        List<HlsReply> replies = new ArrayList<>();
        output.answer(video(), replies::add);
        output.end();
        assertThat(text(replies.getFirst())).contains("#EXTINF:0.320,").contains("ENDLIST");
    }

    @Test
    void aCueGoesBeforeThePartThatHasItsPicture() {
        output.headers(VIDEO);
        pictures(0, 52);
        StampedCue first = StampedCue.at(Cues.rose(1), 52 * 40, false);
        StampedCue second = StampedCue.at(Cues.rose(2), 52 * 40, false);
        StampedCue owed = StampedCue.at(Cues.rose(3), 52 * 40, true);
        picture(52, List.of(first, second, owed));
        pictures(53, 61);
        byte[] part = bytes(ask(new HlsRequest.Part(HlsTrack.VIDEO, 1001, 0)));
        Mp4 mp4 = Mp4.read(part);
        assertThat(mp4.boxes()).containsExactly("styp", "emsg", "emsg", "moof", "mdat");
        assertThat(mp4.events())
                .extracting(Mp4.Event::pts, Mp4.Event::id, Mp4.Event::value)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2080L, 1, json(first)),
                        org.assertj.core.groups.Tuple.tuple(2080L, 2, json(second)));
        assertThat(mp4.events().getFirst().scheme()).isEqualTo("https://aomedia.org/emsg/ID3");
        assertThat(mp4.events().getFirst().description()).isEqualTo("confetti.gift");
        byte[] picture = mp4.samples().get(2).data();
        for (StampedCue cue : List.of(first, second, owed)) {
            ByteBuf sei = Unpooled.buffer();
            cue.writeSei(sei, (Frame.Video) frame(false, 52, 0));
            assertThat(ByteBufUtil.hexDump(picture)).contains(ByteBufUtil.hexDump(sei));
        }
        assertThat(Mp4.read(bytes(ask(new HlsRequest.Part(HlsTrack.VIDEO, 1001, 1)))).events())
                .isEmpty();
    }

    @Test
    void withoutPicturesTheSoundCarriesTheCues() {
        output.headers(TrackHeaders.NONE.withAudio(AAC));
        for (int i = 0; i <= 101; i++) {
            sound(i * 20);
        }
        output.appendCues(List.of(StampedCue.at(Cues.rose(1), 2020, false)));
        for (int i = 102; i <= 120; i++) {
            sound(i * 20);
        }
        assertThat(Mp4.read(bytes(ask(new HlsRequest.Part(HlsTrack.AUDIO, 1001, 0)))).events())
                .extracting(Mp4.Event::pts)
                .containsExactly(2020L);
    }

    @Test
    void whereKeyFramesNeverComeSegmentsEndAllTheSame() {
        output.headers(VIDEO);
        for (int i = 0; i <= 600; i++) {
            feed(new AccessUnit(i * 40L, frame(i == 0, i, 0)), List.of());
        }
        String text = text(ask(video()));
        assertThat(text)
                .contains("#EXT-X-TARGETDURATION:10\n")
                .contains("#EXTINF:10.400,\nvideo-1000.m4s\n")
                .contains("#EXTINF:10.400,\nvideo-1001.m4s\n")
                .doesNotContain("INDEPENDENT-SEGMENTS");
    }

    @Test
    void whatAPublisherMakesGrowIsBounded() {
        output.release();
        output = open(new HlsLimits(60_000, 12_000, 20_000, 50_000, 20_000, 5_000, 100, 30, 2));
        output.headers(VIDEO);
        // A clock that stands still: no part ever gets long.
        for (int i = 0; i < 30_000; i++) {
            feed(new AccessUnit(7, frame(i == 0, i, 0)), List.of());
        }
        String text = text(ask(video()));
        long listed = text.lines().filter(line -> line.startsWith("#EXTINF")).count();
        assertThat(listed).isBetween(2L, 4L);
        assertThat(bytes(ask(new HlsRequest.Part(HlsTrack.VIDEO, firstMsn(text), 0))).length)
                .isLessThan(8_000);
        assertThat(bytes(ask(new HlsRequest.Segment(HlsTrack.VIDEO, firstMsn(text)))).length)
                .isLessThan(30_000);
    }

    @Test
    void whereTheMemoryOfAllStreamsIsFullEachKeepsWhatAPlaylistMustHave() {
        output.release();
        memory = new HlsMemory(10_000); // a segment has 2338 bytes
        output = open(HlsLimits.defaults());
        output.headers(VIDEO);
        pictures(0, 50 * 9 + 1);
        assertThat(text(ask(video())).lines().filter(line -> line.startsWith("#EXTINF")))
                .hasSize(4);
        memory.add(10_000); // another stream's
        pictures(50 * 9 + 1, 50 * 10 + 1);
        assertThat(text(ask(video())).lines().filter(line -> line.startsWith("#EXTINF")))
                .hasSize(3);
        memory.add(-10_000);
    }

    private static long firstMsn(String playlist) {
        return playlist.lines()
                .filter(line -> line.startsWith("#EXT-X-MEDIA-SEQUENCE:"))
                .mapToLong(line -> Long.parseLong(line.substring(22)))
                .findFirst()
                .orElseThrow();
    }

    // ---- helps

    private void pictures(int from, int to) {
        for (int i = from; i < to; i++) {
            picture(i);
        }
    }

    private void picture(int number) {
        picture(number, List.of());
    }

    /** 25 a second, a key frame every two seconds. */
    private void picture(int number, List<StampedCue> cues) {
        feed(new AccessUnit(number * 40L, frame(number % 50 == 0, number, 0)), cues);
    }

    private static Frame frame(boolean key, int number, int ctsMs) {
        ByteBuf payload = Unpooled.buffer();
        payload.writeInt(7).writeMedium(key ? 0x658880 : 0x419a80).writeInt(number);
        return new Frame.Video(VideoCodec.AVC, ctsMs, key, payload, 4, 0);
    }

    private void sound(int ms) {
        ByteBuf payload = Unpooled.buffer().writeInt(ms);
        feed(new AccessUnit(ms, new Frame.Audio(AudioCodec.AAC, 0xaf, payload)), List.of());
    }

    private void feed(AccessUnit unit, List<StampedCue> cues) {
        output.append(unit, cues, null);
        unit.frame().release();
    }

    private static HlsRequest video() {
        return video(-1, -1);
    }

    private static HlsRequest video(long msn, int part) {
        return new HlsRequest.Playlist(HlsTrack.VIDEO, msn, part, false);
    }

    private HlsReply ask(HlsRequest request) {
        List<HlsReply> replies = new ArrayList<>();
        output.answer(request, replies::add);
        assertThat(replies).as("an answer at once to %s", request).hasSize(1);
        return replies.getFirst();
    }

    private static String text(HlsReply reply) {
        return new String(bytes(reply), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(HlsReply reply) {
        if (reply instanceof HlsReply.Playlist playlist) {
            return ByteBufUtil.getBytes(playlist.text().with(""));
        }
        assertThat(reply).isInstanceOf(HlsReply.Found.class);
        ByteBuf body = ((HlsReply.Found) reply).body();
        assertThat(body.writableBytes()).as("room that all clients would share").isZero();
        byte[] bytes = ByteBufUtil.getBytes(body);
        body.release();
        return bytes;
    }

    private static String refused(HlsReply reply, Why why) {
        assertThat(reply).isInstanceOf(HlsReply.Refused.class);
        HlsReply.Refused refused = (HlsReply.Refused) reply;
        assertThat(refused.why()).isEqualTo(why);
        return refused.detail();
    }

    private static String json(StampedCue cue) {
        ByteBuf json = Unpooled.buffer();
        cue.writeJson(json);
        return json.toString(StandardCharsets.UTF_8);
    }
}
