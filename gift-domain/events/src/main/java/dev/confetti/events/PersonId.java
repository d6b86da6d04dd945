package dev.confetti.events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/** The one place where a token's {@code sub} becomes the id that everything else knows. */
public final class PersonId {
    private static final Pattern OPAQUE = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int HASH_BYTES = 24;

    private PersonId() {}

    /** Whether a text can be an id as it is. */
    public static boolean isOpaque(String text) {
        return OPAQUE.matcher(text).matches();
    }

    /**
     * The id of a subject: itself where it is opaque; else {@code p_} and 192 bits of its SHA-256,
     * so that an e-mail address or the like never gets into the log.
     */
    public static String of(String subject) {
        if (isOpaque(subject)) {
            return subject;
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(subject.getBytes(StandardCharsets.UTF_8));
            return "p_"
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(Arrays.copyOf(hash, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
