package dev.confetti.demo.flv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlvReaderTest {
    /**
     * A header, a key frame at 0x01000028 ms of five bytes, an audio packet at 40 ms of three
     * bytes.
     */
    private static final byte[] FLV =
            HexFormat.of()
                    .parseHex(
                            "464c56010500000009"
                                    + "00000000"
                                    + "09000005"
                                    + "000028"
                                    + "01"
                                    + "000000"
                                    + "1701000000"
                                    + "00000010"
                                    + "08000003"
                                    + "000028"
                                    + "00"
                                    + "000000"
                                    + "af01aa"
                                    + "0000000e");

    @Test
    void readsTagsFedByteByByte() {
        List<FlvTag> tags = new ArrayList<>();
        FlvReader reader = new FlvReader(tags::add, true);
        for (byte b : FLV) {
            reader.feed(ByteBuffer.wrap(new byte[] {b}));
        }
        expectBoth(tags);
        assertThat(reader.atTagEnd()).isTrue();
    }

    @Test
    void readsTagsInAnySplit() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<FlvTag> tags = new ArrayList<>();
            FlvReader reader = new FlvReader(tags::add, true);
            int at = 0;
            while (at < FLV.length) {
                int count = Math.min(FLV.length - at, 1 + random.nextInt(20));
                reader.feed(ByteBuffer.wrap(FLV, at, count));
                at += count;
            }
            assertThat(tags).as("seed %d", seed).hasSize(2);
            expectBoth(tags);
        }
    }

    private static void expectBoth(List<FlvTag> tags) {
        assertThat(tags).extracting(FlvTag::type).containsExactly(9, 8);
        assertThat(tags).extracting(FlvTag::timestampMs).containsExactly(0x01000028L, 40L);
        assertThat(tags.get(0).body()).containsExactly(0x17, 1, 0, 0, 0);
        assertThat(tags.get(0).isKeyFrame()).isTrue();
        assertThat(tags.get(1).body()).containsExactly(0xaf, 1, 0xaa);
        assertThat(tags.get(1).isSequenceHeader()).isFalse();
    }

    @Test
    void countsBodiesThatItDoesNotKeep() {
        List<FlvTag> tags = new ArrayList<>();
        new FlvReader(tags::add, false).feed(ByteBuffer.wrap(FLV));
        assertThat(tags).extracting(FlvTag::bodyBytes).containsExactly(5, 3);
        assertThat(tags.get(0).body()).isEmpty();
    }

    @Test
    void knowsWhenTheBytesEndInsideATag() {
        FlvReader reader = new FlvReader(tag -> {}, true);
        reader.feed(ByteBuffer.wrap(FLV, 0, FLV.length - 6));
        assertThat(reader.atTagEnd()).isFalse();
    }

    @Test
    void refusesWhatIsNotFlv() {
        assertThatThrownBy(() -> feed("474554202f206874" + "7470"))
                .isInstanceOf(FlvFormatException.class)
                .hasMessage("expected an FLV file of version 1 (46 4c 56 01), got 47 45 54 20");
    }

    @Test
    void refusesAnUnknownTagType() {
        assertThatThrownBy(() -> feed("464c56010500000009" + "00000000" + "0700000000000000000000"))
                .isInstanceOf(FlvFormatException.class)
                .hasMessage("expected a tag of type 8, 9 or 18, got 7");
    }

    @Test
    void refusesAWrongPreviousSize() {
        assertThatThrownBy(
                        () ->
                                feed(
                                        "464c56010500000009"
                                                + "00000000"
                                                + "0800000000000000000000"
                                                + "0000000c"))
                .isInstanceOf(FlvFormatException.class)
                .hasMessage("expected the previous tag's size to be 11, got 12");
    }

    private static void feed(String hex) {
        new FlvReader(tag -> {}, true).feed(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }
}
