package dev.confetti.board.standing;

import java.util.Arrays;

/** Numbers as texts of one length that sort as the numbers do, byte by byte. */
final class SortedDigits {
    private static final int BITS = 6;

    /** 64 characters in the order of their bytes. */
    private static final String DIGITS =
            "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

    private static final byte NO_DIGIT = -1;

    /** What each ASCII character stands for. */
    private static final byte[] VALUES = values();

    private SortedDigits() {}

    /**
     * A number's text.
     *
     * @param value 0 to 64^length − 1
     */
    static String of(long value, int length) {
        if (value < 0 || value >>> (BITS * length) != 0) {
            throw new IllegalArgumentException(
                    value + ": expected 0 to 64^" + length + " - 1, for " + length + " digits");
        }
        char[] text = new char[length];
        long rest = value;
        for (int i = length - 1; i >= 0; i--) {
            text[i] = DIGITS.charAt((int) (rest & 63));
            rest >>>= BITS;
        }
        return new String(text);
    }

    /** The number that a text starts with. */
    static long parse(String text, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            char c = i < text.length() ? text.charAt(i) : 0;
            int digit = c < VALUES.length ? VALUES[c] : NO_DIGIT;
            if (digit == NO_DIGIT) {
                throw new IllegalArgumentException(
                        "\"" + text + "\": expected " + length + " of " + DIGITS);
            }
            value = (value << BITS) | digit;
        }
        return value;
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, NO_DIGIT);
        for (byte i = 0; i < DIGITS.length(); i++) {
            values[DIGITS.charAt(i)] = i;
        }
        return values;
    }
}
