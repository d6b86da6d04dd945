package dev.confetti.gift.log;

import com.zaxxer.hikari.HikariDataSource;
import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.engines.TestEngines;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** An empty database with the service's schema, and a pool to it. */
public final class TestDatabase implements AutoCloseable {
    private final PostgresEndpoint endpoint = TestEngines.freshPostgres();
    private final GiftDatabase database = new GiftDatabase(pool(endpoint)).migrate();

    public GiftDatabase database() {
        return database;
    }

    public HikariDataSource dataSource() {
        return database.dataSource();
    }

    public PostgresEndpoint endpoint() {
        return endpoint;
    }

    /** Runs one statement on a connection of its own. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The one number that a query gives. */
    public long number(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** A connection outside of the pool. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                endpoint.jdbcUrl(), endpoint.user(), endpoint.password());
    }

    @Override
    public void close() {
        database.close();
    }

    private static HikariDataSource pool(PostgresEndpoint endpoint) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(endpoint.jdbcUrl());
        pool.setUsername(endpoint.user());
        pool.setPassword(endpoint.password());
        pool.setMaximumPoolSize(6);
        pool.setMinimumIdle(0);
        return pool;
    }
}
