package dev.confetti.gift.live;

import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogUnavailableException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The keys that publishers show, as hashes in {@code domain.stream_key}. A key has 160 random bits,
 * so its plain SHA-256 cannot be searched.
 */
final class StreamKeys {
    static final int KEY_CHARACTERS = 32;

    private final GiftDatabase database;
    private final RandomNames names;

    StreamKeys(GiftDatabase database, RandomNames names) {
        this.database = database;
        this.names = names;
    }

    /** Makes a live's key, in place of any before; only its hash is kept. */
    String renew(String liveId) {
        String key = names.next(KEY_CHARACTERS);
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement upsert =
                        connection.prepareStatement(
                                "insert into domain.stream_key (live_id, sha256) values (?, ?)"
                                        + " on conflict (live_id) do update set sha256 ="
                                        + " excluded.sha256")) {
            upsert.setString(1, liveId);
            upsert.setBytes(2, sha256(key));
            upsert.executeUpdate();
        } catch (SQLException e) {
            throw new LogUnavailableException("a stream key cannot be kept", false, e);
        }
        return key;
    }

    /** Whether this is the live's key; takes as long for a wrong one as for the right one. */
    boolean isRight(String liveId, String key) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query =
                        connection.prepareStatement(
                                "select sha256 from domain.stream_key where live_id = ?")) {
            query.setString(1, liveId);
            try (ResultSet row = query.executeQuery()) {
                return row.next() && MessageDigest.isEqual(row.getBytes(1), sha256(key));
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("a stream key cannot be read", false, e);
        }
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
