package dev.confetti.gift.signin;

import dev.confetti.gift.log.GiftDatabase;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Secrets that are made once for a database and then stay, in {@code domain.secret}. */
public final class Secrets {
    private static final int SECRET_BYTES = 32;

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
                PreparedStatement insert =
                        connection.prepareStatement(
                                "insert into domain.secret (name, value) values (?, ?)"
                                        + " on conflict (name) do nothing");
                PreparedStatement query =
                        connection.prepareStatement(
                                "select value from domain.secret where name = ?")) {
            insert.setString(1, name);
            insert.setBytes(2, fresh);
            insert.executeUpdate();
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBytes(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("secret " + name + " cannot be read", e);
        }
    }
}
