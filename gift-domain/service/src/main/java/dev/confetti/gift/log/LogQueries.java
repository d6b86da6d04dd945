package dev.confetti.gift.log;

import dev.confetti.events.LogRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Reads of the log by event and by stream; each takes a connection for itself. */
final class LogQueries {
    static final int PAGE_ROWS = 1_000;

    private static final String ROWS =
            "select position, event_id, stream_type, stream_id, sequence, type, payload,"
                    + " occurred_at, recorded_at from domain.event_log ";
    private static final String BY_ID = ROWS + "where event_id = ?";
    private static final String FORWARD =
            ROWS
                    + "where stream_type = ? and stream_id = ? and sequence >= ?"
                    + " order by sequence limit ?";
    private static final String BACKWARD =
            ROWS
                    + "where stream_type = ? and stream_id = ? and sequence < ?"
                    + " order by sequence desc limit ?";
    private static final String BACKWARD_OF_TYPES =
            ROWS
                    + "where stream_type = ? and stream_id = ? and sequence < ? and type = any(?)"
                    + " order by sequence desc limit ?";
    private static final String METADATA =
            "select metadata from domain.event_log where event_id = ?";
    private static final String LAST =
            "select max(sequence) from domain.event_log where stream_type = ? and stream_id = ?";

    private final DataSource database;

    LogQueries(DataSource database) {
        this.database = database;
    }

    Optional<LogRecord> find(UUID eventId) {
        return rows(BY_ID, query -> query.setObject(1, eventId)).stream().findFirst();
    }

    Optional<byte[]> metadata(UUID eventId) {
        return query(
                METADATA,
                query -> query.setObject(1, eventId),
                row -> row.next() ? Optional.ofNullable(row.getBytes(1)) : Optional.empty());
    }

    List<LogRecord> readStream(String type, String id, long fromSequence, int limit) {
        requireLimit(limit);
        return rows(
                FORWARD,
                query -> {
                    query.setString(1, type);
                    query.setString(2, id);
                    query.setLong(3, fromSequence);
                    query.setInt(4, limit);
                });
    }

    List<LogRecord> readStreamBackward(
            String type, String id, long beforeSequence, Set<String> types, int limit) {
        requireLimit(limit);
        return rows(
                types.isEmpty() ? BACKWARD : BACKWARD_OF_TYPES,
                query -> {
                    query.setString(1, type);
                    query.setString(2, id);
                    query.setLong(3, beforeSequence);
                    if (types.isEmpty()) {
                        query.setInt(4, limit);
                    } else {
                        query.setArray(
                                4, query.getConnection().createArrayOf("text", types.toArray()));
                        query.setInt(5, limit);
                    }
                });
    }

    OptionalLong lastSequence(String type, String id) {
        return query(
                LAST,
                query -> {
                    query.setString(1, type);
                    query.setString(2, id);
                },
                row -> {
                    row.next();
                    long last = row.getLong(1);
                    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(last);
                });
    }

    long head() {
        return query(
                "select position from domain.log_head",
                query -> {},
                row -> {
                    row.next();
                    return row.getLong(1);
                });
    }

    private List<LogRecord> rows(String sql, Parameters parameters) {
        return query(
                sql,
                parameters,
                row -> {
                    List<LogRecord> records = new ArrayList<>();
                    while (row.next()) {
                        records.add(record(row));
                    }
                    return records;
                });
    }

    private <T> T query(String sql, Parameters parameters, Result<T> result) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            parameters.set(query);
            try (ResultSet row = query.executeQuery()) {
                return result.read(row);
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("the event log cannot be read", false, e);
        }
    }

    private static void requireLimit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit " + limit + ": expected 1 or more");
        }
    }

    static LogRecord record(ResultSet row) throws SQLException {
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

    private interface Parameters {
        void set(PreparedStatement query) throws SQLException;
    }

    private interface Result<T> {
        T read(ResultSet row) throws SQLException;
    }
}
