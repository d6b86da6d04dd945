package dev.confetti.gift.vault;

import dev.confetti.gift.log.GiftDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the table of keys to the current master key. */
public final class KeyRewrap {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRewrap.class);
    private static final String UNKNOWN =
            "select master from domain.person_key where not (master = any(?)) limit 1";
    private static final String OLD =
            """
            select key_id, person_id, record_id, master, wrapped_key from domain.person_key
            where master <> ? and key_id > ? order by key_id limit ? for update
            """;
    private static final String UPDATE =
            "update domain.person_key set master = ?, wrapped_key = ? where key_id = ?";

    private final GiftDatabase database;
    private final KeyTable keys;

    public KeyRewrap(GiftDatabase database, KeyTable keys) {
        this.database = database;
        this.keys = keys;
    }

    /**
     * Looks whether every key can be unwrapped.
     *
     * @throws IllegalStateException when a master key is missing
     */
    public void requireMasters() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(UNKNOWN)) {
            query.setArray(1, connection.createArrayOf("text", keys.masters().names().toArray()));
            try (ResultSet row = query.executeQuery()) {
                if (row.next()) {
                    throw new IllegalStateException(
                            "confetti.people.master-key: keys of persons are wrapped by master key "
                                    + row.getString(1)
                                    + ", which is not among those given, "
                                    + keys.masters().names()
                                    + "; expected it as well, after a comma");
                }
            }
        }
    }

    /**
     * Wraps some keys by the current master key; those that cannot be unwrapped are told and left.
     *
     * @param after the last key id that was looked at, 0 at first
     * @return the last one now; empty: none is left
     */
    public OptionalLong rewrap(long after, int limit) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try {
                OptionalLong last = rewrap(connection, after, limit);
                connection.commit();
                return last;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private OptionalLong rewrap(Connection connection, long after, int limit) throws SQLException {
        OptionalLong last = OptionalLong.empty();
        try (PreparedStatement query = connection.prepareStatement(OLD);
                PreparedStatement update = connection.prepareStatement(UPDATE)) {
            query.setString(1, keys.masters().current());
            query.setLong(2, after);
            query.setInt(3, limit);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    KeyOwner owner = new KeyOwner(row.getString(2), row.getObject(3, UUID.class));
                    last = OptionalLong.of(row.getLong(1));
                    try {
                        byte[] key = keys.unwrapped(row.getString(4), row.getBytes(5), owner);
                        update.setString(1, keys.masters().current());
                        update.setBytes(2, keys.wrapped(key, owner));
                        update.setLong(3, row.getLong(1));
                        update.addBatch();
                    } catch (BrokenSealException e) {
                        LOG.error("key {} stays as it is: {}", row.getLong(1), e.getMessage());
                    }
                }
            }
            update.executeBatch();
        }
        return last;
    }
}
