package dev.confetti.gift.http;

import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * The caller's own name for a request: 1 to 255 visible ASCII characters.
 *
 * @param value as in the header
 */
public record IdempotencyKey(String value) {
    /** The header's name. */
    public static final String HEADER = "Idempotency-Key";

    static final int MOST_CHARACTERS = 255;

    /**
     * The key of a header.
     *
     * @throws RefusedException {@code idempotency-key-missing}, or {@code malformed-request}
     */
    public static IdempotencyKey of(@Nullable String header) {
        if (header == null || header.isBlank()) {
            throw new RefusedException(
                    ProblemType.IDEMPOTENCY_KEY_MISSING,
                    HEADER
                            + ": expected a name for this request that you choose and repeat when"
                            + " you repeat the request, got none");
        }
        String key = header.strip();
        if (key.length() > MOST_CHARACTERS || !isVisibleAscii(key)) {
            throw new RefusedException(
                    ProblemType.MALFORMED_REQUEST,
                    HEADER
                            + ": expected 1 to "
                            + MOST_CHARACTERS
                            + " visible ASCII characters, got "
                            + key.length()
                            + (key.length() > MOST_CHARACTERS
                                    ? " characters"
                                    : " with others among them"));
        }
        return new IdempotencyKey(key);
    }

    private static boolean isVisibleAscii(String key) {
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c <= ' ' || c >= 127) {
                return false;
            }
        }
        return true;
    }
}
