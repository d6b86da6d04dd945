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

    private static final LocalDate YEAR_0 = LocalDate.of(0, 1, 1);

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
                            time.truncatedTo(ChronoUnit.HOURS).plusHours(1).toInstant(),
                            days(date) * 24 + time.getHour());
            case DAY -> new Window(date.toString(), startOf(date.plusDays(1)), days(date));
            case WEEK ->
                    new Window(
                            String.format(
                                    Locale.ROOT,
                                    "%04d-W%02d",
                                    date.get(IsoFields.WEEK_BASED_YEAR),
                                    date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)),
                            startOf(date.with(TemporalAdjusters.next(DayOfWeek.MONDAY))),
                            // The first day of year 0 was a Saturday.
                            (days(date) + 4) / 7);
            case MONTH ->
                    new Window(
                            String.format(
                                    Locale.ROOT, "%04d-%02d", date.getYear(), date.getMonthValue()),
                            startOf(date.with(TemporalAdjusters.firstDayOfNextMonth())),
                            date.getYear() * 12L + date.getMonthValue());
            case ALL -> Window.ALL;
        };
    }

    /** Days since the year 0 began, from 1. */
    private static long days(LocalDate date) {
        return date.toEpochDay() - YEAR_0.toEpochDay() + 1;
    }

    private static Instant startOf(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
