package dev.confetti.bench.ledger;

import dev.confetti.bench.stage.BenchFailure;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The peer (github.com/pgr0ss/pgledger): a ledger of PostgreSQL functions, read from a checkout. A
 * gift is the same five transfers that an entry of ours has as legs.
 */
final class PgLedger {
    /** In a schema of its own, which its functions expect on the search path. */
    static final String SCHEMA = "pgledger";

    private static final List<String> FILES =
            List.of(
                    "vendor/scoville-pgsql-ulid/ulid-to-uuid.sql",
                    "vendor/scoville-pgsql-ulid/uuid-to-ulid.sql",
                    "pgledger.sql");

    private static final String TRANSFERS =
            "select count(*) from pgledger_create_transfers("
                    + "(?, ?, ?)::transfer_request, (?, ?, ?)::transfer_request,"
                    + " (?, ?, ?)::transfer_request, (?, ?, ?)::transfer_request,"
                    + " (?, ?, ?)::transfer_request)";

    private final List<String> viewers = new ArrayList<>();
    private final List<String> creators = new ArrayList<>();
    private final String consumed;
    private final String issued;
    private final String liability;
    private final String revenue;
    private final String commission;
    private final String deferred;
    private final String share;
    private final String payable;

    private PgLedger(Connection connection, int viewerCount, int creatorCount) throws SQLException {
        for (int i = 0; i < viewerCount; i++) {
            viewers.add(account(connection, "viewer " + i, "COIN"));
        }
        for (int i = 0; i < creatorCount; i++) {
            creators.add(account(connection, "creator " + i, "DIAMOND"));
        }
        consumed = account(connection, "consumed", "COIN");
        issued = account(connection, "issued", "DIAMOND");
        liability = account(connection, "contract liability", "USD");
        revenue = account(connection, "gift revenue", "USD");
        commission = account(connection, "channel commission", "USD");
        deferred = account(connection, "deferred commission", "USD");
        share = account(connection, "creator share", "USD");
        payable = account(connection, "creator payable", "USD");
    }

    /** Installs it and makes its accounts. */
    static PgLedger install(Connection connection, Path checkout, int viewers, int creators)
            throws IOException, SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create schema " + SCHEMA);
            statement.execute("set search_path to " + SCHEMA);
            for (String file : FILES) {
                statement.execute(Files.readString(checkout.resolve(file)));
            }
        }
        return new PgLedger(connection, viewers, creators);
    }

    private static String account(Connection connection, String name, String currency)
            throws SQLException {
        try (PreparedStatement create =
                connection.prepareStatement("select id from pgledger_create_account(?, ?)")) {
            create.setString(1, name);
            create.setString(2, currency);
            try (ResultSet row = create.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    /** Books one gift; the caller commits. */
    void gift(PreparedStatement transfers, SplittableRandom random) throws SQLException {
        long coins = random.nextLong(1, 100);
        String viewer = viewers.get(random.nextInt(viewers.size()));
        String creator = creators.get(random.nextInt(creators.size()));
        int at = 0;
        at = transfer(transfers, at, viewer, consumed, coins);
        at = transfer(transfers, at, issued, creator, coins * 5_000);
        at = transfer(transfers, at, liability, revenue, coins * 15_136);
        at = transfer(transfers, at, deferred, commission, coins * 4_530);
        transfer(transfers, at, share, payable, coins * 5_000);
        try (ResultSet row = transfers.executeQuery()) {
            row.next();
            if (row.getInt(1) != 5) {
                throw new BenchFailure("pgledger: expected 5 transfers, made " + row.getInt(1));
            }
        }
    }

    private static int transfer(
            PreparedStatement transfers, int at, String from, String to, long amount)
            throws SQLException {
        transfers.setString(at + 1, from);
        transfers.setString(at + 2, to);
        transfers.setBigDecimal(at + 3, BigDecimal.valueOf(amount));
        return at + 3;
    }

    static PreparedStatement statement(Connection connection) throws SQLException {
        return connection.prepareStatement(TRANSFERS);
    }
}
