package dev.confetti.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.confetti.ledger.journal.LedgerSchema;
import dev.confetti.ledger.journal.LedgerTransactions;
import javax.sql.DataSource;

/**
 * The ledger's pool of connections, its tables brought up to date. Not a {@link DataSource} itself,
 * so that nothing else in the process takes it for its own.
 */
public final class LedgerDatabase implements AutoCloseable {
    private static final int CONNECTIONS = 10;
    private static final long CONNECTION_TIMEOUT_MS = 5_000;

    private final HikariDataSource pool;
    private final LedgerTransactions transactions;

    LedgerDatabase(LedgerProperties.Database database, String schema) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("ledger");
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
        // A dead server must not hold the projector for ever.
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("ApplicationName", "confetti-ledger");
        pool = new HikariDataSource(config);
        try {
            LedgerSchema.migrate(pool, schema);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
        transactions = new LedgerTransactions(pool, schema);
    }

    public DataSource dataSource() {
        return pool;
    }

    public LedgerTransactions transactions() {
        return transactions;
    }

    @Override
    public void close() {
        pool.close();
    }
}
