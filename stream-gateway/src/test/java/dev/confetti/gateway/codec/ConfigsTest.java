package dev.confetti.gateway.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.confetti.gateway.fake.TestMedia;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ConfigsTest {
    @Test
    void readsAnAvcRecord() {
        AvcConfig config = avc(TestMedia.AVC_CONFIG);
        assertThat(config.profile()).isEqualTo(66);
        assertThat(config.level()).isEqualTo(13);
        assertThat(config.nalLengthBytes()).isEqualTo(4);
        assertThat(config.sequenceParameterSets()).isEqualTo(1);
        assertThat(config.pictureParameterSets()).isEqualTo(1);
    }

    @Test
    void everyTruncationOfAnAvcRecordIsRefused() {
        String whole = TestMedia.AVC_CONFIG;
        for (int length = 0; length < whole.length(); length += 2) {
            String cut = whole.substring(0, length);
            assertThatThrownBy(() -> avc(cut)).isInstanceOf(MalformedMediaException.class);
        }
    }

    @Test
    void badAvcRecordsAreRefused() {
        assertThatThrownBy(() -> avc("0242c00dffe00000")).hasMessageContaining("version 2");
        assertThatThrownBy(() -> avc("0142c00dfee000")).hasMessageContaining("3 bytes");
        assertThatThrownBy(() -> avc("0142c00dffe1ffff67 0100"))
                .hasMessageContaining("65535 bytes");
    }

    @Test
    void readsAnAacConfig() {
        AacConfig config = aac("1210");
        assertThat(config.objectType()).isEqualTo(2);
        assertThat(config.sampleRateHz()).isEqualTo(44_100);
        assertThat(config.channels()).isEqualTo(2);
    }

    @Test
    void readsAnExplicitSampleRate() {
        // 00010 1111 + 24 bits of 22050 + 0001
        AacConfig config = aac("17 80 2b11 08");
        assertThat(config.sampleRateHz()).isEqualTo(22_050);
        assertThat(config.channels()).isEqualTo(1);
    }

    @Test
    void badAacConfigsAreRefused() {
        assertThatThrownBy(() -> aac("12")).isInstanceOf(MalformedMediaException.class);
        assertThatThrownBy(() -> aac("1690")).hasMessageContaining("index 13");
        assertThatThrownBy(() -> aac("1780")).hasMessageContaining("too early");
    }

    @Test
    void codecStringsAreThoseOfRfc6381() {
        assertThat(avc(TestMedia.AVC_CONFIG).codecString()).isEqualTo("avc1.42c00d");
        assertThat(hevc(TestMedia.HEVC_CONFIG).codecString()).isEqualTo("hvc1.1.6.L60.90");
        assertThat(av1(TestMedia.AV1_CONFIG).codecString()).isEqualTo("av01.0.00M.08");
        assertThat(aac("1210").codecString()).isEqualTo("mp4a.40.2");
        assertThat(opus(TestMedia.OPUS_CONFIG).codecString()).isEqualTo("opus");
    }

    @Test
    void profileSpaceTierAndConstraintsAreInTheStringOfHevc() {
        // space 1, high tier, profile 4, compatibility bit 4, level 120, constraints b0 00 08
        String record = "01 64 08000000 b00008000000 78 f000fcfdfafa00000f00";
        assertThat(hevc(record).codecString()).isEqualTo("hvc1.A4.10.H120.B0.0.8");
        String none = "01 01 60000000 000000000000 5d f000fcfdf8f800000f00";
        assertThat(hevc(none).codecString()).isEqualTo("hvc1.1.6.L93");
    }

    @Test
    void tierAndDepthAreInTheStringOfAv1() {
        assertThat(av1("81 0d c0 00").codecString()).isEqualTo("av01.0.13H.10");
        assertThat(av1("81 48 60 00").codecString()).isEqualTo("av01.2.08M.12");
    }

    @Test
    void sizeAndRateAreReadFromTheSpsOfH264() {
        assertFormat(
                avc("0142c00dffe1 0018"
                                + "6742c00dda05467889b01100000303e90000ea600f142aa0"
                                + "01000468ce0fc8")
                        .pictureFormat(),
                322,
                182,
                30_000 / 1001.0);
        // High profile, interlaced
        assertFormat(
                avc("01640015ffe1 0019"
                                + "67640015acd941533c4498088000000300800000190f8a14cb"
                                + "01000668fba3cb22c0fdf8f800")
                        .pictureFormat(),
                322,
                180,
                25);
        // High 4:4:4 Predictive, cropped in steps of one pixel
        assertFormat(
                avc("01f4000dffe1 001b"
                                + "67f4000d919b282a33c7c5e1c2000003000200000300641e28532c"
                                + "01000868ebe3c44c000440fff8f800")
                        .pictureFormat(),
                322,
                182,
                25);
    }

    @Test
    void sizeAndRateAreReadFromTheSpsOfH265() {
        assertFormat(hevc(TestMedia.HEVC_CONFIG).pictureFormat(), 322, 182, 30_000 / 1001.0);
        // two sub-layers, scaling lists, other reference picture sets
        assertFormat(
                hevc("0101600000009000000000003cf000fcfdf8f800001301a10001002d"
                                + "42010201600000030090000003000003003c0000a00a480b9c95965662b3"
                                + "49272bc05a02000007d20000ea6010")
                        .pictureFormat(),
                322,
                182,
                30_000 / 1001.0);
    }

    @Test
    void everythingBeforeTheRateOfH264IsPassedOver() {
        String bits =
                "01100100 00000000 00011111 1" // High, level 3.1, id 0
                        + "010 1 1 0 1" // 4:2:0, 8 bit, scaling lists follow
                        + "1 1111111111111111" // the first is flat
                        + "1 000010001" // the second goes from 8 to 0 and ends
                        + "000000"
                        + "1 010 0 1 1 011 1 1" // picture order of type 1 with two offsets
                        + "1 0 000010100 0001100 1 1 0" // 20 × 12 macroblocks, frames only
                        + "1 1 11111111 00000000000000000000000000000000" // shape of pixels
                        + "1 1 1 1010 1 000000010000000100000001 1 1 1" // overscan, colours, chroma
                        + "1 00000000000000000000000000000001 00000000000000000000000001100100 1";
        assertFormat(AvcSps.read(nalUnit("67", bits)), 320, 192, 50);
    }

    @Test
    void everythingBeforeTheRateOfH265IsPassedOver() {
        String flat = "1".repeat(64);
        String bits =
                "0000 000 1"
                        + "01100000".repeat(12)
                        + "1 010 00000000101000001 000000010110101 0" // 320 × 180
                        + "1 1 00101 0 111 111111"
                        + "1 1" // scaling lists: as the default, or flat with or without a DC value
                        + "01".repeat(6)
                        + ("1" + flat + "01".repeat(5))
                        + ("11" + flat + "01".repeat(5))
                        + ("11" + flat + "01")
                        + "0 0 1 00000000 1 1 0" // PCM
                        + "00100" // three sets
                        + "011 010 11 11 11" // two pictures before, one after
                        + "1 0 1 1 01 00 1" // of these and the set itself, three are kept
                        + "1 0 1 1111"
                        + "1 010 111111111 0 0" // a long-term picture
                        + "1 1 11111111 00000000000000000000000000000000"
                        + "1 1 1 1010 1 000000010000000100000001 1 1 1"
                        + "000 1 1111"
                        + "1 00000000000000000000000000000001 00000000000000000000000000110010 1";
        assertFormat(HevcSps.read(nalUnit("4201", bits)), 320, 180, 50);
    }

    private static byte[] nalUnit(String header, String bits) {
        byte[] escaped = EmulationPrevention.add(TestMedia.hex(bytes(bits)));
        return TestMedia.hex(header, HexFormat.of().formatHex(escaped));
    }

    private static String bytes(String bits) {
        String whole = bits.replace(" ", "");
        whole += "0".repeat((8 - whole.length() % 8) % 8);
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < whole.length(); i += 8) {
            hex.append("%02x".formatted(Integer.parseInt(whole.substring(i, i + 8), 2)));
        }
        return hex.toString();
    }

    @Test
    void theSizeIsReadFromTheSequenceHeaderOfAv1() {
        assertFormat(av1(TestMedia.AV1_CONFIG).pictureFormat(), 322, 182, 0);
        assertFormat(av1("81000c00").pictureFormat(), 0, 0, 0);
        // a temporal delimiter before it
        assertFormat(av1("81000c00 1200 0a0b000000043d06d4daf90040").pictureFormat(), 322, 182, 0);
    }

    @Test
    void theRateOfAv1ComesFromEqualPictureIntervals() {
        // profile 0; timing: 1001 units, 60000, equal, 2 ticks; no decoder model; one operating
        // point of level 8 with a tier; 9 bits each for 322 × 182
        String bits =
                "000 0 0 1"
                        + "00000000000000000000001111101001"
                        + "00000000000000001110101001100000"
                        + "1 010 0 0 00000 000000000000 01000 0"
                        + "1000 0111 101000001 10110101";
        assertFormat(av1("81000c00 0a" + obu(bits)).pictureFormat(), 322, 182, 30_000 / 1001.0);
    }

    private static String obu(String bits) {
        String hex = bytes(bits);
        return "%02x".formatted(hex.length() / 2) + hex;
    }

    @Test
    void aParameterSetThatCannotBeReadLeavesTheSizeUnknown() {
        for (String sps :
                List.of(
                        "00", // another NAL unit
                        "6742c00d", // nothing after the level
                        "6742c00d0000000000ffffffff", // id with 32 zeros before the one
                        "6742c00d 00 00 00 01 ff ff ff ff")) { // id of 2^31
            int bytes = TestMedia.hex(sps).length;
            String record = "0142c00dffe1 %04x".formatted(bytes) + sps + "00";
            assertFormat(avc(record).pictureFormat(), 0, 0, 0);
        }
        assertFormat(hevc(hevcWith("4201")).pictureFormat(), 0, 0, 0);
        assertFormat(hevc(hevcWith("4201 01" + "ff".repeat(40))).pictureFormat(), 0, 0, 0);
        assertFormat(hevc(hevcWith("4201 01" + "00".repeat(40))).pictureFormat(), 0, 0, 0);
        assertFormat(av1("81000c00 0aff").pictureFormat(), 0, 0, 0);
        assertFormat(av1("81000c00 0a ffffffffffffffffff").pictureFormat(), 0, 0, 0);
        assertFormat(av1("81000c00 0a 0100").pictureFormat(), 0, 0, 0);
    }

    private static String hevcWith(String sps) {
        return "0101600000009000000000003cf000fcfdf8f800000f01a10001"
                + "%04x".formatted(TestMedia.hex(sps).length)
                + sps;
    }

    @Test
    void absurdSizesAreNotBelieved() {
        assertThatThrownBy(() -> PictureFormat.of(0, 180)).hasMessageContaining("0 × 180");
        assertThatThrownBy(() -> PictureFormat.of(-4, 180))
                .isInstanceOf(MalformedMediaException.class);
        assertThatThrownBy(() -> PictureFormat.of(1L << 40, 180))
                .isInstanceOf(MalformedMediaException.class);
        assertThatThrownBy(() -> PictureFormat.of(320, 32_769))
                .hasMessageContaining("expected 1 to 32768");
    }

    @Test
    void randomParameterSetsNeverDoMoreThanFail() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] avcSps = TestMedia.hex("67640015acd941533c4498088000000300800000190f8a14cb");
        byte[] hevcSps =
                TestMedia.hex(
                        "42010201600000030090000003000003003c0000a00a480b9c95965662b349272bc05a",
                        "02000007d20000ea6010");
        byte[] av1Header = TestMedia.hex("0a0b000000043d06d4daf90040");
        for (int i = 0; i < 20_000; i++) {
            String where = "seed " + seed + ", round " + i;
            bounded(where, () -> AvcSps.read(broken(avcSps, random)));
            bounded(where, () -> HevcSps.read(broken(hevcSps, random)));
            bounded(where, () -> Av1SequenceHeader.read(broken(av1Header, random)));
        }
    }

    private static byte[] broken(byte[] whole, Random random) {
        byte[] bytes = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
        for (int flips = random.nextInt(6); flips > 0; flips--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static void bounded(String where, Supplier<PictureFormat> read) {
        try {
            PictureFormat format = read.get();
            assertThat(format.widthPx()).as(where).isBetween(1, 32_768);
            assertThat(format.heightPx()).as(where).isBetween(1, 32_768);
            assertThat(format.framesPerSecond()).as(where).isBetween(0.0, 1000.0);
        } catch (MalformedMediaException e) {
            assertThat(e).as(where).hasMessageContaining(" ");
        }
    }

    @Test
    void everyTruncationOfAnHevcRecordIsRefused() {
        String whole = TestMedia.HEVC_CONFIG;
        for (int length = 0; length < whole.length(); length += 2) {
            String cut = whole.substring(0, length);
            assertThatThrownBy(() -> hevc(cut)).isInstanceOf(MalformedMediaException.class);
        }
    }

    @Test
    void badRecordsOfTheNewerCodecsAreRefused() {
        String header = "60000000 000000000000 5d f000fcfdf8f80000";
        assertThatThrownBy(() -> hevc("02 01" + header + "0f00")).hasMessageContaining("version 2");
        assertThatThrownBy(() -> hevc("01 01" + header + "0e00")).hasMessageContaining("3 bytes");
        assertThatThrownBy(() -> hevc("01 01" + header + "0f01 a1ffff 0001"))
                .hasMessageContaining("1 bytes: expected at most the 0");
        assertThatThrownBy(() -> av1("01000c00")).hasMessageContaining("expected 81");
        assertThatThrownBy(() -> av1("810000")).hasMessageContaining("3 bytes");
    }

    @Test
    void readsAnOpusHeader() {
        OpusConfig config = opus(TestMedia.OPUS_CONFIG);
        assertThat(config.channels()).isEqualTo(2);
        assertThat(config.sampleRateHz()).isEqualTo(48_000);
        assertThat(config.preSkipSamples()).isEqualTo(312);
        assertThat(config.inputSampleRateHz()).isEqualTo(44_100);
        assertThat(config.outputGain()).isZero();
        assertThat(config.mappingFamily()).isZero();
        OpusConfig surround =
                opus("4f70757348656164 01 06 3801 80bb0000 00ff 01 0402 000401020305");
        assertThat(surround.channels()).isEqualTo(6);
        assertThat(surround.outputGain()).isEqualTo(-256);
        assertThat(surround.mapping()).isEqualTo(TestMedia.hex("0402 000401020305"));
    }

    @Test
    void badOpusHeadersAreRefused() {
        assertThatThrownBy(() -> opus("4f707573")).hasMessageContaining("4 bytes");
        assertThatThrownBy(() -> opus("00" + TestMedia.OPUS_CONFIG.substring(2)))
                .hasMessageContaining("OpusHead");
        assertThatThrownBy(() -> opus("4f70757348656164 10 02 3801 44ac0000 0000 00"))
                .hasMessageContaining("version 16");
        assertThatThrownBy(() -> opus("4f70757348656164 01 03 3801 44ac0000 0000 00"))
                .hasMessageContaining("3 channels");
        assertThatThrownBy(() -> opus("4f70757348656164 01 00 3801 44ac0000 0000 00"))
                .hasMessageContaining("0 channels");
        assertThatThrownBy(() -> opus("4f70757348656164 01 06 3801 44ac0000 0000 01 0402 0004"))
                .hasMessageContaining("mapping of 6 channels");
    }

    @Test
    void channelsOfOpusAreTakenFromStreamsThatAreThere() {
        String head = "4f70757348656164 01 02 3801 80bb0000 0000 ff";
        assertThat(opus(head + "01 01 00ff").mapping()).isEqualTo(TestMedia.hex("01 01 00ff"));
        assertThatThrownBy(() -> opus(head + "01 01 0002"))
                .hasMessage(
                        "Opus channel 1 taken from decoded channel 2:"
                                + " expected 0 to 1, or 255 for silence");
        for (String streams : new String[] {"00 00", "01 02", "80 80"}) {
            assertThatThrownBy(() -> opus(head + streams + "0000"))
                    .isInstanceOf(MalformedMediaException.class)
                    .hasMessageContaining("coupled: expected");
        }
    }

    @Test
    void eightChannelsOfAacAreCalledConfiguration7() {
        assertThat(aac("11b8").channels()).isEqualTo(8);
        assertThat(aac("1180").channels()).isZero();
    }

    @Test
    void soundWithoutARateIsRefused() {
        assertThatThrownBy(() -> aac("17800000 08"))
                .isInstanceOf(MalformedMediaException.class)
                .hasMessage("AAC sample rate 0: expected 1 or more");
    }

    private static void assertFormat(PictureFormat format, int width, int height, double rate) {
        assertThat(format.widthPx()).isEqualTo(width);
        assertThat(format.heightPx()).isEqualTo(height);
        assertThat(format.framesPerSecond()).isEqualTo(rate, within(0.001));
    }

    private static HevcConfig hevc(String hex) {
        return HevcConfig.read(Unpooled.wrappedBuffer(TestMedia.hex(hex)));
    }

    private static Av1Config av1(String hex) {
        return Av1Config.read(Unpooled.wrappedBuffer(TestMedia.hex(hex)));
    }

    private static OpusConfig opus(String hex) {
        return OpusConfig.read(Unpooled.wrappedBuffer(TestMedia.hex(hex)));
    }

    private static AvcConfig avc(String hex) {
        return AvcConfig.read(Unpooled.wrappedBuffer(TestMedia.hex(hex)));
    }

    private static AacConfig aac(String hex) {
        return AacConfig.read(Unpooled.wrappedBuffer(TestMedia.hex(hex)));
    }
}
