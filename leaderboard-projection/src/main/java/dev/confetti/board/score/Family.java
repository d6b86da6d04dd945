package dev.confetti.board.score;

import java.util.List;
import java.util.Locale;

/** The four kinds of boards. */
public enum Family {
    /** {@code live/{liveId}}: gifters of one live, over its whole life. */
    LIVE(true, List.of(Period.ALL)),
    /** {@code creator/{creatorId}/{day|week|month|all}}: fans of a creator. */
    CREATOR(true, List.of(Period.DAY, Period.WEEK, Period.MONTH, Period.ALL)),
    /** {@code gifters/{day|week|month|all}}: all who send. */
    GIFTERS(false, List.of(Period.DAY, Period.WEEK, Period.MONTH, Period.ALL)),
    /** {@code creators/{hour|day|week|month|all}}: all who receive. */
    CREATORS(false, List.of(Period.HOUR, Period.DAY, Period.WEEK, Period.MONTH, Period.ALL));

    private final boolean hasId;
    private final List<Period> periods;

    Family(boolean hasId, List<Period> periods) {
        this.hasId = hasId;
        this.periods = periods;
    }

    /** The first word of a board's name. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether there is one set of boards for each id, not one for the whole platform. */
    public boolean hasId() {
        return hasId;
    }

    public List<Period> periods() {
        return periods;
    }
}
