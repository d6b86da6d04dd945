package dev.confetti.board.standing;

import dev.confetti.board.score.Board;
import dev.confetti.board.score.BoardName;
import dev.confetti.board.score.BoardOwner;
import dev.confetti.board.score.Family;
import dev.confetti.board.score.Period;
import dev.confetti.board.score.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The windows of instants, remembered by the hour, which decides them all, and how Redis is told of
 * them. Not thread-safe.
 */
final class BoardWindows {
    /** Digits that a window's number has in a slot; enough for the hours of 100,000 years. */
    private static final int DIGITS = 5;

    /** Some weeks of hours; a log that holds more is read in order, and asks for few at a time. */
    private static final int MOST_REMEMBERED = 2_000;

    private static final long HOUR_SECONDS = Duration.ofHours(1).toSeconds();
    private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

    private final Map<Long, Map<Period, Window>> byHour = new HashMap<>();

    /**
     * Names the windows of all boards of an owner at an instant: the same number, the same windows.
     */
    static long numberOf(Family family, Instant instant) {
        return switch (family) {
            case LIVE -> 0;
            case CREATOR, GIFTERS -> Math.floorDiv(instant.getEpochSecond(), DAY_SECONDS);
            case CREATORS -> Math.floorDiv(instant.getEpochSecond(), HOUR_SECONDS);
        };
    }

    /** The boards of an owner that count an instant, in the order of its periods. */
    List<Board> boards(BoardOwner owner, Instant instant) {
        Map<Period, Window> windows = windows(instant);
        List<Board> boards = new ArrayList<>();
        for (Period period : owner.periods()) {
            boards.add(new Board(new BoardName(owner, period), window(windows, period)));
        }
        return boards;
    }

    /** The oldest window of a period that is still kept at an instant, as it is in a slot. */
    String oldestKept(Period period, BoardRetention retention, Instant now) {
        Duration kept = retention.keptAfterEnd(period);
        return kept == null ? id(Window.ALL) : id(window(windows(now.minus(kept)), period));
    }

    /** A window as it is in a slot: five characters, which sort by time. */
    static String id(Window window) {
        return SortedDigits.of(window.number(), DIGITS);
    }

    private static Window window(Map<Period, Window> windows, Period period) {
        return windows.getOrDefault(period, Window.ALL);
    }

    private Map<Period, Window> windows(Instant instant) {
        long hour = Math.floorDiv(instant.getEpochSecond(), HOUR_SECONDS);
        Map<Period, Window> known = byHour.get(hour);
        if (known != null) {
            return known;
        }
        if (byHour.size() >= MOST_REMEMBERED) {
            byHour.clear();
        }
        Map<Period, Window> windows = new EnumMap<>(Period.class);
        for (Period period : Period.values()) {
            windows.put(period, period.windowOf(instant));
        }
        byHour.put(hour, windows);
        return windows;
    }
}
