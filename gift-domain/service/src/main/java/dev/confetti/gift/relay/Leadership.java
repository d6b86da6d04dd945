package dev.confetti.gift.relay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to publish: an advisory lock of a PostgreSQL session of its own, gone when the session
 * is.
 *
 * <p>The session says every second that it lives; the server ends one that is silent for some
 * seconds, so that neither a paused process nor a vanished machine keeps others from taking over.
 * What a former leader still tries is fenced by Kafka.
 */
final class Leadership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final Connection session;
    private final Thread heartbeat;
    private volatile boolean held = true;
    private volatile long head;

    private Leadership(Connection session) {
        this.session = session;
        this.heartbeat = Thread.ofPlatform().name("relay-leadership").daemon().start(this::beat);
    }

    /**
     * Tries to become the leader.
     *
     * @param sessions gives sessions that no pool shares
     * @return empty while another holds it
     */
    static Optional<Leadership> tryTake(DataSource sessions, String logName) throws SQLException {
        Connection session = sessions.getConnection();
        try {
            session.setNetworkTimeout(Runnable::run, Math.toIntExact(SILENCE.toMillis()));
            if (!lock(session, logName)) {
                session.close();
                return Optional.empty();
            }
            try (Statement statement = session.createStatement()) {
                statement.execute("set idle_session_timeout = " + SILENCE.toMillis());
            }
            return Optional.of(new Leadership(session));
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    /** False once it was lost; it never comes back. */
    boolean held() {
        return held;
    }

    /** The log's last position, as of the last heartbeat. */
    long head() {
        return head;
    }

    @Override
    public void close() {
        held = false;
        heartbeat.interrupt();
        try {
            session.close();
        } catch (SQLException e) {
            LOG.debug("closing the relay's session failed", e);
        }
    }

    private void beat() {
        try (PreparedStatement query =
                session.prepareStatement("select position from domain.log_head")) {
            while (held) {
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    head = row.getLong(1);
                }
                Thread.sleep(HEARTBEAT);
            }
        } catch (SQLException e) {
            if (held) {
                LOG.warn("the relay lost its session, and with it the right to publish", e);
            }
        } catch (InterruptedException e) {
            LOG.debug("the relay gave its leadership back");
        }
        held = false;
    }

    private static boolean lock(Connection session, String logName) throws SQLException {
        try (PreparedStatement query =
                session.prepareStatement("select pg_try_advisory_lock(hashtextextended(?, 0))")) {
            query.setString(1, "confetti.relay:" + logName);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
