package dev.confetti.gateway.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.fake.TestMedia;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SeiUserDataTest {
    private static final UUID OURS = UUID.fromString("2b75ddf3-d8e3-4a85-a644-41da256c0268");
    private static final String OURS_HEX = "2b75ddf3d8e34a85a64441da256c0268";

    @Test
    void theNalUnitHasOnePayloadAndATrailingBit() {
        // type 6, payload type 5, size 16 + 2, UUID, "{}", stop bit
        assertThat(hex(new SeiUserData(OURS, bytes("{}"))))
                .isEqualTo("06" + "05" + "12" + OURS_HEX + "7b7d" + "80");
    }

    @Test
    void aSizeOf255AndMoreIsWrittenInSteps() {
        // 16 + 239 = 255 = ff 00; 16 + 500 = 516 = ff ff 06
        assertThat(hex(new SeiUserData(OURS, bytes("a".repeat(239)))))
                .startsWith("0605ff00" + OURS_HEX);
        assertThat(hex(new SeiUserData(OURS, bytes("a".repeat(500)))))
                .startsWith("0605ffff06" + OURS_HEX);
    }

    @Test
    void emulationPreventionComesAfterTwoZeros() {
        // 00 00 00 00 00 01 -> 00 00 03 00 00 03 00 01 is wrong only if a zero pair is missed
        assertThat(hex(new SeiUserData(OURS, TestMedia.hex("000000 000001 000002 000003 000004"))))
                .isEqualTo(
                        "06051f"
                                + OURS_HEX
                                + "0000030000030001"
                                + "00000302"
                                + "00000303"
                                + "000004"
                                + "80");
    }

    @Test
    void whatWasWrittenIsReadBack() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] data = new byte[random.nextInt(600)];
            for (int j = 0; j < data.length; j++) {
                data[j] = (byte) random.nextInt(5); // mostly what needs prevention
            }
            byte[] nal = nal(new SeiUserData(OURS, data));
            String where = "seed " + seed + ", round " + i;
            for (int j = 2; j < nal.length; j++) {
                assertThat(nal[j - 2] == 0 && nal[j - 1] == 0 && nal[j] >= 0 && nal[j] < 3)
                        .as(where)
                        .isFalse();
            }
            SeiUserData back = requireNonNull(SeiUserData.fromNalUnit(VideoCodec.AVC, nal), where);
            assertThat(back.uuid()).as(where).isEqualTo(OURS);
            assertThat(back.data()).as(where).isEqualTo(data);
        }
    }

    @Test
    void anythingElseIsNotRead() {
        assertThat(SeiUserData.fromNalUnit(VideoCodec.AVC, new byte[0])).isNull();
        assertThat(SeiUserData.fromNalUnit(VideoCodec.AVC, TestMedia.hex("6588"))).isNull();
        assertThat(SeiUserData.fromNalUnit(VideoCodec.AVC, TestMedia.hex("0604 10 00 80")))
                .isNull();
        assertThat(SeiUserData.fromNalUnit(VideoCodec.AVC, TestMedia.hex("0605 ff ff"))).isNull();
        assertThat(SeiUserData.fromNalUnit(VideoCodec.AVC, TestMedia.hex("0605 30 0102 80")))
                .isNull();
    }

    private static String hex(SeiUserData sei) {
        return HexFormat.of().formatHex(nal(sei));
    }

    private static byte[] nal(SeiUserData sei) {
        return TestMedia.hex("06", HexFormat.of().formatHex(sei.toNalPayload()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
