package dev.confetti.gift.signin;

import dev.confetti.gift.log.GiftDatabase;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Secrets that are made once for a database and then stay, in {@code domain.secret}. */
public final class Secrets {
    private static final int SECRET_BYTES = 32;
    private static final String ADD =
            "insert into domain.secret (name, value) values (?, ?) on conflict (name) do nothing";
    private static final String FIND = "select value from domain.secret where name = ?";

    private final GiftDatabase database;
    private final SecureRandom random;

    public Secrets(GiftDatabase database, SecureRandom random) {
        this.database = database;
        this.random = random;
    }

    /** The secret of a name; of several instances that start at once all get the same. */
    public byte[] named(String name) {
        byte[] fresh = new byte[SECRET_BYTES];
        random.nextBytes(fresh);
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement insert = connection.prepareStatement(ADD)) {
            insert.setString(1, name);
            insert.setBytes(2, fresh);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw unreadable(name, e);
        }
        return find(name)
                .orElseThrow(() -> new IllegalStateException("secret " + name + " is gone"));
    }

    /** The secret of a name, where it was made before. */
    public Optional<byte[]> find(String name) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw unreadable(name, e);
        }
    }

    private static IllegalStateException unreadable(String name, SQLException e) {
        return new IllegalStateException("secret " + name + " cannot be read", e);
    }
}
