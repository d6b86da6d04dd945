package dev.confetti.gift.live;

import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads lives from their tables, without names and titles. Thread-safe. */
final class LiveQueries {
    private static final String SELECT =
            """
            select l.live_id, l.creator_id, l.state, l.publisher_id, coalesce(u.viewers, 0),
                l.state = 'active' or (l.state = 'away' and l.away_since + ? * interval '1 ms' > clock_timestamp()),
                l.created_at, l.started_at, l.created_event_id, l.created_position
            from domain.live l
                left join domain.publisher u on u.live_id = l.live_id
            """;
    private static final String ONE = SELECT + "where l.live_id = ?";
    private static final String OPEN =
            """
            select live_id from domain.live where creator_id = ? and state <> 'ended'
            order by created_position
            """;
    private static final String PAGE =
            SELECT
                    + "where l.created_position < ? and (?::text is null or l.state = ?)"
                    + " order by l.created_position desc limit ?";

    private final GiftDatabase database;
    private final Duration grace;

    LiveQueries(GiftDatabase database, Duration grace) {
        this.database = database;
        this.grace = grace;
    }

    Optional<LiveRow> live(String liveId) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(ONE)) {
            query.setLong(1, grace.toMillis());
            query.setString(2, liveId);
            return rows(query).stream().findFirst();
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /** Lives, latest first. */
    List<LiveRow> page(@Nullable LiveStatus status, long beforePosition, int limit) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(PAGE)) {
            String state = status == null ? null : status.published();
            query.setLong(1, grace.toMillis());
            query.setLong(2, beforePosition);
            query.setString(3, state);
            query.setString(4, state);
            query.setInt(5, limit);
            return rows(query);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /** The lives of a creator that have not ended. */
    List<String> open(String creatorId) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(OPEN)) {
            query.setString(1, creatorId);
            List<String> lives = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    lives.add(row.getString(1));
                }
            }
            return lives;
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private static List<LiveRow> rows(PreparedStatement query) throws SQLException {
        List<LiveRow> rows = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                rows.add(row(row));
            }
        }
        return rows;
    }

    private static LiveRow row(ResultSet row) throws SQLException {
        String state = row.getString(3);
        return new LiveRow(
                row.getString(1),
                row.getString(2),
                LiveStatus.named(state)
                        .orElseThrow(() -> new IllegalStateException("state " + state)),
                row.getObject(4, UUID.class),
                row.getLong(5),
                row.getBoolean(6),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                instant(row.getObject(8, OffsetDateTime.class)),
                row.getObject(9, UUID.class),
                row.getLong(10));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static LogUnavailableException unreadable(SQLException e) {
        return new LogUnavailableException("lives cannot be read", false, e);
    }
}
