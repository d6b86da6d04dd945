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
        return SortedDigits.of(MOST - position, LENGTH);
    }

    /** The position that a text starts with. */
    public static long positionOf(String text) {
        try {
            return MOST - SortedDigits.parse(text, LENGTH);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "ranked member \"" + text + "\": expected a position prefix", e);
        }
    }
}
