package dev.confetti.gift;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Whether lives are played by token, under {@code confetti.play-token.} or {@code
 * CONFETTI_PLAY_TOKEN_…}.
 *
 * @param secret what tokens are signed with, shared with the gateway; at least 32 bytes. Without
 *     one anybody may play
 */
public record PlayTokenSettings(@Nullable String secret) {
    /** RFC 7518, 3.2: a key of at least the hash's size. */
    private static final int LEAST_SECRET_BYTES = 32;

    public PlayTokenSettings {
        if (secret != null && secret.isBlank()) {
            secret = null;
        }
        if (secret != null) {
            int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
            if (bytes < LEAST_SECRET_BYTES) {
                throw new IllegalArgumentException(
                        "confetti.play-token.secret of "
                                + bytes
                                + " bytes: expected at least "
                                + LEAST_SECRET_BYTES
                                + ", or none");
            }
        }
    }

    @Override
    public String toString() {
        return secret == null ? "anybody may play" : "played by token";
    }
}
