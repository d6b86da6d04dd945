package dev.confetti.bench.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.demo.flv.FlvBytes;
import dev.confetti.demo.flv.FlvReader;
import dev.confetti.demo.flv.FlvTag;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CuesTest {
    private static final HexFormat HEX = HexFormat.of();

    private final Cues cues = new Cues();

    private static FlvTag picture(String hex) {
        return new FlvTag(FlvTag.VIDEO, 0, HEX.parseHex("1701000000" + hex));
    }

    @Test
    void findsACueAmongOtherNalUnits() {
        // Access unit delimiter; SEI 5 of 18 bytes: our UUID, "{}"; a slice.
        FlvTag tag =
                picture(
                        "00000002"
                                + "09f0"
                                + "00000016"
                                + "06"
                                + "0512"
                                + "2b75ddf3d8e34a85a64441da256c0268"
                                + "7b7d"
                                + "80"
                                + "00"
                                + "00000002"
                                + "6501");
        assertThat(cues.in(tag)).hasSize(1);
        assertThat(cues.malformed()).isZero();
    }

    @Test
    void takesOutEmulationPrevention() {
        // The JSON "\0\0\1" would be a start code: the sender put 03 in between. JSON forbids raw
        // zeros, so the text is malformed, but counted as one.
        FlvTag tag =
                picture(
                        "0000001a"
                                + "06"
                                + "0515"
                                + "2b75ddf3d8e34a85a64441da256c0268"
                                + "22"
                                + "0000"
                                + "03"
                                + "01"
                                + "22"
                                + "80"
                                + "00");
        assertThat(cues.in(tag)).isEmpty();
        assertThat(cues.malformed()).isEqualTo(1);
        // A foreign payload whose bytes hold 00 00 03 00, then ours: it is found only where the 03
        // does not count.
        FlvTag mixed =
                picture(
                        "0000001b"
                                + "06"
                                + "0403"
                                + "000003"
                                + "00"
                                + "0512"
                                + "2b75ddf3d8e34a85a64441da256c0268"
                                + "7b7d"
                                + "80"
                                + "00");
        assertThat(cues.in(mixed)).hasSize(1);
    }

    @Test
    void readsSizesAbove254() {
        String name = "x".repeat(700);
        byte[] nal = CueBytes.seiNal("{\"giftSendId\":\"" + name + "\"}");
        FlvTag tag =
                picture(
                        HEX.formatHex(ByteBuffer.allocate(4).putInt(nal.length).array())
                                + HEX.formatHex(nal));
        assertThat(Cues.giftSendIds(cues.in(tag).getFirst())).containsExactly(name);
    }

    @Test
    void passesOverForeignUserData() {
        FlvTag tag =
                picture(
                        "00000016"
                                + "06"
                                + "0512"
                                + "00112233445566778899aabbccddeeff"
                                + "7b7d"
                                + "80"
                                + "00");
        assertThat(cues.in(tag)).isEmpty();
        assertThat(cues.malformed()).isZero();
    }

    @Test
    void heedsTheLengthSizeOfTheConfiguration() {
        cues.in(new FlvTag(FlvTag.VIDEO, 0, HEX.parseHex("1700000000" + "014d401f" + "fd" + "e0")));
        FlvTag tag =
                picture(
                        "0016"
                                + "06"
                                + "0512"
                                + "2b75ddf3d8e34a85a64441da256c0268"
                                + "7b7d"
                                + "80"
                                + "00");
        assertThat(cues.in(tag)).hasSize(1);
    }

    @Test
    void countsWhatIsBroken() {
        assertThat(cues.in(picture("000000ff" + "0605"))).isEmpty();
        assertThat(cues.in(picture("00000005" + "06" + "05ff" + "2b80"))).isEmpty();
        assertThat(cues.malformed()).isEqualTo(2);
    }

    @Test
    void namesAllMergedSends() {
        JsonMapper json = JsonMapper.builder().build();
        assertThat(
                        Cues.giftSendIds(
                                json.readTree(
                                        "{\"giftSendId\":\"c\",\"giftSendIds\":[\"a\",\"b\",\"c\"]}")))
                .containsExactly("a", "b", "c");
        assertThat(Cues.giftSendIds(json.readTree("{\"giftSendId\":\"c\"}"))).containsExactly("c");
        assertThat(Cues.giftSendIds(json.readTree("[]"))).isEmpty();
    }

    @Test
    void findsTheSameInAStreamOfAnySplit() {
        byte[] flv =
                FlvBytes.file(
                        List.of(
                                FlvBytes.sound(0, 1),
                                CueBytes.picture(0, List.of("a", "b")),
                                FlvBytes.picture(40, false, 3),
                                CueBytes.picture(80, List.of("c"))));
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            List<String> found = new ArrayList<>();
            Cues reader = new Cues();
            FlvReader tags =
                    new FlvReader(
                            tag ->
                                    reader.in(tag)
                                            .forEach(cue -> found.addAll(Cues.giftSendIds(cue))),
                            true);
            int most = seed == 0 ? 1 : 40;
            for (int at = 0; at < flv.length; ) {
                int count = Math.min(flv.length - at, 1 + random.nextInt(most));
                tags.feed(ByteBuffer.wrap(flv, at, count));
                at += count;
            }
            assertThat(found).as("seed %d", seed).containsExactly("a", "b", "c");
        }
    }
}
