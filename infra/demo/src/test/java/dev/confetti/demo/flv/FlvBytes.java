package dev.confetti.demo.flv;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** Makes FLV files for tests. */
public final class FlvBytes {
    private FlvBytes() {}

    public static byte[] file(List<FlvTag> tags) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {'F', 'L', 'V', 1, 5, 0, 0, 0, 9, 0, 0, 0, 0});
        tags.forEach(tag -> out.writeBytes(tag(tag)));
        return out.toByteArray();
    }

    public static byte[] tag(FlvTag tag) {
        int time = (int) tag.timestampMs();
        return ByteBuffer.allocate(15 + tag.bodyBytes())
                .putInt(tag.type() << 24 | tag.bodyBytes())
                .putInt(time << 8 | time >>> 24)
                .put(new byte[3])
                .put(tag.body())
                .putInt(11 + tag.bodyBytes())
                .array();
    }

    /** A picture that says which it is in its last byte. */
    public static FlvTag picture(long timestampMs, boolean key, int mark) {
        return new FlvTag(
                FlvTag.VIDEO,
                timestampMs,
                new byte[] {(byte) (key ? 0x17 : 0x27), 1, 0, 0, 0, (byte) mark});
    }

    public static FlvTag sound(long timestampMs, int mark) {
        return new FlvTag(FlvTag.AUDIO, timestampMs, new byte[] {(byte) 0xaf, 1, (byte) mark});
    }

    public static FlvTag pictureHeader() {
        return new FlvTag(FlvTag.VIDEO, 0, new byte[] {0x17, 0, 0, 0, 0, 1});
    }

    /** A clip of 80 ms: two pictures, the first a key frame, and two sounds. */
    public static FlvClip clip() {
        return FlvClip.of(
                file(
                        List.of(
                                pictureHeader(),
                                picture(0, true, 1),
                                sound(0, 2),
                                sound(40, 3),
                                picture(40, false, 4))));
    }
}
