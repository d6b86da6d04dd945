package dev.confetti.board;

import dev.confetti.board.GiftStorm.Thunder;
import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.engines.TestEngines;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.Envelope;
import dev.confetti.events.EventCodec;
import dev.confetti.events.LogReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** An event log in a database of its own, as far as the boards read it. */
public final class GiftLog {
    private static final String INSERT =
            "insert into domain.event_log values (?,?,'wallet','w',0,?,?,?,?)";

    private final PGSimpleDataSource database = new PGSimpleDataSource();

    /** Creates an empty one. */
    public GiftLog() throws SQLException {
        PostgresEndpoint endpoint = TestEngines.freshPostgres();
        database.setUrl(endpoint.jdbcUrl());
        database.setUser(endpoint.user());
        database.setPassword(endpoint.password());
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    create schema domain;
                    create table domain.event_log (position bigint primary key, event_id uuid,
                        stream_type text, stream_id text, sequence bigint, type text,
                        payload bytea, occurred_at timestamptz, recorded_at timestamptz)
                    """);
        }
    }

    public LogReader reader() {
        return new LogReader(database);
    }

    public void append(List<Thunder> thunders) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Thunder thunder : thunders) {
                add(insert, thunder.envelope(), thunder.event());
            }
            insert.executeBatch();
        }
    }

    /** Appends an event of whatever kind. */
    public void append(Envelope envelope, ConfettiEvent event) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            add(insert, envelope, event);
            insert.executeBatch();
        }
    }

    private static void add(PreparedStatement insert, Envelope envelope, ConfettiEvent event)
            throws SQLException {
        insert.setLong(1, envelope.position());
        insert.setObject(2, envelope.eventId());
        insert.setString(3, envelope.type());
        insert.setBytes(4, EventCodec.encode(event));
        insert.setObject(5, envelope.occurredAt().atOffset(ZoneOffset.UTC));
        insert.setObject(6, envelope.recordedAt().atOffset(ZoneOffset.UTC));
        insert.addBatch();
    }
}
