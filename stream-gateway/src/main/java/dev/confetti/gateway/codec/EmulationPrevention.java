package dev.confetti.gateway.codec;

import java.util.Arrays;

/**
 * The bytes of 3 that keep start codes out of NAL units: ITU-T H.264, 7.4.1.1, and H.265, 7.4.2.3.
 */
final class EmulationPrevention {
    private EmulationPrevention() {}

    /** After two zeros, a byte of 0 to 3 gets a 3 before it. */
    static byte[] add(byte[] rbsp) {
        byte[] escaped = new byte[rbsp.length + rbsp.length / 2 + 1];
        int length = 0;
        int zeros = 0;
        for (byte b : rbsp) {
            if (zeros == 2 && (b & 0xff) <= 3) {
                escaped[length++] = 3;
                zeros = 0;
            }
            escaped[length++] = b;
            zeros = b == 0 ? zeros + 1 : 0;
        }
        return Arrays.copyOf(escaped, length);
    }

    /**
     * Takes them out.
     *
     * @param nalUnit with its header
     * @param headerBytes left out of what comes back
     */
    static byte[] remove(byte[] nalUnit, int headerBytes) {
        byte[] rbsp = new byte[nalUnit.length];
        int length = 0;
        int zeros = 0;
        for (int i = headerBytes; i < nalUnit.length; i++) {
            byte b = nalUnit[i];
            if (zeros >= 2 && b == 3) {
                zeros = 0;
                continue;
            }
            rbsp[length++] = b;
            zeros = b == 0 ? zeros + 1 : 0;
        }
        return Arrays.copyOf(rbsp, length);
    }
}
