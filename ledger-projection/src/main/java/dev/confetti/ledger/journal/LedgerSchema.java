package dev.confetti.ledger.journal;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Makes the ledger's tables, or brings them up to date. */
public final class LedgerSchema {
    /** The schema of the live ledger. */
    public static final String LIVE = "ledger";

    private LedgerSchema() {}

    public static void migrate(DataSource database, String schema) {
        Flyway.configure()
                .dataSource(database)
                .schemas(schema)
                .defaultSchema(schema)
                .createSchemas(true)
                .locations("classpath:db/ledger")
                .load()
                .migrate();
    }
}
