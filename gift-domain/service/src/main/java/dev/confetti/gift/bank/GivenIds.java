package dev.confetti.gift.bank;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Identifiers of a message; where one is wanted and there is none, banks write words. */
final class GivenIds {
    private static final Set<String> NONE = Set.of("NOTPROVIDED", "NONREF", "NOREF");

    private GivenIds() {}

    /** The identifier; null: there is none. */
    static @Nullable String given(@Nullable String text) {
        return text == null || NONE.contains(text) ? null : text;
    }
}
