package dev.confetti.simulation.world;

import com.zaxxer.hikari.HikariDataSource;
import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.people.SealingClerk;
import dev.confetti.gift.vault.KeyTable;
import dev.confetti.gift.vault.MasterKeys;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Fresh databases with the service's schema, one for each run, on one server. */
public final class Databases {
    private static final String TEMPLATE = "simulation_template";

    private final PostgresEndpoint server;
    private int count;

    /**
     * @param server any database of it; databases are made beside it
     */
    public Databases(PostgresEndpoint server) throws SQLException {
        this.server = server;
        execute("drop database if exists " + TEMPLATE);
        execute("create database " + TEMPLATE);
        try (GiftDatabase template = new GiftDatabase(pool(TEMPLATE))) {
            template.migrate();
            new SealingClerk(
                            template,
                            new KeyTable(
                                    MasterKeys.of(List.of(Service.MASTER_KEY)), new SecureRandom()))
                    .work();
        }
    }

    String create() throws SQLException {
        count++;
        String name = "simulation_" + count;
        execute("drop database if exists " + name);
        execute("create database " + name + " template " + TEMPLATE);
        return name;
    }

    void drop(String name) throws SQLException {
        execute("drop database " + name + " with (force)");
    }

    HikariDataSource pool(String name) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName(name);
        pool.setJdbcUrl(server.jdbcUrl().replaceFirst("/[^/?]+(\\?|$)", "/" + name + "$1"));
        pool.setUsername(server.user());
        pool.setPassword(server.password());
        pool.setMinimumIdle(0);
        pool.setMaximumPoolSize(10);
        return pool;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
