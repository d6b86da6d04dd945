package dev.confetti.gift.signin;

import dev.confetti.gift.http.JsonRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/dev/tokens}. */
public record DevTokenRequest(String sub, @Nullable String name, List<String> roles)
        implements JsonRequest {
    private static final int MOST_NAME_CHARACTERS = 256;

    public DevTokenRequest {
        if (sub.isBlank() || sub.length() > 255) {
            throw new IllegalArgumentException("sub \"" + sub + "\": expected 1 to 255 characters");
        }
        if (name != null && name.length() > MOST_NAME_CHARACTERS) {
            throw new IllegalArgumentException(
                    "name of "
                            + name.length()
                            + " characters: expected at most "
                            + MOST_NAME_CHARACTERS);
        }
        for (String role : roles) {
            if (!Role.ALL.contains(role)) {
                throw new IllegalArgumentException(
                        "roles \"" + role + "\": expected some of " + Role.ALL);
            }
        }
        roles = List.copyOf(roles);
    }
}
