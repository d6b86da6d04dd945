package dev.confetti.gateway.codec;

/** Reads bits from the most significant on; every read is checked against the end. */
final class BitReader {
    /** More zeros before the one would say a number of more than 32 bits (H.264, 9.1). */
    private static final int MAX_LEADING_ZEROS = 31;

    private final byte[] bytes;
    private final String what;
    private int at;

    /**
     * @param what is read, for messages
     */
    BitReader(byte[] bytes, String what) {
        this.bytes = bytes;
        this.what = what;
    }

    /**
     * Unsigned bits.
     *
     * @param count 0 to 32
     * @throws MalformedMediaException when fewer are left
     */
    long bits(int count) {
        if (count > bytes.length * 8 - at) {
            throw endsTooEarly();
        }
        long value = 0;
        for (int i = 0; i < count; i++, at++) {
            value = value << 1 | (bytes[at >> 3] >> (7 - (at & 7)) & 1);
        }
        return value;
    }

    private MalformedMediaException endsTooEarly() {
        return new MalformedMediaException(
                what + " of " + bytes.length + " bytes: expected more, it ends too early");
    }

    /**
     * Unsigned bits that fit an int.
     *
     * @param count 0 to 31
     */
    int take(int count) {
        return (int) bits(count);
    }

    boolean flag() {
        return bits(1) == 1;
    }

    /** Passes over any number of bits. */
    void skip(int count) {
        if (count > bytes.length * 8 - at) {
            throw endsTooEarly();
        }
        at += count;
    }

    /** An unsigned exp-Golomb number, {@code ue(v)} of H.264 and H.265. */
    long unsignedGolomb() {
        int zeros = 0;
        while (!flag()) {
            if (++zeros > MAX_LEADING_ZEROS) {
                throw new MalformedMediaException(
                        what
                                + ": exp-Golomb number with more than "
                                + MAX_LEADING_ZEROS
                                + " leading zeros, expected a number of 32 bits");
            }
        }
        return (1L << zeros) - 1 + bits(zeros);
    }

    /**
     * An unsigned exp-Golomb number with a bound.
     *
     * @throws MalformedMediaException when it is greater
     */
    int unsignedGolomb(String name, int most) {
        long value = unsignedGolomb();
        if (value > most) {
            throw new MalformedMediaException(
                    what + ": " + name + " " + value + ", expected at most " + most);
        }
        return (int) value;
    }

    /** Passes over exp-Golomb numbers, signed or not. */
    void skipGolomb(int count) {
        for (int i = 0; i < count; i++) {
            unsignedGolomb();
        }
    }
}
