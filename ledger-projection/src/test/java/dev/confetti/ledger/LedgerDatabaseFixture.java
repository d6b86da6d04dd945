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
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A ledger's tables in a fresh database. */
public final class LedgerDatabaseFixture {
    private static final AtomicInteger COPIES = new AtomicInteger();

    public final PostgresEndpoint endpoint;
    public final DataSource dataSource;
    public final LedgerTransactions transactions;

    /** Copies one that was made once for all, since that is ten times as fast as to make it. */
    public LedgerDatabaseFixture() {
        this(Empty.LEDGER.copied());
    }

    private static final class Empty {
        static final LedgerDatabaseFixture LEDGER = migrated();

        private static LedgerDatabaseFixture migrated() {
            LedgerDatabaseFixture empty = new LedgerDatabaseFixture(TestEngines.freshPostgres());
            LedgerSchema.migrate(empty.dataSource, LedgerSchema.LIVE);
            return empty;
        }
    }

    private LedgerDatabaseFixture(PostgresEndpoint endpoint) {
        this.endpoint = endpoint;
        this.dataSource = dataSource(endpoint);
        this.transactions = new LedgerTransactions(dataSource, LedgerSchema.LIVE);
    }

    /** The same ledger in a database of its own; nobody may be connected to this one. */
    public LedgerDatabaseFixture copy() {
        return new LedgerDatabaseFixture(copied());
    }

    private PostgresEndpoint copied() {
        String url = endpoint.jdbcUrl();
        int nameAt = url.lastIndexOf('/') + 1;
        int queryAt = url.indexOf('?', nameAt);
        String rest = queryAt < 0 ? "" : url.substring(queryAt);
        String name = queryAt < 0 ? url.substring(nameAt) : url.substring(nameAt, queryAt);
        String copy = name + "_copy_" + COPIES.incrementAndGet();
        PostgresEndpoint server =
                new PostgresEndpoint(
                        url.substring(0, nameAt) + "postgres" + rest,
                        endpoint.user(),
                        endpoint.password());
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create database \"" + copy + "\" template \"" + name + "\"");
        } catch (SQLException e) {
            throw new IllegalStateException("a copy of database " + name, e);
        }
        return new PostgresEndpoint(
                url.substring(0, nameAt) + copy + rest, endpoint.user(), endpoint.password());
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
