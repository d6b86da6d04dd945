package dev.confetti.board.score;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** How long a board counts before it starts again. All windows are UTC, weeks are those of ISO. */
public enum Period {
    HOUR,
    DAY,
    WEEK,
    MONTH,
    ALL;

    /** The word in a board's name, such as {@code day}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The window that an instant falls into; its start belongs to it, its end does not. Its name is
     * a key, the same wherever the service runs.
     */
    public Window windowOf(Instant instant) {
        ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
        LocalDate date = time.toLocalDate();
        return switch (this) {
            case HOUR ->
                    new Window(
                            String.format(Locale.ROOT, "%sT%02d", date, time.getHour()),
                            time.truncatedTo(ChronoUnit.HOURS).plusHours(1).toInstant());
            case DAY -> new Window(date.toString(), startOf(date.plusDays(1)));
            case WEEK ->
                    new Window(
                            String.format(
                                    Locale.ROOT,
                                    "%04d-W%02d",
                                    date.get(IsoFields.WEEK_BASED_YEAR),
                                    date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)),
                            startOf(date.with(TemporalAdjusters.next(DayOfWeek.MONDAY))));
            case MONTH ->
                    new Window(
                            String.format(
                                    Locale.ROOT, "%04d-%02d", date.getYear(), date.getMonthValue()),
                            startOf(date.with(TemporalAdjusters.firstDayOfNextMonth())));
            case ALL -> Window.ALL;
        };
    }

    private static Instant startOf(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
