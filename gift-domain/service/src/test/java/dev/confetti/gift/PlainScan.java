package dev.confetti.gift;

import dev.confetti.engines.PostgresEndpoint;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Looks for a text in every column of every row of the service's tables, whatever their types. */
final class PlainScan {
    private static final String TABLES =
            """
            select table_name from information_schema.tables
            where table_schema = 'domain' and table_type = 'BASE TABLE' order by table_name
            """;

    private PlainScan() {}

    /** The tables that hold the text, as it is or as bytes. */
    static List<String> tablesWith(PostgresEndpoint postgres, String text) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl(), postgres.user(), postgres.password());
                PreparedStatement query = connection.prepareStatement(TABLES);
                ResultSet row = query.executeQuery()) {
            List<String> found = new ArrayList<>();
            while (row.next()) {
                if (holds(connection, row.getString(1), text)) {
                    found.add(row.getString(1));
                }
            }
            return found;
        }
    }

    private static boolean holds(Connection connection, String table, String text)
            throws SQLException {
        // A whole row as text shows bytea in hexadecimal digits.
        String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select exists (select from domain."
                                + table
                                + " t where position(? in t::text) > 0"
                                + " or position(? in t::text) > 0)")) {
            query.setString(1, text);
            query.setString(2, hex);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
