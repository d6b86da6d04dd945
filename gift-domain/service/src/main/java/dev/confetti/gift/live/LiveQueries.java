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

/** Reads lives from their tables. Thread-safe. */
final class LiveQueries {
    private static final String SELECT =
            """
            select l.live_id, l.creator_id, coalesce(p.name, l.creator_id), l.state, l.publisher_id,
                coalesce(t.value, ''), coalesce(g.value, ''), coalesce(u.viewers, 0),
                l.state = 'active' or (l.state = 'away' and l.away_since + ? * interval '1 ms' > clock_timestamp()),
                l.created_at, l.started_at, l.created_position
            from domain.live l
                left join domain.person p on p.person_id = l.creator_id
                left join domain.event_text t on t.event_id = l.created_event_id and t.field = 'title'
                left join domain.event_text g on g.event_id = l.created_event_id and g.field = 'tags'
                left join domain.publisher u on u.live_id = l.live_id
            """;
    private static final String ONE = SELECT + "where l.live_id = ?";
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
        String state = row.getString(4);
        return new LiveRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                LiveStatus.named(state)
                        .orElseThrow(() -> new IllegalStateException("state " + state)),
                row.getObject(5, UUID.class),
                row.getString(6),
                LiveTags.parse(row.getString(7)),
                row.getLong(8),
                row.getBoolean(9),
                row.getObject(10, OffsetDateTime.class).toInstant(),
                instant(row.getObject(11, OffsetDateTime.class)),
                row.getLong(12));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static LogUnavailableException unreadable(SQLException e) {
        return new LogUnavailableException("lives cannot be read", false, e);
    }
}
