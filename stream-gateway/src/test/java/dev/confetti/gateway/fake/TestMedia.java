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
