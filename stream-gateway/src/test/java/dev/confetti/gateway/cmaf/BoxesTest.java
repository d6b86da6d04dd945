package dev.confetti.gateway.cmaf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.codec.AacConfig;
import dev.confetti.gateway.codec.Av1Config;
import dev.confetti.gateway.codec.AvcConfig;
import dev.confetti.gateway.codec.HevcConfig;
import dev.confetti.gateway.codec.OpusConfig;
import dev.confetti.gateway.fake.TestMedia;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every byte, worked out by hand from ISO/IEC 14496-12, -14 and -15. */
class BoxesTest {
    private static final AvcConfig AVC =
            AvcConfig.read(Unpooled.wrappedBuffer(TestMedia.hex(TestMedia.AVC_CONFIG)));
    private static final AacConfig AAC =
            AacConfig.read(Unpooled.wrappedBuffer(TestMedia.hex(TestMedia.AAC_CONFIG)));

    private static final String FTYP =
            "0000001c 66747970 69736f36 00000000 69736f36 636d6632 6d703431";
    private static final String MVHD =
            "0000006c 6d766864 00000000 00000000 00000000 000003e8 00000000 00010000 0100"
                    + " 00000000000000000000"
                    + " 00010000 00000000 00000000 00000000 00010000 00000000 00000000 00000000 40000000"
                    + " 000000000000000000000000000000000000000000000000 00000002";
    private static final String MATRIX =
            "00010000 00000000 00000000 00000000 00010000 00000000 00000000 00000000 40000000";
    private static final String MDHD =
            "00000020 6d646864 00000000 00000000 00000000 000003e8 00000000 55c4 0000";
    private static final String DINF =
            "00000024 64696e66 0000001c 64726566 00000000 00000001 0000000c 75726c20 00000001";
    private static final String TABLES =
            "00000010 73747473 00000000 00000000 00000010 73747363 00000000 00000000"
                    + " 00000014 7374737a 00000000 00000000 00000000"
                    + " 00000010 7374636f 00000000 00000000";

    @Test
    void thePictureTracksHeader() {
        ByteBuf out = Unpooled.buffer();
        InitSegment.write(out, AVC);
        assertHex(
                out,
                FTYP,
                "00000266 6d6f6f76",
                MVHD,
                "000001ca 7472616b",
                "0000005c 746b6864 00000003 00000000 00000000 00000001 00000000 00000000",
                "0000000000000000 0000 0000 0000 0000",
                MATRIX,
                "00a00000 02600000",
                "00000166 6d646961",
                MDHD,
                "00000026 68646c72 00000000 00000000 76696465 000000000000000000000000 766964656f00",
                "00000118 6d696e66",
                "00000014 766d6864 00000001 0000 0000 0000 0000",
                DINF,
                "000000d8 7374626c",
                "0000008c 73747364 00000000 00000001",
                "0000007c 61766331 000000000000 0001 00000000000000000000000000000000",
                "00a0 0260 00480000 00480000 00000000 0001",
                "00".repeat(32),
                "0018 ffff",
                "00000026 61766343",
                TestMedia.AVC_CONFIG,
                TABLES,
                "00000028 6d766578",
                "00000020 74726578 00000000 00000001 00000001 00000000 00000000 00000000");
    }

    @Test
    void theSoundTracksHeader() {
        ByteBuf out = Unpooled.buffer();
        InitSegment.write(out, AAC);
        // esds: 12 + 2 + 3 + (2 + 13 + 2 + 2) + 3 = 39; mp4a 36 + 39 = 75; stsd 91; stbl 167
        assertHex(
                out,
                FTYP,
                "00000231 6d6f6f76",
                MVHD,
                "00000195 7472616b",
                "0000005c 746b6864 00000003 00000000 00000000 00000001 00000000 00000000",
                "0000000000000000 0000 0000 0100 0000",
                MATRIX,
                "00000000 00000000",
                "00000131 6d646961",
                MDHD,
                "00000026 68646c72 00000000 00000000 736f756e 000000000000000000000000 617564696f00",
                "000000e3 6d696e66",
                "00000010 736d6864 00000000 0000 0000",
                DINF,
                "000000a7 7374626c",
                "0000005b 73747364 00000000 00000001",
                "0000004b 6d703461 000000000000 0001 0000000000000000 0002 0010 00000000 ac440000",
                "00000027 65736473 00000000",
                "03 19 0000 00 04 11 40 15 000000 00000000 00000000 05 02 1210 06 01 02",
                TABLES,
                "00000028 6d766578",
                "00000020 74726578 00000000 00000001 00000001 00000000 00000000 02000000");
    }

