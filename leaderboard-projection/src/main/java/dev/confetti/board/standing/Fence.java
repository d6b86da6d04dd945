package dev.confetti.board.standing;

/**
 * How far a shard has taken in one partition: the last event that it holds.
 *
 * @param position of that event in the log; 0 when there was none
 * @param offset of its record in the partition; −1 when there was none
 */
public record Fence(long position, long offset) {
    public static final Fence NONE = new Fence(0, -1);

    /** Reads what {@link #text} wrote. */
    public static Fence parse(String text) {
        if (text.equals("0")) {
            return NONE;
        }
        int colon = text.indexOf(':');
        try {
            return new Fence(
                    Long.parseLong(text, 0, colon, 10),
                    Long.parseLong(text, colon + 1, text.length(), 10));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new IllegalStateException("fence \"" + text + "\": expected position:offset", e);
        }
    }

    /** As stored, such as {@code 1200:340}; the script compares this text. */
    public String text() {
        return position == 0 ? "0" : position + ":" + offset;
    }
}
