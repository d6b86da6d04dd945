package dev.confetti.gift.live;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a live is in its life. */
public enum LiveStatus {
    /** Announced; nothing was published yet. */
    CREATED,
    /** Media arrives. */
    ACTIVE,
    /** The publisher is gone and may come back. */
    AWAY,
    /** Over, for ever. */
    ENDED;

    /** The name in the API and in the table. */
    public String published() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of a published name. */
    public static Optional<LiveStatus> named(String published) {
        return Arrays.stream(values())
                .filter(status -> status.published().equals(published))
                .findFirst();
    }
}
