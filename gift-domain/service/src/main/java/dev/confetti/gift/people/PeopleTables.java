package dev.confetti.gift.people;

import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.log.Rows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** What the tables say of a person. Thread-safe. */
final class PeopleTables {
    private static final String STANDING =
            """
            select
                exists (select from domain.person_key where person_id = ? and locked_until is null)
                    or exists (select from domain.person where person_id = ?) as known,
                (select forgotten_at from domain.person_forgotten where person_id = ?)
                    as forgotten_at,
                count(*) as locked, max(locked_until) as locked_until
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
        try (Connection connection = database.dataSource().getConnection()) {
            return Obstacles.of(connection, personId);
        } catch (SQLException e) {
            throw new LogUnavailableException("a person cannot be looked at", false, e);
        }
    }

    Standing standing(String personId) {
        return Rows.read(
                        database,
                        "a person",
                        STANDING,
                        PeopleTables::standing,
                        personId,
                        personId,
                        personId,
                        personId)
                .getFirst();
    }

    private static Standing standing(ResultSet row) throws SQLException {
        return new Standing(
                row.getBoolean("known"),
                Rows.instant(row, "forgotten_at"),
                row.getLong("locked"),
                Rows.instant(row, "locked_until"));
    }

    /** Whether there may be texts that no key seals yet. */
    boolean hasPlain() {
        return Rows.read(database, "plain texts", HAS_PLAIN, row -> row.getBoolean(1)).getFirst();
    }

    /**
     * Shreds the keys of records whose period is over, by {@code now} and by the database's clock;
     * how many.
     */
    int shredDue(Instant now) {
        return Rows.update(database, "locked records", SHRED_DUE, now.atOffset(ZoneOffset.UTC));
    }
}
