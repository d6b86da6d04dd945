package dev.confetti.gateway.codec;

/**
 * What the video usability information of H.264 and H.265 begins with in the same way: ITU-T H.264,
 * E.1.1, and H.265, E.2.1.
 */
final class VideoUsability {
    private static final int EXTENDED_SAR = 255;

    private VideoUsability() {}

    /** Passes over aspect ratio, overscan, signal type and the place of chroma samples. */
    static void skipDisplay(BitReader bits) {
        if (bits.flag() && bits.take(8) == EXTENDED_SAR) {
            bits.skip(32);
        }
        if (bits.flag()) {
            bits.skip(1);
        }
        if (bits.flag()) {
            bits.skip(4);
            if (bits.flag()) {
                bits.skip(24);
            }
        }
        if (bits.flag()) {
            bits.skipGolomb(2);
        }
    }
}
