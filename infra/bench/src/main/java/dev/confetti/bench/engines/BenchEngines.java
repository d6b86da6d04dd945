package dev.confetti.bench.engines;

import dev.confetti.engines.Engines;
import dev.confetti.engines.EnginesConfig;
import dev.confetti.engines.PostgresEndpoint;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Engines of a bench's own, which end with it also when it is ended by a signal. */
public final class BenchEngines implements AutoCloseable {
    private final Engines engines;
    private final Thread hook;

    private BenchEngines(Engines engines) {
        this.engines = engines;
        this.hook = new Thread(engines::close, "bench-engines-stop");
    }

    public static BenchEngines start(Path folder) {
        BenchEngines started = new BenchEngines(Engines.start(EnginesConfig.onFreePorts(folder)));
        Runtime.getRuntime().addShutdownHook(started.hook);
        return started;
    }

    public Engines get() {
        return engines;
    }

    /** A new connection to their PostgreSQL. */
    public Connection connect() throws SQLException {
        return dataSource().getConnection();
    }

    /** Their PostgreSQL, each connection a new one. */
    public DataSource dataSource() {
        PGSimpleDataSource database = new PGSimpleDataSource();
        PostgresEndpoint postgres = engines.postgres();
        database.setUrl(postgres.jdbcUrl());
        database.setUser(postgres.user());
        database.setPassword(postgres.password());
        return database;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook closes them.
            return;
        }
        engines.close();
    }
}
