package dev.confetti.gift.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one connection that the log writes with, renewed after it broke. Used by one thread. */
final class WriterConnection {
    private static final Logger LOG = LoggerFactory.getLogger(WriterConnection.class);
    private static final int VALIDATION_SECONDS = 2;

    /** After the server's restart a pool may still hand out dead connections, one by one. */
    private static final int MAX_BROKEN = 20;

    private final DataSource database;
    private final int timeoutMs;
    private @Nullable Connection connection;

    WriterConnection(DataSource database, int timeoutMs) {
        this.database = database;
        this.timeoutMs = timeoutMs;
    }

    Connection open() throws SQLException {
        Connection current = connection;
        if (current != null) {
            return current;
        }
        SQLException broken = null;
        for (int attempt = 0; attempt < MAX_BROKEN; attempt++) {
            Connection fresh = database.getConnection();
            try {
                configure(fresh);
                connection = fresh;
                return fresh;
            } catch (SQLException e) {
                closeQuietly(fresh);
                broken = e;
            }
        }
        throw new SQLException(
                MAX_BROKEN + " connections in a row were broken: expected one that answers",
                broken);
    }

    /** Rolls back; false when the connection does not even do that. */
    boolean isUsableAfterRollback() {
        Connection current = connection;
        if (current == null) {
            return false;
        }
        try {
            current.rollback();
            return current.isValid(VALIDATION_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Ends the connection; the next {@link #open} makes another. */
    void discard() {
        Connection current = connection;
        connection = null;
        if (current != null) {
            closeQuietly(current);
        }
    }

    /** Gives the connection back as the pool gave it. */
    void release() {
        Connection current = connection;
        if (current != null) {
            try (Statement statement = current.createStatement()) {
                current.rollback();
                current.setAutoCommit(true);
                statement.execute("discard all");
            } catch (SQLException e) {
                LOG.debug("the writer's connection could not be reset", e);
            }
        }
        discard();
    }

    private void configure(Connection fresh) throws SQLException {
        fresh.setAutoCommit(false);
        // What is looked up under the head's lock must be what is committed by then.
        fresh.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        // A server that does not answer is given up a little after it should have given up itself.
        fresh.setNetworkTimeout(Runnable::run, timeoutMs + 5_000);
        try (Statement statement = fresh.createStatement()) {
            // A writer that hangs with the head's lock in its hand would hold up every instance.
            statement.execute("set idle_in_transaction_session_timeout = " + timeoutMs);
            statement.execute("set statement_timeout = " + timeoutMs);
            // An append is answered only when it is on disk, whatever the server's default is.
            statement.execute(
                    "select set_config('synchronous_commit', 'on', false) where"
                            + " current_setting('synchronous_commit') = 'off'");
        }
        fresh.commit();
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("closing a broken connection failed", e);
        }
    }
}
