package dev.confetti.gift.http;

import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param limit the most items, 1 to 1,000
 * @param before items whose number is smaller; {@code Long.MAX_VALUE} at the start
 */
public record PageRequest(int limit, long before) {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST_ITEMS = 1_000;

    /**
     * Reads the query parameters {@code limit} and {@code cursor}.
     *
     * @throws RefusedException {@code malformed-request}
     */
    public static PageRequest of(@Nullable String limit, @Nullable String cursor) {
        return new PageRequest(
                limit == null ? DEFAULT_LIMIT : limit(limit),
                cursor == null ? Long.MAX_VALUE : decode(cursor));
    }

    /** The cursor of the page that goes on after the item of this number. */
    public static String cursorAfter(long number) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("b" + number).getBytes(StandardCharsets.US_ASCII));
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST_ITEMS) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // falls through to the refusal
        }
        throw malformed("limit", "a whole number from 1 to " + MOST_ITEMS, text);
    }

    private static long decode(String cursor) {
        try {
            String text =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            if (text.startsWith("b")) {
                return Long.parseLong(text.substring(1));
            }
        } catch (IllegalArgumentException e) {
            // falls through to the refusal
        }
        throw malformed("cursor", "the nextCursor of the page before", cursor);
    }

    private static RefusedException malformed(String name, String expected, String got) {
        return new RefusedException(
                ProblemType.MALFORMED_REQUEST, name + " \"" + got + "\": expected " + expected);
    }
}
