package dev.confetti.ledger.access;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** The log of accesses, in PostgreSQL, which lets nobody change it. Thread-safe. */
public final class AccessLog {
    private static final String SCHEMA = "ledger_access";

    /** Beyond this a path or a query is cut off. */
    private static final int MOST_CHARACTERS = 2_000;

    private final DataSource database;

    private AccessLog(DataSource database) {
        this.database = database;
    }

    /** The log in a database, its table made or brought up to date. */
    public static AccessLog in(DataSource database) {
        Flyway.configure()
                .dataSource(database)
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .createSchemas(true)
                .locations("classpath:db/ledger-access")
                .load()
                .migrate();
        return new AccessLog(database);
    }

    /** Writes one access; it is durable when this returns. */
    public void write(Access access) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement(
                                "insert into ledger_access.access"
                                        + " (person, roles, method, path, query, status)"
                                        + " values (?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, access.person());
            insert.setArray(2, connection.createArrayOf("text", access.roles().toArray()));
            insert.setString(3, access.method());
            insert.setString(4, cut(access.path()));
            String query = access.query();
            insert.setString(5, query == null ? null : cut(query));
            insert.setInt(6, access.status());
            insert.executeUpdate();
        }
    }

    private static String cut(String text) {
        // PostgreSQL has no text with the character 0.
        String plain = text.replace('\0', '?');
        return plain.length() <= MOST_CHARACTERS ? plain : plain.substring(0, MOST_CHARACTERS);
    }

    /**
     * Which accesses to list.
     *
     * @param from the first instant, within; null for all
     * @param to no longer within; null for all
     * @param person null for all
     * @param after what the page before ended with; null at the first
     */
    public record Filter(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String person,
            @Nullable Place after,
            boolean newestFirst) {}

    /** Where an access stands in the log. */
    public record Place(Instant at, long id) {}

    /** Accesses in the order of time. */
    public List<LoggedAccess> read(Filter filter, int limit) throws SQLException {
        StringBuilder sql =
                new StringBuilder(
                        "select id, at, person, roles, method, path, query, status"
                                + " from ledger_access.access where true");
        List<Object> values = new ArrayList<>();
        if (filter.from() != null) {
            sql.append(" and at >= ?");
            values.add(filter.from().atOffset(ZoneOffset.UTC));
        }
        if (filter.to() != null) {
            sql.append(" and at < ?");
            values.add(filter.to().atOffset(ZoneOffset.UTC));
        }
        if (filter.person() != null) {
            sql.append(" and person = ?");
            values.add(filter.person());
        }
        String order = filter.newestFirst() ? "desc" : "asc";
        Place after = filter.after();
        if (after != null) {
            sql.append(" and (at, id) ").append(filter.newestFirst() ? "<" : ">").append(" (?, ?)");
            values.add(after.at().atOffset(ZoneOffset.UTC));
            values.add(after.id());
        }
        sql.append(" order by at ").append(order).append(", id ").append(order).append(" limit ?");
        values.add(limit);
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql.toString())) {
            for (int i = 0; i < values.size(); i++) {
                query.setObject(i + 1, values.get(i));
            }
            try (ResultSet row = query.executeQuery()) {
                List<LoggedAccess> accesses = new ArrayList<>();
                while (row.next()) {
                    accesses.add(access(row));
                }
                return accesses;
            }
        }
    }

    private static LoggedAccess access(ResultSet row) throws SQLException {
        return new LoggedAccess(
                row.getLong(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                new Access(
                        row.getString(3),
                        List.of((String[]) row.getArray(4).getArray()),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getInt(8)));
    }
}
