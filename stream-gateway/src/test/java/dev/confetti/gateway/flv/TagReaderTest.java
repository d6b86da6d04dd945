package dev.confetti.gateway.flv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.gateway.amf.AmfValue;
import dev.confetti.gateway.codec.AudioConfig;
import dev.confetti.gateway.codec.MalformedMediaException;
import dev.confetti.gateway.codec.VideoConfig;
import dev.confetti.gateway.fake.TestMedia;
import dev.confetti.gateway.media.Frame;
import dev.confetti.gateway.media.MediaSink;
import dev.confetti.gateway.metrics.GatewayMeters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagReaderTest {
    private static final String AVC1 = "61766331";
    private static final String HVC1 = "68766331";
    private static final String AV01 = "61763031";
    private static final String VP09 = "76703039";
    private static final String MP4A = "6d703461";
    private static final String OPUS = "4f707573";

    /** A delimiter and a slice of an IDR picture, as H.264 and as H.265 write them. */
    private static final String AVC_UNITS = "00000002 09f0 00000003 658880";

    private static final String HEVC_UNITS = "00000003 460150 00000004 26018080";
    private static final String OBUS = "32 03 10 00 80";

    private final GatewayMeters meters = new GatewayMeters();
    private final List<String> events = new ArrayList<>();
    private final TagReader reader = new TagReader(new Recorder(), meters);

    /** What comes out, one line each. */
    private final class Recorder implements MediaSink {
        @Override
        public void metadata(AmfValue metadata) {
            events.add("metadata");
        }

        @Override
        public void videoConfig(VideoConfig config) {
            events.add("video " + config.codecString());
        }

        @Override
        public void audioConfig(AudioConfig config) {
            events.add("audio " + config.codecString());
        }

        @Override
        public void frame(int timestampMs, Frame frame) {
            events.add(
                    switch (frame) {
                        case Frame.Video video ->
                                "%s%s %d%+d %s at %d"
                                        .formatted(
                                                video.codec(),
                                                video.key() ? " key" : "",
                                                timestampMs,
                                                video.ctsMs(),
                                                ByteBufUtil.hexDump(video.payload()),
                                                video.cueOffset());
                        case Frame.Audio audio ->
                                "%s %d %02x %s"
                                        .formatted(
                                                audio.codec(),
                                                timestampMs,
                                                audio.soundFlags(),
                                                ByteBufUtil.hexDump(audio.payload()));
                        case Frame.Data data -> data.name();
                    });
            frame.release();
        }
    }

    @Test
    void hevcIsReadWithAFourCc() {
        video("90" + HVC1 + TestMedia.HEVC_CONFIG);
        video("91" + HVC1 + "ffffd8" + HEVC_UNITS); // composition 40 ms before decoding
        video("93" + HVC1 + HEVC_UNITS);
        video("a3" + HVC1 + HEVC_UNITS);
        String units = HEVC_UNITS.replace(" ", "");
        assertThat(events)
                .containsExactly(
                        "video hvc1.1.6.L60.90",
                        "HEVC key 7-40 " + units + " at 7",
                        "HEVC key 7+0 " + units + " at 7",
                        "HEVC 7+0 " + units + " at 7");
    }

    @Test
    void hevcIsReadWithTheOlderCodecNumber() {
        video("1c 00 000000" + TestMedia.HEVC_CONFIG);
        video("2c 01 000028" + HEVC_UNITS);
        assertThat(events)
                .containsExactly(
                        "video hvc1.1.6.L60.90",
                        "HEVC 7+40 " + HEVC_UNITS.replace(" ", "") + " at 7");
    }

    @Test
    void avcWithAFourCcIsTheSameAsWithout() {
        video("17 00 000000" + TestMedia.AVC_CONFIG);
        video("27 01 000028" + AVC_UNITS);
        video("90" + AVC1 + TestMedia.AVC_CONFIG);
        video("a1" + AVC1 + "000028" + AVC_UNITS);
        assertThat(events.subList(2, 4)).isEqualTo(events.subList(0, 2));
        assertThat(events.get(3)).isEqualTo("AVC 7+40 " + AVC_UNITS.replace(" ", "") + " at 6");
    }

    @Test
    void av1IsReadWithoutTemporalDelimitersAndHasNoPlaceForCues() {
        video("90" + AV01 + TestMedia.AV1_CONFIG);
        video("91" + AV01 + OBUS);
        video("a1" + AV01 + "1200" + OBUS);
        video("a1" + AV01 + "1200");
        video("a1" + AV01 + "12001200" + OBUS);
        assertThat(events)
                .containsExactly(
                        "video av01.0.00M.08",
                        "AV1 key 7+0 3203100080 at -1",
                        "AV1 7+0 3203100080 at -1",
                        "AV1 7+0 3203100080 at -1");
    }

    @Test
    void aacAndOpusAreReadWithAFourCc() {
        audio("90" + MP4A + TestMedia.AAC_CONFIG);
        audio("91" + MP4A + "211005");
        audio("90" + OPUS + TestMedia.OPUS_CONFIG);
        audio("91" + OPUS + "fc0102");
        audio("92" + OPUS); // end of sequence
        audio("94" + OPUS + "01 02 00000003"); // channels by number
        assertThat(events)
                .containsExactly(
                        "audio mp4a.40.2", "AAC 7 af 211005", "audio opus", "OPUS 7 00 fc0102");
        assertThat(meters.unitsMalformed.sum()).isZero();
    }

    @Test
    void soundThatNobodyCouldDecodeIsDropped() {
        audio("af 01 211005");
        audio("91" + OPUS + "fc0102");
        audio("af 00" + TestMedia.AAC_CONFIG);
        audio("91" + OPUS + "fc0102");
        audio("2f aabb"); // MP3 needs no configuration
        assertThat(events).containsExactly("audio mp4a.40.2", "OTHER 7 2f aabb");
        assertThat(meters.unitsMalformed.sum()).isEqualTo(3);
    }

    @Test
    void endsMetadataAndCommandsAreReadOver() {
        video("90" + HVC1 + TestMedia.HEVC_CONFIG);
        video("92" + HVC1);
        video("94" + HVC1 + "02 0009 636f6c6f72496e666f 05");
        video("d4" + HVC1); // metadata, whatever kind of frame it says it is
        video("d1 00"); // the beginning of a seek
        video("57 00");
        assertThat(events).hasSize(1);
        assertThat(meters.unitsMalformed.sum()).isZero();
    }

    @Test
    void extensionsOfAPacketAreSkipped() {
        video("90" + HVC1 + TestMedia.HEVC_CONFIG);
        String units = HEVC_UNITS.replace(" ", "");
        video("97 02 0f4240 03" + HVC1 + units); // nanoseconds
        video("97 00 aa 17 02 0f4240 03" + HVC1 + units); // two of them
        video("97 ff 0100" + "bb".repeat(257) + "03" + HVC1 + units); // more than 255 bytes
        audio("90" + OPUS + TestMedia.OPUS_CONFIG);
        audio("97 02 0f4240 01" + OPUS + "fc");
        assertThat(events.subList(1, 4)).containsOnly("HEVC key 7+0 " + units + " at 7");
        assertThat(events.getLast()).isEqualTo("OPUS 7 00 fc");
    }

    @Test
    void ofSeveralTracksTheFirstIsCarried() {
        // one track
        video("96 00" + HVC1 + "00" + TestMedia.HEVC_CONFIG);
        // many tracks of one codec, the main one last
        video("96 13" + HVC1 + "01 000003 aabbcc" + "00 00000f" + HEVC_UNITS);
        // many tracks of many codecs, one of which is not carried at all
        video("96 23" + HVC1 + "00 00000f" + HEVC_UNITS + VP09 + "05 000001 aa");
        // only another one
        video("96 03" + HVC1 + "01" + HEVC_UNITS);
        audio("95 00" + OPUS + "00" + TestMedia.OPUS_CONFIG);
        audio("95 11" + OPUS + "00 000001 fc" + "01 000001 fd" + "02 000000");
        String frame = "HEVC key 7+0 " + HEVC_UNITS.replace(" ", "") + " at 7";
        assertThat(events)
                .containsExactly(
                        "video hvc1.1.6.L60.90", frame, frame, "audio opus", "OPUS 7 00 fc");
        assertThat(meters.otherTracks.sum()).isEqualTo(5);
        assertThat(meters.unitsMalformed.sum()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "96 13 68766331 00 000010 0000000226018080", // beyond the tag
                "96 13 68766331 00 ffffff 00",
                "96 13 68766331 00 000001 aa 01 000001", // the second one
                "96 33 68766331 00 000001 aa", // no such kind
                "96 16 68766331 00 000001 aa", // tracks in tracks
                "96 17 68766331 00 000001 aa",
                "95 68766331 00", // another form of the sequence
                "98 68766331 00",
                "9f 68766331 00",
                "97 ff ffff 00",
                "97 ff",
                "91 68766331 0000", // no whole composition time
                "93 68766331 00000004 260180", // a NAL unit beyond the picture
            })
    void brokenPacketsAreDroppedAndCounted(String hex) {
        video("90" + HVC1 + TestMedia.HEVC_CONFIG);
        if (hex.startsWith("95")) {
            assertThatThrownBy(() -> video(hex)).hasMessageContaining("MPEG-2 TS");
        } else {
            video(hex);
            assertThat(meters.unitsMalformed.sum()).isEqualTo(1);
        }
        assertThat(events).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "90 76703039 00, video codec vp09: expected one of [avc1; hvc1; av01]",
        "91 76703038 00, video codec vp08: expected one of [avc1; hvc1; av01]",
        "91 00000a31 00, video codec ???1: expected one of [avc1; hvc1; av01]",
        "24 00, video codec 4: expected 7 (H.264); 12 (H.265) or a FourCC of [avc1; hvc1; av01]",
        "91 68766331 000000 00, HEVC picture before its configuration: expected a sequence header first",
        "90 68766331 01, H.265 configuration of 1 bytes: expected 23 to 65535",
        "90 61763031 81, AV1 configuration of 1 bytes: expected 4 to 65535",
    })
    void whatIsNotCarriedIsRefusedByName(String hex, String message) {
        assertThatThrownBy(() -> video(hex))
                .isInstanceOf(MalformedMediaException.class)
                .hasMessage(message.replace(';', ','));
    }

    @ParameterizedTest
    @CsvSource({
        "90 61632d33, audio codec ac-3: expected one of [mp4a; Opus]",
        "91 65632d33 00, audio codec ec-3: expected one of [mp4a; Opus]",
        "91 664c6143 00, audio codec fLaC: expected one of [mp4a; Opus]",
        "91 2e6d7033 00, audio codec .mp3: expected one of [mp4a; Opus]",
        "90 4f707573 4f, Opus header of 1 bytes: expected 19 to 276",
    })
    void soundThatIsNotCarriedIsRefusedByName(String hex, String message) {
        assertThatThrownBy(() -> audio(hex))
                .isInstanceOf(MalformedMediaException.class)
                .hasMessage(message.replace(';', ','));
    }

    @Test
    void anotherCodecNeedsItsOwnConfiguration() {
        video("17 00 000000" + TestMedia.AVC_CONFIG);
        assertThatThrownBy(() -> video("93" + HVC1 + HEVC_UNITS))
                .hasMessageContaining("HEVC picture before its configuration");
        video("90" + HVC1 + TestMedia.HEVC_CONFIG);
        video("93" + HVC1 + HEVC_UNITS);
        assertThat(events).hasSize(3);
    }

    @Test
    void aForgedCueGoesInHevcToo() {
        video("90" + HVC1 + TestMedia.HEVC_CONFIG);
        String sei = "0512 2b75ddf3d8e34a85a64441da256c0268 7b7d 80";
        String forged = "00000017 4e01" + sei;
        String suffix = "00000017 5001" + sei;
        video("93" + HVC1 + "00000003 460150" + forged + "00000004 26018080" + suffix);
        assertThat(events.getLast())
                .isEqualTo("HEVC key 7+0 " + HEVC_UNITS.replace(" ", "") + " at 7");
    }

    @Test
    void aForgedCueAmongParameterSetsIsRefused() {
        // The same SPS, and an array of one prefix SEI NAL unit.
        String sei = "4e01 0512 2b75ddf3d8e34a85a64441da256c0268 7b7d 80";
        String forged = TestMedia.HEVC_CONFIG.replace("f800000f01", "f800000f02");
        assertThatThrownBy(() -> video("90" + HVC1 + forged + "a70001 0017" + sei))
                .isInstanceOf(MalformedMediaException.class)
                .hasMessage("HEVC configuration with a gift in it: expected gifts from here alone");
        video("90" + HVC1 + forged + "a70001 0017" + sei.replace("2b75", "2b76"));
        assertThat(events).containsExactly("video hvc1.1.6.L60.90");
    }

    @Test
    void aForgedCueWrappedForServersOnTheWayGoes() {
        String set = "02 000d 40736574446174614672616d65";
        String gift = "02 0006 6f6e47696674 05";
        for (String wrapped : List.of(gift, set + gift, set + set + gift)) {
            reader.read(18, 7, Unpooled.wrappedBuffer(TestMedia.hex(wrapped)));
        }
        assertThat(reader.forgedCues()).isEqualTo(3);
        reader.read(18, 7, Unpooled.wrappedBuffer(TestMedia.hex(set + set + "02 0001 61 05")));
        assertThat(events).containsExactly("a");
    }

    @Test
    void everyBeginningOfAHeaderIsBearable() {
        for (String whole :
                List.of(
                        "97 ff 0001 aabb 16 13" + HVC1 + "00 000001 aa" + "01 000001 bb",
                        "96 23" + HVC1 + "01 000001 aa" + AV01 + "02 000001 bb",
                        "91" + HVC1 + "000000")) {
            byte[] bytes = TestMedia.hex(whole);
            for (int length = 0; length < bytes.length; length++) {
                ByteBuf cut = Unpooled.copiedBuffer(bytes, 0, length);
                attempt(whole, 9, cut);
                attempt(whole, 8, cut.readerIndex(0));
                cut.release();
            }
        }
        assertThat(events).isEmpty();
    }

    @Test
    void randomTagsNeverDoMoreThanFail() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> fourCcs = List.of(AVC1, HVC1, AV01, VP09, MP4A, OPUS);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            ByteBuf body =
                    Unpooled.buffer()
                            .writeByte(0x90 | random.nextInt(8))
                            .writeByte(random.nextInt(256))
                            .writeBytes(TestMedia.hex(fourCcs.get(random.nextInt(6))))
                            .writeBytes(bytes);
            body.setByte(1, random.nextBoolean() ? body.getByte(2) : body.getByte(1));
            attempt("seed " + seed, random.nextBoolean() ? 8 : 9, body);
            body.release();
        }
    }

    /** The tag is read, or refused as it should be. */
    private void attempt(String where, int type, ByteBuf body) {
        try {
            reader.read(type, 7, body);
        } catch (MalformedMediaException e) {
            assertThat(e).as(where).hasMessageContaining("expected");
        } catch (RuntimeException e) {
            throw new AssertionError(where + " " + ByteBufUtil.hexDump(body.readerIndex(0)), e);
        }
    }

    private void video(String hex) {
        reader.read(9, 7, Unpooled.wrappedBuffer(TestMedia.hex(hex)));
    }

    private void audio(String hex) {
        reader.read(8, 7, Unpooled.wrappedBuffer(TestMedia.hex(hex)));
    }
}
