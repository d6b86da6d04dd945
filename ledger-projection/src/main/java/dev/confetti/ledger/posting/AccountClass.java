package dev.confetti.ledger.posting;

/** Accounts by what they are for: those of all viewers, or all creators, together. */
public final class AccountClass {
    private AccountClass() {}

    /** The code itself, or that of all persons, such as {@code viewer:*:coin:paid}. */
    public static String of(String code) {
        int group = code.indexOf(':');
        if (group > 0 && (code.startsWith("viewer:") || code.startsWith("creator:"))) {
            int person = code.indexOf(':', group + 1);
            return code.substring(0, group + 1) + "*" + code.substring(person);
        }
        return code;
    }
}
