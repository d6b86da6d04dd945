package dev.confetti.gift.bank;

/** The name of an account's holder. */
final class PartyName {
    private PartyName() {}

    /** The name without space around it; it is personal, so no message of an error has it. */
    static String checked(String what, String name) {
        String stripped = name.strip();
        if (stripped.isEmpty()) {
            throw new IllegalArgumentException(what + " is empty: expected a name");
        }
        return stripped;
    }
}
