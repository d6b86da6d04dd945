package dev.confetti.gift.access;

import dev.confetti.gift.http.Page;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The table {@code domain.staff_access}, to which rows are only added. Thread-safe. */
public final class StaffAccesses {
    private static final int MOST_CHARACTERS = 2_000;
    private static final String ADD =
            """
            insert into domain.staff_access (at, person, roles, method, path, query, status)
            values (?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String READ =
            "select access, at, person, roles, method, path, query, status"
                    + " from domain.staff_access where at >= ? and at < ?";

    private final GiftDatabase database;

    public StaffAccesses(GiftDatabase database) {
        this.database = database;
    }

    /**
     * Adds a request.
     *
     * @throws dev.confetti.gift.log.LogUnavailableException when the database fails
     */
    void add(StaffAccess access) {
        Rows.update(
                database,
                "accesses",
                ADD,
                access.at().atOffset(ZoneOffset.UTC),
                access.person(),
                access.roles().toArray(String[]::new),
                access.method(),
                cut(access.path()),
                access.query() == null ? null : cut(access.query()),
                access.status());
    }

    private static String cut(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
    }

    /** Requests in the order of time. */
    Page<StaffAccess> page(AccessQuery query) {
        StringBuilder sql = new StringBuilder(READ);
        List<Object> values = new ArrayList<>();
        values.add(query.from().atOffset(ZoneOffset.UTC));
        values.add(query.to().atOffset(ZoneOffset.UTC));
        if (query.person() != null) {
            sql.append(" and person = ?");
            values.add(query.person());
        }
        AccessQuery.Place after = query.after();
        if (after != null) {
            sql.append(" and (at, access) ").append(query.newestFirst() ? "<" : ">");
            sql.append(" (?, ?)");
            values.add(after.at().atOffset(ZoneOffset.UTC));
            values.add(after.access());
        }
        String order = query.newestFirst() ? " desc" : " asc";
        sql.append(" order by at").append(order).append(", access").append(order);
        sql.append(" limit ?");
        values.add(query.limit() + 1);
        List<StaffAccess> found =
                Rows.read(
                        database,
                        "accesses",
                        sql.toString(),
                        StaffAccesses::access,
                        values.toArray());
        if (found.size() <= query.limit()) {
            return new Page<>(found, null);
        }
        StaffAccess last = found.get(query.limit() - 1);
        return new Page<>(
                found.subList(0, query.limit()),
                new AccessQuery.Place(last.at(), last.access()).cursor());
    }

    private static StaffAccess access(ResultSet row) throws SQLException {
        return new StaffAccess(
                Objects.requireNonNull(Rows.instant(row, "at")),
                row.getString("person"),
                List.of((String[]) row.getArray("roles").getArray()),
                row.getString("method"),
                row.getString("path"),
                row.getString("query"),
                row.getInt("status"),
                row.getLong("access"));
    }
}
