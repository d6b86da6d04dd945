package dev.confetti.gift.log;

import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;

/**
 * The service's PostgreSQL: a pool of connections to the schema {@code domain}. A type of its own,
 * so that no auto-configuration takes the pool for the application's only data source.
 */
public record GiftDatabase(HikariDataSource dataSource) implements AutoCloseable {

    /** The schema of the event log and the service's side tables. */
    public static final String SCHEMA = "domain";

    /**
     * Brings the schema up to this build: every migration in {@code db/gift}.
     *
     * @throws org.flywaydb.core.api.FlywayException when the schema was changed by others or is
     *     newer
     */
    public GiftDatabase migrate() {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .locations("classpath:db/gift")
                .load()
                .migrate();
        return this;
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
