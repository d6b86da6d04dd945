package dev.confetti.gift.live;

import dev.confetti.events.LiveEvent;
import dev.confetti.events.LiveEvent.LiveAway;
import dev.confetti.events.LiveEvent.LiveCreated;
import dev.confetti.events.LiveEvent.LiveEnded;
import dev.confetti.events.LiveEvent.LiveStarted;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.InlineProjection;
import dev.confetti.gift.log.OneRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** Writes the table {@code domain.live} in the transactions of the lives' events. */
public final class LiveTable implements InlineProjection {
    private static final String CREATED =
            """
            insert into domain.live
                (live_id, creator_id, state, created_event_id, created_position, created_at)
            values (?, ?, 'created', ?, ?, ?)
            """;
    private static final String STARTED =
            """
            update domain.live set state = 'active', publisher_id = ?, away_since = null,
                started_at = coalesce(started_at, ?)
            where live_id = ?
            """;
    private static final String AWAY =
            "update domain.live set state = 'away', away_since = clock_timestamp() where live_id = ?";
    private static final String ENDED =
            """
            update domain.live set state = 'ended', away_since = null, ended_at = ?
            where live_id = ?
            """;

    @Override
    public void apply(Connection connection, List<LogRecord> appended) throws SQLException {
        for (LogRecord row : appended) {
            if (row.streamType().equals(Live.STREAM_TYPE)
                    && row.event() instanceof LiveEvent event) {
                apply(connection, row, event);
            }
        }
    }

    private static void apply(Connection connection, LogRecord row, LiveEvent event)
            throws SQLException {
        switch (event) {
            case LiveCreated created ->
                    OneRow.write(
                            connection,
                            CREATED,
                            created.liveId(),
                            created.creatorId(),
                            row.eventId(),
                            row.position(),
                            timestamp(row.occurredAt()));
            case LiveStarted started ->
                    OneRow.write(
                            connection,
                            STARTED,
                            started.publisherId(),
                            timestamp(row.occurredAt()),
                            started.liveId());
            case LiveAway away -> OneRow.write(connection, AWAY, away.liveId());
            case LiveEnded ended ->
                    OneRow.write(connection, ENDED, timestamp(row.occurredAt()), ended.liveId());
        }
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
