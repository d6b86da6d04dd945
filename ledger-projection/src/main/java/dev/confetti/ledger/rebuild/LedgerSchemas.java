package dev.confetti.ledger.rebuild;

import dev.confetti.ledger.journal.LedgerSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The schemas of a database that hold ledgers, apart from the live one. */
final class LedgerSchemas {
    /** The one that is being built. */
    static final String NEW = LedgerSchema.LIVE + "_new";

    /** What replaced ones are named, with a growing number behind it. */
    static final String OLD = LedgerSchema.LIVE + "_old_";

    private LedgerSchemas() {}

    /** Replaced ledgers, the last one first. */
    static List<String> replaced(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return replaced(connection);
        }
    }

    static Optional<String> lastReplaced(DataSource database) throws SQLException {
        return replaced(database).stream().findFirst();
    }

    /** A name that no replaced ledger has. */
    static String nextReplaced(Connection connection) throws SQLException {
        List<String> replaced = replaced(connection);
        long last =
                replaced.isEmpty()
                        ? 0
                        : Long.parseLong(replaced.getFirst().substring(OLD.length()));
        return OLD + (last + 1);
    }

    private static List<String> replaced(Connection connection) throws SQLException {
        List<String> schemas = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select nspname from pg_namespace where nspname ~ ?"
                                + " order by substr(nspname, ?)::bigint desc")) {
            query.setString(1, "^" + OLD + "[0-9]{1,9}$");
            query.setInt(2, OLD.length() + 1);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    schemas.add(row.getString(1));
                }
            }
        }
        return schemas;
    }

    static void drop(DataSource database, String schema) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema if exists " + schema + " cascade");
        }
    }

    static void rename(Connection connection, String schema, String name) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("alter schema " + schema + " rename to " + name);
        }
    }
}
