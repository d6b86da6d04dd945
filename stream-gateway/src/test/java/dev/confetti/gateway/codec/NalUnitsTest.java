package dev.confetti.gateway.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.gateway.fake.TestMedia;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NalUnitsTest {
    private static final UUID OURS = UUID.fromString("2b75ddf3-d8e3-4a85-a644-41da256c0268");
    private static final String AUD = "00000002 09f0";
    private static final String SLICE = "00000003 658880";
    private static final String OTHER_SEI = "00000013 0605 0f 000102030405060708090a0b0c0d0e 80";
    private static final String FORGED =
            "00000016 0605 12 2b75ddf3d8e34a85a64441da256c0268 7b7d 80";

    @Test
    void theFirstSliceIsFoundAfterDelimiterAndSei() {
        assertScrubbed(AUD + OTHER_SEI + SLICE + SLICE, AUD + OTHER_SEI + SLICE + SLICE, 6 + 23);
    }

    @Test
    void aPrefixNalUnitCountsAsItsSlice() {
        assertScrubbed(AUD + "00000002 6e40" + SLICE, AUD + "00000002 6e40" + SLICE, 6);
    }

    @Test
    void withoutASliceThereIsNoPlace() {
        assertScrubbed(AUD, AUD, -1);
    }

    @Test
    void forgedSeiGoesAndTheRestStays() {
        assertScrubbed(AUD + FORGED + OTHER_SEI + SLICE + FORGED, AUD + OTHER_SEI + SLICE, 6 + 23);
    }

    @Test
    void forgedSeiBehindAnotherPayloadGoes() {
        // one NAL unit: payload type 4 of 1 byte, then ours
        String hidden = "00000019 0604 01 00 05 12 2b75ddf3d8e34a85a64441da256c0268 7b7d 80";
        assertScrubbed(AUD + hidden + SLICE, AUD + SLICE, 6);
    }

    @Test
    void forgedSeiWithAReferenceFlagInItsHeaderGoes() {
        assertScrubbed(FORGED.replace("0605", "6605") + SLICE, SLICE, 0);
    }

    @Test
    void lengthsOfOneAndTwoBytesAreWalked() {
        ByteBuf one = Unpooled.wrappedBuffer(TestMedia.hex("02 09f0 03 658880"));
        NalUnits.Scrubbed scrubbed = NalUnits.scrub(one, VideoCodec.AVC, 1, OURS);
        assertThat(scrubbed.firstSliceOffset()).isEqualTo(3);
        scrubbed.payload().release();
        ByteBuf two = Unpooled.wrappedBuffer(TestMedia.hex("0002 09f0 0003 658880"));
        scrubbed = NalUnits.scrub(two, VideoCodec.AVC, 2, OURS);
        assertThat(scrubbed.firstSliceOffset()).isEqualTo(4);
        scrubbed.payload().release();
    }

    @Test
    void lengthsOutsideTheAccessUnitAreRefused() {
        assertRefused("00000004 658880", "NAL unit of 4 bytes");
        assertRefused("ffffffff 658880", "4294967295");
        assertRefused(SLICE + "0000", "ends with 2 bytes: expected a NAL length of 4");
        assertRefused(FORGED + "7fffffff 00", "2147483647");
    }

    @Test
    void emptyNalUnitsAreKept() {
        assertScrubbed("00000000" + SLICE, "00000000" + SLICE, 4);
    }

    @Test
    void ofH265TheFirstSliceIsFoundAfterParameterSetsAndSei() {
        String before =
                "00000003 460150"
                        + "00000003 400101"
                        + "00000003 420101"
                        + "00000003 440101"
                        + "00000004 4e010380"; // SEI of another kind
        String slices = "00000004 26018080 00000004 26010080";
        assertScrubbed(VideoCodec.HEVC, before + slices, before + slices, 4 * 7 + 8);
        // a trailing picture of type 0, and the last reserved type of a slice
        assertScrubbed(VideoCodec.HEVC, "00000003 000280", "00000003 000280", 0);
        assertScrubbed(VideoCodec.HEVC, "00000003 3e0180", "00000003 3e0180", 0);
        assertScrubbed(VideoCodec.HEVC, "00000003 400180", "00000003 400180", -1);
    }

    @Test
    void ofH265ForgedSeiGoesBeforeAndAfterThePicture() {
        String sei = "0512 2b75ddf3d8e34a85a64441da256c0268 7b7d 80";
        String prefix = "00000017 4e01" + sei;
        String suffix = "00000017 5001" + sei;
        String slice = "00000004 26018080";
        assertScrubbed(VideoCodec.HEVC, prefix + slice + suffix, slice, 0);
        // of another layer and with a temporal id
        assertScrubbed(VideoCodec.HEVC, "00000017 4f0b" + sei + slice, slice, 0);
        // the same bytes in a slice are a picture
        String picture = "00000017 2601" + sei;
        assertScrubbed(VideoCodec.HEVC, picture, picture, 0);
    }

    @Test
    void aUnitOfH265WithHalfAHeaderIsNoSlice() {
        assertScrubbed(
                VideoCodec.HEVC,
                "00000001 26 00000004 26018080",
                "00000001 26 00000004 26018080",
                5);
    }

    private static void assertScrubbed(String in, String expected, int firstSlice) {
        assertScrubbed(VideoCodec.AVC, in, expected, firstSlice);
    }

    private static void assertScrubbed(
            VideoCodec codec, String in, String expected, int firstSlice) {
        ByteBuf buffer = Unpooled.wrappedBuffer(TestMedia.hex(in));
        NalUnits.Scrubbed scrubbed = NalUnits.scrub(buffer, codec, 4, OURS);
        assertThat(ByteBufUtil.hexDump(scrubbed.payload())).isEqualTo(expected.replace(" ", ""));
        assertThat(scrubbed.firstSliceOffset()).isEqualTo(firstSlice);
        scrubbed.payload().release();
    }

    private static void assertRefused(String in, String message) {
        ByteBuf buffer = Unpooled.wrappedBuffer(TestMedia.hex(in));
        assertThatThrownBy(() -> NalUnits.scrub(buffer, VideoCodec.AVC, 4, OURS))
                .isInstanceOf(MalformedMediaException.class)
                .hasMessageContaining(message);
    }
}
