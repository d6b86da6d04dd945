package dev.confetti.simulation.world;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One instance's pool, on the connections of another one, which break when told to. Faults strike
 * the log's writer where it holds the head, and whoever asks for a connection.
 */
final class FaultyPool extends HikariDataSource {
    private static final String TAKES_HEAD = "update domain.log_head set position = position + ?";
    private static final String LOOKS_UP_IDS = "select event_id from domain.event_log";

    private final HikariDataSource real;
    private volatile Fault next = Fault.NONE;
    private volatile boolean struck;

    FaultyPool(HikariDataSource real) {
        this.real = real;
    }

    void arm(Fault fault) {
        struck = false;
        next = fault;
    }

    /** Ends the wait for a fault; whether it struck. */
    boolean disarm() {
        next = Fault.NONE;
        return struck;
    }

    private boolean strikes(Fault fault) {
        if (next != fault) {
            return false;
        }
        next = Fault.NONE;
        struck = true;
        return true;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (strikes(Fault.NO_CONNECTION)) {
            throw new SQLException("no connection", "08001");
        }
        return new Breakable(real.getConnection()).proxy();
    }

    /** The connections belong to the real pool. */
    @Override
    public void close() {}

    private final class Breakable {
        private final Connection connection;
        private boolean holdsHead;

        private Breakable(Connection connection) {
            this.connection = connection;
        }

        private Connection proxy() {
            return (Connection)
                    Proxy.newProxyInstance(
                            Connection.class.getClassLoader(),
                            new Class<?>[] {Connection.class},
                            (proxy, method, args) -> call(method, args));
        }

        private @Nullable Object call(Method method, Object @Nullable [] args) throws Throwable {
            switch (method.getName()) {
                case "prepareStatement" -> prepared(args == null ? "" : String.valueOf(args[0]));
                case "rollback" -> holdsHead = false;
                case "commit" -> {
                    commit();
                    return null;
                }
                default -> {}
            }
            try {
                return method.invoke(connection, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private void prepared(String sql) throws SQLException {
            if (sql.startsWith(TAKES_HEAD)) {
                holdsHead = true;
            }
            if (holdsHead && sql.startsWith(LOOKS_UP_IDS) && strikes(Fault.IN_TRANSACTION)) {
                throw die("in the transaction");
            }
        }

        private void commit() throws SQLException {
            boolean ofAppend = holdsHead;
            holdsHead = false;
            if (ofAppend && strikes(Fault.BEFORE_COMMIT)) {
                throw die("before the commit");
            }
            connection.commit();
            if (ofAppend && strikes(Fault.AFTER_COMMIT)) {
                throw die("after the commit");
            }
        }

        private SQLException die(String when) throws SQLException {
            connection.abort(Runnable::run);
            return new SQLException("connection lost " + when, "08006");
        }
    }
}
