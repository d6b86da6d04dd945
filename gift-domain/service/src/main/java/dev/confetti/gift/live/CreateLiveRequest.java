package dev.confetti.gift.live;

import dev.confetti.gift.http.JsonRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/lives}. */
public record CreateLiveRequest(String title, @Nullable List<String> tags) implements JsonRequest {
    private static final int MOST_TITLE_CHARACTERS = 200;
    private static final int MOST_TAGS = 10;
    private static final int MOST_TAG_CHARACTERS = 32;

    public CreateLiveRequest {
        title = require("title", title, MOST_TITLE_CHARACTERS);
        tags = tags == null ? List.of() : tags;
        if (tags.size() > MOST_TAGS) {
            throw new IllegalArgumentException(
                    "tags: expected at most " + MOST_TAGS + ", got " + tags.size());
        }
        tags = tags.stream().map(tag -> require("tags", tag, MOST_TAG_CHARACTERS)).toList();
    }

    /** The tags; empty where none were given. */
    List<String> givenTags() {
        return tags == null ? List.of() : tags;
    }

    private static String require(String field, String text, int mostCharacters) {
        String stripped = text.strip();
        int characters = stripped.codePointCount(0, stripped.length());
        if (characters < 1
                || characters > mostCharacters
                || stripped.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    field
                            + ": expected 1 to "
                            + mostCharacters
                            + " characters, no control characters, got "
                            + characters);
        }
        return stripped;
    }
}
