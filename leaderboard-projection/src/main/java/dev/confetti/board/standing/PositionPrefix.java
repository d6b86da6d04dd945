package dev.confetti.board.standing;

/**
 * A position as eight characters that sort backwards: the later the position, the smaller the text.
 *
 * <p>Redis orders equal scores by the member's bytes. With this in front of the member's id,
 * reading a ranking from its end puts the higher score first and, among equals, who reached it
 * first.
 */
public final class PositionPrefix {
    public static final int LENGTH = 8;

    private static final long MOST = (1L << 48) - 1;

    /** 64 characters in the order of their bytes. */
    private static final String DIGITS =
            "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

    private PositionPrefix() {}

    /**
     * The prefix of a position.
     *
     * @param position 0 to 2^48 − 1
     */
    public static String of(long position) {
        if (position < 0 || position > MOST) {
            throw new IllegalArgumentException("position " + position + ": expected 0 to " + MOST);
        }
        char[] text = new char[LENGTH];
        long rest = MOST - position;
        for (int i = LENGTH - 1; i >= 0; i--) {
            text[i] = DIGITS.charAt((int) (rest & 63));
            rest >>>= 6;
        }
        return new String(text);
    }

    /** The position that a text starts with. */
    public static long positionOf(String text) {
        long value = 0;
        for (int i = 0; i < LENGTH; i++) {
            int digit = DIGITS.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException(
                        "ranked member \"" + text + "\": expected a position prefix");
            }
            value = (value << 6) | digit;
        }
        return MOST - value;
    }
}
