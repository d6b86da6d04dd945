package dev.confetti.gift.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes the tables beside the log. */
public final class Rows {
    private Rows() {}

    /** Makes an object of the row that the cursor is at. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /**
     * All rows of a query, on a connection of its own.
     *
     * @param what is read, for the error: it "cannot be read"
     * @param values of the statement's parameters, in their order
     * @throws LogUnavailableException when the database fails
     */
    public static <T> List<T> read(
            GiftDatabase database,
            String what,
            String sql,
            Reader<T> reader,
            @Nullable Object... values) {
        try (Connection connection = database.dataSource().getConnection()) {
            return read(connection, sql, reader, values);
        } catch (SQLException e) {
            throw new LogUnavailableException(what + " cannot be read", false, e);
        }
    }

    /** All rows of a query, in a transaction of the caller's. */
    public static <T> List<T> read(
            Connection connection, String sql, Reader<T> reader, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            bind(query, values);
            List<T> rows = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    rows.add(reader.read(row));
                }
            }
            return rows;
        }
    }

    /**
     * Inserts, updates or deletes, on a connection of its own; how many rows.
     *
     * @param what is written, for the error: it "cannot be written"
     * @throws LogUnavailableException when the database fails
     */
    public static int update(
            GiftDatabase database, String what, String sql, @Nullable Object... values) {
        try (Connection connection = database.dataSource().getConnection()) {
            return update(connection, sql, values);
        } catch (SQLException e) {
            throw new LogUnavailableException(what + " cannot be written", false, e);
        }
    }

    /** Inserts, updates or deletes, in a transaction of the caller's; how many rows. */
    public static int update(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values)
            throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    /** A time stamp; null when it is not set. */
    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
