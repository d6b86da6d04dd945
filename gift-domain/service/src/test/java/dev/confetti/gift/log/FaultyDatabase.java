package dev.confetti.gift.log;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source whose connections break at a chosen moment, once. */
final class FaultyDatabase {
    /** When the connection breaks. */
    enum Fault {
        NONE,
        /** The commit never reaches the server. */
        BEFORE_COMMIT,
        /** The server has committed, the answer is lost. */
        AFTER_COMMIT,
        /** No connection can be had. */
        NO_CONNECTION
    }

    private final DataSource real;
    private final AtomicReference<Fault> next = new AtomicReference<>(Fault.NONE);

    FaultyDatabase(DataSource real) {
        this.real = real;
    }

    void breakNext(Fault fault) {
        next.set(fault);
    }

    DataSource dataSource() {
        return (DataSource)
                Proxy.newProxyInstance(
                        DataSource.class.getClassLoader(),
                        new Class<?>[] {DataSource.class},
                        (proxy, method, args) -> {
                            if (next.compareAndSet(Fault.NO_CONNECTION, Fault.NONE)) {
                                throw new SQLException("no connection", "08001");
                            }
                            return method.getName().equals("getConnection")
                                    ? faulty(real.getConnection())
                                    : invoke(real, method, args);
                        });
    }

    private Connection faulty(Connection connection) {
        return (Connection)
                Proxy.newProxyInstance(
                        Connection.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, args) -> {
                            if (method.getName().equals("commit")) {
                                commit(connection);
                                return null;
                            }
                            return invoke(connection, method, args);
                        });
    }

    private void commit(Connection connection) throws SQLException {
        if (next.compareAndSet(Fault.BEFORE_COMMIT, Fault.NONE)) {
            connection.abort(Runnable::run);
            throw new SQLException("connection lost before the commit", "08006");
        }
        connection.commit();
        if (next.compareAndSet(Fault.AFTER_COMMIT, Fault.NONE)) {
            connection.abort(Runnable::run);
            throw new SQLException("connection lost after the commit", "08006");
        }
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] args)
            throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