    @Test
    void aChunkOfPictures() {
        ByteBuf out = Unpooled.buffer();
        Chunk.writeSegmentType(out);
        Chunk.writeHeader(
                out,
                7,
                0x1_0000_0028L,
                true,
                List.of(new EventMessage(0x1_0000_0078L, 9, new byte[] {0x49, 0x44, 0x33})),
                List.of(new Sample(40, 0x1234, true, 80), new Sample(33, 5, false, -40)));
        assertHex(
                out,
                "0000001c 73747970 6d736468 00000000 6d736468 636d6673 636d6666",
                "00000041 656d7367 01000000 000003e8 0000000100000078 ffffffff 00000009",
                hex("https://aomedia.org/emsg/ID3") + "00 00 494433",
                "00000078 6d6f6f66",
                "00000010 6d666864 00000000 00000007",
                "00000060 74726166",
                "00000010 74666864 00020000 00000001",
                "00000014 74666474 01000000 0000000100000028",
                "00000034 7472756e 01000f01 00000002 00000080",
                "00000028 00001234 02000000 00000050",
                "00000021 00000005 01010000 ffffffd8",
                "00001241 6d646174");
    }

    @Test
    void aChunkOfSound() {
        ByteBuf out = Unpooled.buffer();
        Chunk.writeHeader(
                out,
                0x1_0000_0002L,
                23,
                false,
                List.of(),
                List.of(new Sample(23, 6, true, 0), new Sample(24, 7, true, 0)));
        assertHex(
                out,
                "00000068 6d6f6f66",
                "00000010 6d666864 00000000 00000002",
                "00000050 74726166",
                "00000010 74666864 00020000 00000001",
                "00000014 74666474 01000000 0000000000000017",
                "00000024 7472756e 01000301 00000002 00000070",
                "00000017 00000006 00000018 00000007",
                "00000015 6d646174");
    }

    @Test
    void anId3TagWithOneUserText() {
        byte[] value = "é".repeat(100).getBytes(StandardCharsets.UTF_8);
        // frame: 1 + 13 + 1 + 200 = 215 = 1 * 128 + 87; tag: 225 = 1 * 128 + 97
        assertHex(
                Unpooled.wrappedBuffer(Id3Tag.userText("confetti.gift", value)),
                "494433 0400 00 00000161",
                "54585858 00000157 0000 03",
                hex("confetti.gift") + "00",
                "c3a9".repeat(100));
    }

    @Test
    void aLongConfigurationHasLongDescriptors() {
        byte[] config = new byte[200];
        config[0] = 0x12;
        config[1] = 0x10;
        ByteBuf out = Unpooled.buffer();
        SampleEntry.write(out, AacConfig.read(Unpooled.wrappedBuffer(config)));
        // specific info: 200 = 1 * 128 + 72; decoder: 13 + 203 = 216; all: 3 + 219 + 3 = 225
        assertThat(ByteBufUtil.hexDump(out))
                .contains(
                        "0381610000000481584015"
                                + "00".repeat(11)
                                + "0581481210"
                                + "00".repeat(198)
                                + "060102");
    }

    /** 322 × 182 pixels at 72 dots per inch, and the configuration as it came. */
    @Test
    void otherCodecsHaveEntriesOfTheirOwn() {
        String picture =
                "000000000000 0001"
                        + "00".repeat(16)
                        + "0142 00b6 00480000 00480000 00000000 0001"
                        + "00".repeat(32)
                        + "0018 ffff";
        ByteBuf hevc = Unpooled.buffer();
        SampleEntry.write(hevc, HevcConfig.read(bytes(TestMedia.HEVC_CONFIG)));
        // 86 before the box; 8 + 70 in it
        assertHex(hevc, "000000a4 68766331", picture, "0000004e 68766343", TestMedia.HEVC_CONFIG);
        ByteBuf av1 = Unpooled.buffer();
        SampleEntry.write(av1, Av1Config.read(bytes(TestMedia.AV1_CONFIG)));
        assertHex(av1, "0000006f 61763031", picture, "00000019 61763143", TestMedia.AV1_CONFIG);
        ByteBuf opus = Unpooled.buffer();
        SampleEntry.write(opus, OpusConfig.read(bytes(TestMedia.OPUS_CONFIG)));
        assertHex(
                opus,
                "00000037 4f707573 000000000000 0001 0000000000000000",
                "0002 0010 00000000 bb800000",
                "00000013 644f7073 00 02 0138 0000ac44 0000 00");
        ByteBuf surround = Unpooled.buffer();
        SampleEntry.write(
                surround,
                OpusConfig.read(
                        bytes(
                                "4f70757348656164 01 06 3801 80bb0000 00ff 01"
                                        + "0402 000401020305")));
        assertHex(
                surround,
                "0000003f 4f707573 000000000000 0001 0000000000000000",
                "0006 0010 00000000 bb800000",
                "0000001b 644f7073 00 06 0138 0000bb80 ff00 01 0402 000401020305");
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(TestMedia.hex(hex));
    }

    private static String hex(String text) {
        return ByteBufUtil.hexDump(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertHex(ByteBuf out, String... expected) {
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(String.join("", expected).replace(" ", ""));
    }
}
