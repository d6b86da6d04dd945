package dev.confetti.gift.vault;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table {@code domain.person_key}. Thread-safe.
 *
 * <p>No key is kept in memory: who reads sealed values joins this table by {@code key_id}, so that
 * a row that was deleted by any instance counts at once. To unwrap a key costs some microseconds.
 */
public final class KeyTable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyTable.class);

    /** What {@link #read} needs, of the table as {@code k}. */
    public static final String COLUMNS =
            "k.key_id, k.person_id, k.record_id, k.master, k.wrapped_key, k.locked_until";

    private static final String FIND =
            "select "
                    + COLUMNS
                    + """
                     from domain.person_key k where k.person_id = any(?) and k.record_id is null
                    union all select
                    """
                    + COLUMNS
                    + " from domain.person_key k where k.record_id = any(?)";
    private static final String ADD =
            """
            insert into domain.person_key (person_id, record_id, master, wrapped_key)
            values (?, ?, ?, ?) on conflict do nothing
            """;

    /** Serialization failure: the same again may succeed. */
    private static final String TRY_AGAIN = "40001";

    private final MasterKeys masters;
    private final AesGcm aes;

    public KeyTable(MasterKeys masters, SecureRandom random) {
        this.masters = masters;
        this.aes = new AesGcm(random);
    }

    MasterKeys masters() {
        return masters;
    }

    /** The keys to seal with; those that are not there yet are made. */
    public Map<KeyOwner, DataKey> toSealWith(Connection connection, Collection<KeyOwner> owners)
            throws SQLException {
        Set<KeyOwner> wanted = new LinkedHashSet<>(owners);
        Map<KeyOwner, DataKey> keys = find(connection, wanted);
        if (!keys.keySet().containsAll(wanted)) {
            wanted.removeAll(keys.keySet());
            add(connection, wanted);
            keys.putAll(find(connection, wanted));
        }
        if (!keys.keySet().containsAll(wanted)) {
            throw new SQLException(
                    "a new key is gone: its person is being forgotten just now", TRY_AGAIN);
        }
        return keys;
    }

    /** The key to seal one owner's with; one that is not there yet is made. */
    public DataKey toSealWith(Connection connection, KeyOwner owner) throws SQLException {
        return Objects.requireNonNull(toSealWith(connection, List.of(owner)).get(owner));
    }

    private Map<KeyOwner, DataKey> find(Connection connection, Set<KeyOwner> owners)
            throws SQLException {
        Map<KeyOwner, DataKey> found = new HashMap<>();
        Object[] persons =
                owners.stream()
                        .filter(owner -> owner.recordId() == null)
                        .map(KeyOwner::personId)
                        .toArray();
        Object[] records =
                owners.stream()
                        .filter(owner -> owner.recordId() != null)
                        .map(KeyOwner::recordId)
                        .toArray();
        try (PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setArray(1, connection.createArrayOf("text", persons));
            query.setArray(2, connection.createArrayOf("uuid", records));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    DataKey key = read(row, 1);
                    if (key != null) {
                        found.put(key.owner(), key);
                    }
                }
            }
        }
        return found;
    }

    private void add(Connection connection, Set<KeyOwner> owners) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(ADD)) {
            for (KeyOwner owner : owners) {
                insert.setString(1, owner.personId());
                insert.setObject(2, owner.recordId());
                insert.setString(3, masters.current());
                insert.setBytes(4, wrapped(aes.newKey(), owner));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /**
     * The key in a row.
     *
     * @param first the index of the first of the {@link #COLUMNS}
     * @return null when there is none: it was shredded
     * @throws BrokenSealException when the row was changed
     */
    public @Nullable DataKey read(ResultSet row, int first) throws SQLException {
        long keyId = row.getLong(first);
        if (row.wasNull()) {
            return null;
        }
        KeyOwner owner =
                new KeyOwner(row.getString(first + 1), row.getObject(first + 2, UUID.class));
        OffsetDateTime lockedUntil = row.getObject(first + 5, OffsetDateTime.class);
        SecretKey key =
                new SecretKeySpec(
                        unwrapped(row.getString(first + 3), row.getBytes(first + 4), owner), "AES");
        return new DataKey(
                keyId, owner, lockedUntil == null ? null : lockedUntil.toInstant(), key, aes);
    }

    /**
     * The text in a row, for readers who go on without one that cannot be read any more: its key
     * was shredded, or the row was changed, which is logged.
     *
     * @param first the index of the first of the {@link #COLUMNS}
     * @param place where it is kept, as its seal knows it
     */
    public @Nullable OpenedText open(ResultSet row, int first, byte[] sealed, String place)
            throws SQLException {
        try {
            DataKey key = read(row, first);
            return key == null ? null : new OpenedText(key.open(sealed, place), key.lockedUntil());
        } catch (BrokenSealException e) {
            LOG.error("{} of {} is lost: {}", place, row.getString(first + 1), e.getMessage());
            return null;
        }
    }

    byte[] wrapped(byte[] key, KeyOwner owner) {
        return aes.seal(masters.named(masters.current()), key, owner.context("key"));
    }

    byte[] unwrapped(String master, byte[] wrapped, KeyOwner owner) {
        return aes.open(masters.named(master), wrapped, owner.context("key"));
    }
}
