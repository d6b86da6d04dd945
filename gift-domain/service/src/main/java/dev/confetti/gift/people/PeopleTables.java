package dev.confetti.gift.people;

import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** What the tables say of a person. Thread-safe. */
final class PeopleTables {
    private static final String STANDING =
            """
            select
                exists (select from domain.person_key where person_id = ? and locked_until is null)
                    or exists (select from domain.person where person_id = ?),
                (select forgotten_at from domain.person_forgotten where person_id = ?),
                count(*), max(locked_until)
            from domain.person_key where person_id = ? and locked_until is not null
            """;
    private static final String HAS_PLAIN = "select exists (select from domain.plain_table)";

    /** What is shredded never comes back: one clock that jumped ahead must not be enough. */
    private static final String SHRED_DUE =
            "delete from domain.person_key where locked_until <= ? and locked_until <= now()";

    private final GiftDatabase database;

    PeopleTables(GiftDatabase database) {
        this.database = database;
    }

    /**
     * What is left of a person.
     *
     * @param isKnown whether there is a key that is not locked, or a name
     * @param lockedRecords payouts whose bank details are kept
     */
    record Standing(
            boolean isKnown,
            @Nullable Instant forgottenAt,
            long lockedRecords,
            @Nullable Instant lockedUntil) {}

    Obstacles obstacles(String personId) {
        return with("a person", connection -> Obstacles.of(connection, personId));
    }

    Standing standing(String personId) {
        return with(
                "a person",
                connection -> {
                    try (PreparedStatement query = connection.prepareStatement(STANDING)) {
                        for (int i = 1; i <= 4; i++) {
                            query.setString(i, personId);
                        }
                        try (ResultSet row = query.executeQuery()) {
                            row.next();
                            return new Standing(
                                    row.getBoolean(1),
                                    instant(row, 2),
                                    row.getLong(3),
                                    instant(row, 4));
                        }
                    }
                });
    }

    /** Whether there may be texts that no key seals yet. */
    boolean hasPlain() {
        return with(
                "plain texts",
                connection -> {
                    try (PreparedStatement query = connection.prepareStatement(HAS_PLAIN);
                            ResultSet row = query.executeQuery()) {
                        row.next();
                        return row.getBoolean(1);
                    }
                });
    }

    /**
     * Shreds the keys of records whose period is over, by {@code now} and by the database's clock;
     * how many.
     */
    int shredDue(Instant now) {
        return with(
                "locked records",
                connection -> {
                    try (PreparedStatement delete = connection.prepareStatement(SHRED_DUE)) {
                        delete.setObject(1, now.atOffset(ZoneOffset.UTC));
                        return delete.executeUpdate();
                    }
                });
    }

    private interface Use<T> {
        T of(Connection connection) throws SQLException;
    }

    private <T> T with(String what, Use<T> use) {
        try (Connection connection = database.dataSource().getConnection()) {
            return use.of(connection);
        } catch (SQLException e) {
            throw new LogUnavailableException(what + " cannot be looked at", false, e);
        }
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
