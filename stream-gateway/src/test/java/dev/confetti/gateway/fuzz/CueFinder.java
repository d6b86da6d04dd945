package dev.confetti.gateway.fuzz;

import dev.confetti.gateway.codec.VideoCodec;
import dev.confetti.gateway.cue.StampedCue;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds cues in length-prefixed NAL units, as a player does and without the gateway's own code. */
final class CueFinder {
    private static final byte[] UUID_BYTES =
            ByteBuffer.allocate(16)
                    .putLong(StampedCue.SEI_UUID.getMostSignificantBits())
                    .putLong(StampedCue.SEI_UUID.getLeastSignificantBits())
                    .array();

    private CueFinder() {}

    /** How many SEI NAL units name our UUID. */
    static int cues(VideoCodec codec, int lengthBytes, byte[] unit) {
        int[] cues = {0};
        walk(codec, lengthBytes, unit, (_, _, cue) -> cues[0] += cue ? 1 : 0);
        return cues[0];
    }

    /** The unit without them; null where a length points outside it. */
    static byte @Nullable [] withoutCues(VideoCodec codec, int lengthBytes, byte[] unit) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        boolean whole =
                walk(
                        codec,
                        lengthBytes,
                        unit,
                        (from, to, cue) -> kept.write(unit, from, cue ? 0 : to - from));
        return whole ? kept.toByteArray() : null;
    }

    /** Whether our UUID stands anywhere in some NAL units. */
    static boolean namesUs(byte[] bytes) {
        return namesUs(bytes, 0, bytes.length);
    }

    private interface Visitor {
        void unit(int from, int to, boolean cue);
    }

    private static boolean walk(VideoCodec codec, int lengthBytes, byte[] unit, Visitor visitor) {
        int at = 0;
        while (at < unit.length) {
            if (at + lengthBytes > unit.length) {
                return false;
            }
            long length = 0;
            for (int i = 0; i < lengthBytes; i++) {
                length = length << 8 | (unit[at + i] & 0xff);
            }
            int from = at + lengthBytes;
            if (from + length > unit.length) {
                return false;
            }
            int to = from + (int) length;
            visitor.unit(at, to, isSei(codec, unit, from, to) && namesUs(unit, from, to));
            at = to;
        }
        return true;
    }

    private static boolean isSei(VideoCodec codec, byte[] unit, int from, int to) {
        return switch (codec) {
            case AVC -> to > from && (unit[from] & 31) == 6;
            case HEVC ->
                    to > from + 1 && (unit[from] >> 1 & 63) >= 39 && (unit[from] >> 1 & 63) <= 40;
            case AV1 -> false;
        };
    }

    /** Looks at the bytes as they are once emulation prevention has been taken out. */
    private static boolean namesUs(byte[] unit, int from, int to) {
        byte[] plain = new byte[to - from];
        int length = 0;
        int zeros = 0;
        for (int i = from; i < to; i++) {
            if (zeros >= 2 && unit[i] == 3) {
                zeros = 0;
                continue;
            }
            plain[length++] = unit[i];
            zeros = unit[i] == 0 ? zeros + 1 : 0;
        }
        for (int i = 0; i + UUID_BYTES.length <= length; i++) {
            if (Arrays.equals(plain, i, i + UUID_BYTES.length, UUID_BYTES, 0, UUID_BYTES.length)) {
                return true;
            }
        }
        return false;
    }
}
