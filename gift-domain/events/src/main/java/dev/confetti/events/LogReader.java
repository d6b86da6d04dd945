package dev.confetti.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Reads the event log, {@code domain.event_log}, by position: the way back to events that Kafka no
 * longer keeps. Thread-safe; each call takes one connection.
 */
public final class LogReader {
    private static final String READ =
            """
            select position, event_id, stream_type, stream_id, sequence, type, payload, occurred_at, recorded_at
            from domain.event_log where position > ? order by position limit ?
            """;

    private static final String FIND =
            """
            select position, event_id, stream_type, stream_id, sequence, type, payload, occurred_at, recorded_at
            from domain.event_log where event_id = ?
            """;

    private static final int PAGE = 5_000;

    private final DataSource log;

    public LogReader(DataSource log) {
        this.log = log;
    }

    /** The last position of the log; 0 while it is empty. */
    public long head() throws SQLException {
        try (Connection connection = log.getConnection();
                PreparedStatement query =
                        connection.prepareStatement(
                                "select coalesce(max(position), 0) from domain.event_log");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * The records that follow a position, in order.
     *
     * @param afterPosition 0 to read from the start
     * @param limit the most records to return, more than 0
     * @return without gaps; empty at the head of the log
     */
    public List<LogRecord> read(long afterPosition, int limit) throws SQLException {
        try (Connection connection = log.getConnection()) {
            return read(connection, afterPosition, limit);
        }
    }

    /** The same on a connection of the caller's. */
    public static List<LogRecord> read(Connection connection, long afterPosition, int limit)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(READ)) {
            query.setLong(1, afterPosition);
            query.setInt(2, limit);
            List<LogRecord> records = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    records.add(record(row));
                }
            }
            return records;
        }
    }

    /**
     * Hands over every record up to a position, from the log's start and in order; no connection is
     * held while a record is looked at.
     *
     * @param upTo the last position that is wanted; 0 for none
     * @return the position of the last record; below {@code upTo} where the log ends before
     */
    public long readUpTo(long upTo, Consumer<LogRecord> each) throws SQLException {
        long position = 0;
        while (position < upTo) {
            List<LogRecord> page = read(position, (int) Math.min(PAGE, upTo - position));
            if (page.isEmpty()) {
                return position;
            }
            for (LogRecord row : page) {
                if (row.position() > upTo) {
                    return position; // only behind a gap
                }
                each.accept(row);
                position = row.position();
            }
        }
        return position;
    }

    /** The record of an event id, on a connection of the caller's. */
    public static Optional<LogRecord> find(Connection connection, UUID eventId)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setObject(1, eventId);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(record(row)) : Optional.empty();
            }
        }
    }

    private static LogRecord record(ResultSet row) throws SQLException {
        return new LogRecord(
                row.getLong("position"),
                row.getObject("event_id", UUID.class),
                row.getString("stream_type"),
                row.getString("stream_id"),
                row.getLong("sequence"),
                row.getString("type"),
                row.getBytes("payload"),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant());
    }
}
