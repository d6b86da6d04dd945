package dev.confetti.gift.settlement;

import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to settle, one at a time among all instances: an advisory lock of a PostgreSQL session.
 * So nobody claims a line's movement while another does. Thread-safe.
 */
final class SettlementTurn {
    /** Thirty seconds for another instance to end. */
    private static final int MOST_TRIES = 600;

    private static final long PAUSE_NANOS = 50_000_000;
    private static final String NAME = "hashtextextended('confetti.settlement', 0)";

    private final GiftDatabase database;

    /** Whoever waits here waits without a connection. */
    private final ReentrantLock here = new ReentrantLock(true);

    SettlementTurn(GiftDatabase database) {
        this.database = database;
    }

    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * Does it alone.
     *
     * @param work gets the session of the lock
     * @throws LogUnavailableException when the database fails, or another instance takes too long
     */
    <T> T take(Work<T> work) {
        here.lock();
        try (Connection connection = database.dataSource().getConnection()) {
            lock(connection);
            try {
                return work.on(connection);
            } finally {
                call(connection, "select pg_advisory_unlock(" + NAME + ")");
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("a settlement cannot be recorded", false, e);
        } finally {
            here.unlock();
        }
    }

    private static void lock(Connection connection) throws SQLException {
        for (int tries = 1; tries <= MOST_TRIES; tries++) {
            if (call(connection, "select pg_try_advisory_lock(" + NAME + ")")) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new LogUnavailableException(
                "another instance records a settlement since 30 s", false, null);
    }

    private static boolean call(Connection connection, String sql) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql);
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
