package dev.confetti.board.standing;

import dev.confetti.board.score.Board;
import dev.confetti.board.score.Family;
import dev.confetti.board.score.Period;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long boards stay readable: a window's after its end, a live's after its last change. Boards
 * {@code …/all} stay for ever.
 */
public record BoardRetention(
        Duration hour, Duration day, Duration week, Duration month, Duration live) {
    public static final BoardRetention DEFAULT =
            new BoardRetention(
                    Duration.ofDays(8),
                    Duration.ofDays(62),
                    Duration.ofDays(400),
                    Duration.ofDays(400),
                    Duration.ofDays(90));

    public BoardRetention {
        positive("hour", hour);
        positive("day", day);
        positive("week", week);
        positive("month", month);
        positive("live", live);
    }

    /**
     * When a board goes.
     *
     * @param changedAt when its last change was recorded
     * @return null when it stays
     */
    public @Nullable Instant expiry(Board board, Instant changedAt) {
        Instant end = board.window().end();
        Duration kept = keptAfterEnd(board.name().period());
        if (end != null && kept != null) {
            return end.plus(kept);
        }
        return board.name().owner().family() == Family.LIVE ? changedAt.plus(live) : null;
    }

    /** How long a window is kept after its end; null for one that never ends. */
    @Nullable Duration keptAfterEnd(Period period) {
        return switch (period) {
            case HOUR -> hour;
            case DAY -> day;
            case WEEK -> week;
            case MONTH -> month;
            case ALL -> null;
        };
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    "confetti.boards.retention."
                            + name
                            + " = "
                            + value
                            + ": expected a duration longer than 0, such as P8D");
        }
    }
}
