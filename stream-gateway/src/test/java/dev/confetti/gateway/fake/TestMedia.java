package dev.confetti.gateway.fake;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Tag bodies as encoders send them, as literals. */
public final class TestMedia {
    private static final HexFormat HEX = HexFormat.of();

    /** AVCDecoderConfigurationRecord: Baseline, level 1.3, 4-byte lengths, one SPS, one PPS. */
    public static final String AVC_CONFIG =
            "0142c00dffe1000f6742c00ddb0a04d808800000030080" + "01000468ce3c80";

    /** AAC-LC, 44.1 kHz, stereo. */
    public static final String AAC_CONFIG = "1210";

    /** HEVCDecoderConfigurationRecord of x265 with only the SPS: 322 × 182, 30000/1001 fps. */
    public static final String HEVC_CONFIG =
            "0101600000009000000000003cf000fcfdf8f800000f01"
                    + "a10001002a"
                    + "42010101600000030090000003000003003ca00a880c1c44d965654a4c2f0168"
                    + "0800001f480003a98040";

    /** AV1CodecConfigurationRecord of libaom: 322 × 182, level 2.0, no timing. */
    public static final String AV1_CONFIG = "81000c00 0a0b000000043d06d4daf90040";

    /** OpusHead: stereo, pre-skip 312, input of 44.1 kHz, no gain, mapping family 0. */
    public static final String OPUS_CONFIG = "4f70757348656164 01 02 3801 44ac0000 0000 00";

    private TestMedia() {}

    public static byte[] hex(String... parts) {
        return HEX.parseHex(String.join("", parts).replace(" ", ""));
    }

    public static byte[] videoConfig() {
        return hex("17 00 000000", AVC_CONFIG);
    }

    public static byte[] audioConfig() {
        return hex("af 00", AAC_CONFIG);
    }

    /** A key frame: access unit delimiter and an IDR slice whose last byte is the number. */
    public static byte[] keyFrame(int number) {
        return hex("17 01 000000  00000002 09f0  00000004 658880", "%02x".formatted(number & 0xff));
    }

    /** An inter frame with a composition offset of 40 ms. */
    public static byte[] interFrame(int number) {
        return hex("27 01 000028  00000002 09f0  00000004 419a80", "%02x".formatted(number & 0xff));
    }

    public static byte[] audio(int number) {
        return hex("af 01 2110", "%02x".formatted(number & 0xff));
    }

    public static boolean contains(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .contains(
                        new String(
                                text.getBytes(StandardCharsets.UTF_8),
                                StandardCharsets.ISO_8859_1));
    }
}
