package dev.confetti.ledger.journal;

import dev.confetti.ledger.seal.SealKey;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The key that a database keeps for its ledgers when none is configured, in the schema {@code
 * ledger_keys}: outside of the ledger's own, so that one that is built anew signs the same.
 */
final class StoredSealKey {
    /** Of several ledgers that ask first at once, one makes it. */
    private static final String MAKE =
            """
            select pg_advisory_xact_lock(hashtext('confetti.ledger_keys'));
            create schema if not exists ledger_keys;
            create table if not exists ledger_keys.seal_key (
                name text primary key,
                private_key bytea not null,
                made_at timestamptz not null default now())
            """;

    private StoredSealKey() {}

    static SealKey read(Connection connection) throws SQLException {
        try (Statement make = connection.createStatement()) {
            make.execute(MAKE);
        }
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into ledger_keys.seal_key (name, private_key) values ('seal', ?)"
                                + " on conflict (name) do nothing")) {
            insert.setBytes(1, SealKey.fresh().pkcs8());
            insert.executeUpdate();
        }
        try (PreparedStatement query =
                        connection.prepareStatement(
                                "select private_key from ledger_keys.seal_key where name = 'seal'");
                ResultSet row = query.executeQuery()) {
            row.next();
            return SealKey.of(row.getBytes(1));
        }
    }
}
