package dev.confetti.ledger;

import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.engines.TestEngines;
import dev.confetti.ledger.journal.Delivery;
import dev.confetti.ledger.journal.LedgerSchema;
import dev.confetti.ledger.journal.LedgerTransactions;
import dev.confetti.ledger.journal.SourceEvent;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A ledger's tables in a fresh database. */
public final class LedgerDatabaseFixture {
    public final PostgresEndpoint endpoint = TestEngines.freshPostgres();
    public final DataSource dataSource = dataSource(endpoint);
    public final LedgerTransactions transactions =
            new LedgerTransactions(dataSource, LedgerSchema.LIVE);

    public LedgerDatabaseFixture() {
        LedgerSchema.migrate(dataSource, LedgerSchema.LIVE);
    }

    public static DataSource dataSource(PostgresEndpoint endpoint) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(endpoint.jdbcUrl());
        dataSource.setUser(endpoint.user());
        dataSource.setPassword(endpoint.password());
        return dataSource;
    }

    /** Runs statements as a person with all rights would. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set search_path to ledger; " + sql);
        }
    }

    public String value(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set search_path to ledger");
            try (ResultSet row = statement.executeQuery(sql)) {
                return row.next() ? String.valueOf(row.getString(1)) : "none";
            }
        }
    }

    /** Events as if all had come by one partition. */
    public static List<Delivery> deliveries(List<SourceEvent> events) {
        return events.stream()
                .map(e -> new Delivery(e, "confetti.coins", 0, e.position()))
                .toList();
    }
}
