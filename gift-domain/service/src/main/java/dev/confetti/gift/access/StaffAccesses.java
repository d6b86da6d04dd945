package dev.confetti.gift.access;

import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The table {@code domain.staff_access}, to which rows are only added. Thread-safe. */
public final class StaffAccesses {
    private static final int MOST_CHARACTERS = 2_000;
    private static final String ADD =
            """
            insert into domain.staff_access (at, person, roles, method, path, query, status)
            values (?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String READ =
            """
            select access, at, person, roles, method, path, query, status from domain.staff_access
            where at >= ? and at < ?
            """;

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
                access.roles(),
                access.method(),
                cut(access.path()),
                access.query() == null ? null : cut(access.query()),
                access.status());
    }

    private static String cut(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
    }

    /**
     * Requests, latest first.
     *
     * @param from the first instant
     * @param to not included
     * @param person whose; null: everybody's
     */
    public Page<StaffAccess> page(
            Instant from, Instant to, @Nullable String person, PageRequest page) {
        StringBuilder sql = new StringBuilder(READ);
        List<Object> values = new ArrayList<>();
        values.add(from.atOffset(ZoneOffset.UTC));
        values.add(to.atOffset(ZoneOffset.UTC));
        if (person != null) {
            sql.append("and person = ? ");
            values.add(person);
        }
        if (page.before() != Long.MAX_VALUE) {
            sql.append(
                    "and (at, access) <"
                            + " (select at, access from domain.staff_access where access = ?) ");
            values.add(page.before());
        }
        sql.append("order by at desc, access desc limit ?");
        values.add(page.limit() + 1);
        return Page.of(
                Rows.read(
                        database,
                        "accesses",
                        sql.toString(),
                        StaffAccesses::access,
                        values.toArray()),
                page,
                StaffAccess::access);
    }

    private static StaffAccess access(ResultSet row) throws SQLException {
        return new StaffAccess(
                Objects.requireNonNull(Rows.instant(row, "at")),
                row.getString("person"),
                row.getString("roles"),
                row.getString("method"),
                row.getString("path"),
                row.getString("query"),
                row.getInt("status"),
                row.getLong("access"));
    }
}
