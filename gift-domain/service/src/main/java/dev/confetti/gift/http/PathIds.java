package dev.confetti.gift.http;

import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids in paths. */
public final class PathIds {
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern OPAQUE_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private PathIds() {}

    /** The UUID of a text; empty when it is none, so that nothing can be found under it. */
    public static Optional<UUID> uuid(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return UUID_TEXT.matcher(lower).matches()
                ? Optional.of(UUID.fromString(lower))
                : Optional.empty();
    }

    /**
     * A person's id as it must look.
     *
     * @throws RefusedException {@code malformed-request}
     */
    public static String person(String name, String text) {
        if (!OPAQUE_ID.matcher(text).matches()) {
            throw new RefusedException(
                    ProblemType.MALFORMED_REQUEST,
                    name + " \"" + text + "\": expected " + OPAQUE_ID.pattern());
        }
        return text;
    }
}
