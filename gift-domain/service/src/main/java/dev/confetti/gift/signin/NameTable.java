package dev.confetti.gift.signin;

import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.vault.DataKey;
import dev.confetti.gift.vault.KeyOwner;
import dev.confetti.gift.vault.KeyTable;
import dev.confetti.gift.vault.OpenedText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table {@code domain.person}: display names, sealed by their persons' keys. */
final class NameTable {
    private static final String READ =
            "select p.person_id, p.name, p.sealed, "
                    + KeyTable.COLUMNS
                    + """
                     from domain.person p left join domain.person_key k on k.key_id = p.key_id
                    where p.person_id = any(?)
                    """;

    /** So far may an issuer's clock be ahead of ours. */
    private static final Duration LEEWAY = Duration.ofMinutes(1);

    private static final String IS_FORGOTTEN =
            "select exists (select from domain.person_forgotten where person_id = ? and forgotten_at >= ?)";

    /** As whoever forgets a person locks it, for that alone. */
    private static final String LOCK =
            "select pg_advisory_xact_lock_shared(hashtextextended('confetti.person:' || ?, 0))";

    private static final String WRITE =
            """
            insert into domain.person (person_id, key_id, sealed)
            select ?, ?, ? where exists (select from domain.person_key where key_id = ?)
                and not exists (select from domain.person_forgotten
                    where person_id = ? and forgotten_at >= ?)
            on conflict (person_id)
                do update set name = null, key_id = excluded.key_id, sealed = excluded.sealed
            """;

    private final GiftDatabase database;
    private final KeyTable keys;

    NameTable(GiftDatabase database, KeyTable keys) {
        this.database = database;
        this.keys = keys;
    }

    /** Names by id; persons without one are left out. */
    Map<String, String> read(Collection<String> personIds) throws SQLException {
        Map<String, String> names = new HashMap<>();
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(READ)) {
            query.setArray(1, connection.createArrayOf("text", personIds.toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    String name = name(row);
                    if (name != null) {
                        names.put(row.getString(1), name);
                    }
                }
            }
        }
        return names;
    }

    private @Nullable String name(ResultSet row) throws SQLException {
        byte[] sealed = row.getBytes(3);
        if (sealed == null) {
            return row.getString(2);
        }
        OpenedText opened = keys.open(row, 4, sealed, Persons.PLACE);
        return opened == null ? null : opened.text();
    }

    /** Whether what a token says may be older than that its person was forgotten. */
    boolean isForgottenSince(String personId, Instant issuedAt) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(IS_FORGOTTEN)) {
            query.setString(1, personId);
            query.setObject(2, issuedAtTheEarliest(issuedAt));
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** By our clock, by which persons are forgotten. */
    private static OffsetDateTime issuedAtTheEarliest(Instant issuedAt) {
        return issuedAt.minus(LEEWAY).atOffset(ZoneOffset.UTC);
    }

    /**
     * Keeps a name.
     *
     * @return false when the person was forgotten after the token was issued, as far as clocks tell
     */
    boolean write(String personId, String name, Instant issuedAt) throws SQLException {
        KeyOwner owner = KeyOwner.person(personId);
        try (Connection connection = database.dataSource().getConnection()) {
            // Before the lock: a key that another transaction makes may have to be waited for.
            DataKey key = keys.toSealWith(connection, owner);
            connection.setAutoCommit(false);
            try {
                boolean written = write(connection, key, personId, name, issuedAt);
                connection.commit();
                return written;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private static boolean write(
            Connection connection, DataKey key, String personId, String name, Instant issuedAt)
            throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK);
                PreparedStatement insert = connection.prepareStatement(WRITE)) {
            lock.setString(1, personId);
            lock.execute();
            insert.setString(1, personId);
            insert.setLong(2, key.keyId());
            insert.setBytes(3, key.seal(name, Persons.PLACE));
            insert.setLong(4, key.keyId());
            insert.setString(5, personId);
            insert.setObject(6, issuedAtTheEarliest(issuedAt));
            return insert.executeUpdate() == 1;
        }
    }
}
