package dev.confetti.gift.live;

import java.util.List;

/** A live's tags as one text: one on each line. */
public final class LiveTags {
    private LiveTags() {}

    static String format(List<String> tags) {
        return String.join("\n", tags);
    }

    /** The tags of the text, which is empty for none. */
    public static List<String> parse(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
    }
}
