package dev.confetti.gift.sending;

/** Why staff did something: 1 to 500 characters. */
public final class Reasons {
    /** The name of the text beside the event. */
    public static final String FIELD = "reason";

    private static final int MOST_CHARACTERS = 500;

    private Reasons() {}

    /**
     * The reason without blanks around it.
     *
     * @throws IllegalArgumentException when it is too short or too long
     */
    public static String require(String reason) {
        String stripped = reason.strip();
        if (stripped.isEmpty() || stripped.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "reason of "
                            + stripped.length()
                            + " characters: expected 1 to "
                            + MOST_CHARACTERS);
        }
        return stripped;
    }
}
