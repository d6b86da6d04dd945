package dev.confetti.board.score;

import java.util.List;
import java.util.Locale;

/** The four kinds of boards. */
public enum Family {
    /** {@code live/{liveId}}: gifters of one live, over its whole life. */
    LIVE(true),
    /** {@code creator/{creatorId}/{day|week|month|all}}: fans of a creator. */
    CREATOR(true),
    /** {@code gifters/{day|week|month|all}}: all who send. */
    GIFTERS(false),
    /** {@code creators/{hour|day|week|month|all}}: all who receive. */
    CREATORS(false);

    private final boolean hasId;

    Family(boolean hasId) {
        this.hasId = hasId;
    }

    /** The first word of a board's name. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether there is one set of boards for each id, not one for the whole platform. */
    public boolean hasId() {
        return hasId;
    }

    /** The boards of one owner, in the order in which the script is given them. */
    public List<Period> periods() {
        return switch (this) {
            case LIVE -> List.of(Period.ALL);
            case CREATOR, GIFTERS -> List.of(Period.DAY, Period.WEEK, Period.MONTH, Period.ALL);
            case CREATORS -> List.of(Period.values());
        };
    }
}
