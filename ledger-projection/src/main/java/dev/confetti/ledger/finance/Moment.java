package dev.confetti.ledger.finance;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A point in the life of the ledger, as a request names it. */
sealed interface Moment {
    String POSITION = "position:";

    /** By the log's position. */
    record Position(long position) implements Moment {
        /** As a request writes it. */
        @Override
        public String toString() {
            return POSITION + position;
        }
    }

    /** By the time of recording. */
    record Time(Instant instant) implements Moment {
        /** As a request writes it. */
        @Override
        public String toString() {
            return instant.toString();
        }
    }

    /**
     * Reads {@code position:N}, an RFC 3339 instant, or a date, which is its first instant in UTC.
     *
     * @param name of the parameter
     * @return null when the text is null
     */
    static @Nullable Moment parse(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            if (text.startsWith(POSITION)) {
                long position = Long.parseLong(text.substring(POSITION.length()));
                if (position >= 0) {
                    return new Position(position);
                }
            } else if (text.length() == "2026-01-01".length()) {
                return new Time(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
            } else {
                // A plus sign that was not escaped arrives as a space.
                return new Time(OffsetDateTime.parse(text.replace(' ', '+')).toInstant());
            }
        } catch (NumberFormatException | DateTimeException e) {
            throw malformed(name, text);
        }
        throw malformed(name, text);
    }

    private static Refusal malformed(String name, String text) {
        return Refusal.malformed(
                name
                        + " \""
                        + text
                        + "\": expected position:N, an instant such as 2026-01-31T23:59:59Z or a"
                        + " date such as 2026-01-31");
    }

    /** The instant, or the nearest that PostgreSQL can take without looking ahead of it. */
    static Instant withinPostgres(Instant instant) {
        // PostgreSQL's time ends earlier than Java's, and its rounding would look ahead.
        Instant latest = Instant.parse("9999-12-31T23:59:59Z");
        Instant earliest = Instant.parse("0001-01-01T00:00:00Z");
        Instant within = instant.isAfter(latest) ? latest : instant;
        return (within.isBefore(earliest) ? earliest : within).truncatedTo(ChronoUnit.MICROS);
    }

    /** The last entry recorded at or before an instant; 0 when there is none. */
    static long positionAt(Connection connection, Instant instant) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select position_at(?)")) {
            query.setObject(1, withinPostgres(instant).atOffset(ZoneOffset.UTC));
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
