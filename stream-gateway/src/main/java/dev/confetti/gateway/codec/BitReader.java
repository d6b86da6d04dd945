package dev.confetti.gateway.codec;

/** Reads the bits of a NAL unit, passing over emulation prevention: ITU-T H.264, 7.2 and 9.1. */
final class BitReader {
    private static final int MAX_LEADING_ZEROS = 30;

    private final byte[] nalUnit;
    private int at;
    private int zeros;
    private int current;
    private int left;

    BitReader(byte[] nalUnit) {
        this.nalUnit = nalUnit;
    }

    /**
     * @param count 0 to 31
     * @throws MalformedMediaException when there are not so many
     */
    int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            if (left == 0) {
                next();
            }
            left--;
            value = value << 1 | (current >> left & 1);
        }
        return value;
    }

    void skip(int count) {
        for (int i = 0; i < count; i++) {
            bits(1);
        }
    }

    /** ue(v). */
    int exponential() {
        int leading = 0;
        while (bits(1) == 0) {
            if (++leading > MAX_LEADING_ZEROS) {
                throw new MalformedMediaException(
                        "Exp-Golomb code of more than "
                                + MAX_LEADING_ZEROS
                                + " leading zeros: expected a smaller number");
            }
        }
        return (1 << leading) - 1 + bits(leading);
    }

    /** se(v). */
    int signedExponential() {
        int code = exponential();
        return (code & 1) == 1 ? (code >> 1) + 1 : -(code >> 1);
    }

    private void next() {
        if (at < nalUnit.length && zeros >= 2 && nalUnit[at] == 3) {
            at++;
            zeros = 0;
        }
        if (at >= nalUnit.length) {
            throw new MalformedMediaException(
                    "parameter set of " + nalUnit.length + " bytes ends too early");
        }
        current = nalUnit[at++] & 0xff;
        zeros = current == 0 ? zeros + 1 : 0;
        left = 8;
    }
}
