package dev.confetti.gateway.flv;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The four-character codes by which Enhanced RTMP names codecs, as big-endian numbers. */
public final class FourCc {
    static final int AVC = 0x61766331;
    static final int HEVC = 0x68766331;
    static final int AV1 = 0x61763031;
    static final int AAC = 0x6d703461;
    static final int OPUS = 0x4f707573;

    /** What is carried, for the answer to {@code connect}. */
    public static final List<String> VIDEO = List.of(text(AVC), text(HEVC), text(AV1));

    public static final List<String> AUDIO = List.of(text(AAC), text(OPUS));

    private FourCc() {}

    /** The code as text; what is no letter, digit or punctuation becomes a question mark. */
    static String text(int code) {
        byte[] bytes = {(byte) (code >> 24), (byte) (code >> 16), (byte) (code >> 8), (byte) code};
        return new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "?");
    }
}
