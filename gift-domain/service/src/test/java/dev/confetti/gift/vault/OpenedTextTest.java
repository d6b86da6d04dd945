package dev.confetti.gift.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gift.log.TestDatabase;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who publishes or lists texts goes on without one that is lost. */
class OpenedTextTest {
    private static final KeyTable KEYS =
            new KeyTable(MasterKeys.of(List.of(new byte[32])), new SecureRandom());

    private static TestDatabase database;

    @BeforeAll
    static void start() {
        database = new TestDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    private static DataKey keyOf(String personId) throws SQLException {
        return keyOf(KeyOwner.person(personId));
    }

    private static DataKey keyOf(KeyOwner owner) throws SQLException {
        try (Connection connection = database.connect()) {
            return KEYS.toSealWith(connection, owner);
        }
    }

    /** As of a row that a text is in, sealed by a key that may be gone. */
    private static @Nullable OpenedText opened(long keyId, byte[] sealed, String place)
            throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement query =
                        connection.prepareStatement(
                                "select "
                                        + KeyTable.COLUMNS
                                        + " from (select ?::bigint as key_id) t left join"
                                        + " domain.person_key k on k.key_id = t.key_id")) {
            query.setLong(1, keyId);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return KEYS.open(row, 1, sealed, place);
            }
        }
    }

    @Test
    void aTextOpensWhereItWasSealedAndNowhereElse() throws SQLException {
        DataKey key = keyOf("ann");
        byte[] sealed = key.seal("Hello", "e1 title");
        assertThat(opened(key.keyId(), sealed, "e1 title"))
                .isEqualTo(new OpenedText("Hello", null));
        assertThat(opened(key.keyId(), sealed, "e2 title")).isNull();
        assertThat(opened(keyOf("bob").keyId(), sealed, "e1 title")).isNull();
    }

    @Test
    void whatALockedKeySealedSaysUntilWhenItIsKept() throws SQLException {
        DataKey key = keyOf(KeyOwner.record("carl", new UUID(0, 1)));
        byte[] sealed = key.seal("Hello", "e1 iban");
        database.execute(
                "update domain.person_key set locked_until = '2037-01-01T00:00:00Z' where key_id = "
                        + key.keyId());
        assertThat(opened(key.keyId(), sealed, "e1 iban"))
                .isEqualTo(new OpenedText("Hello", Instant.parse("2037-01-01T00:00:00Z")));
    }

    @Test
    void whatAShreddedKeySealedIsNoText() throws SQLException {
        DataKey key = keyOf("dora");
        byte[] sealed = key.seal("Hello", "e1 title");
        database.execute("delete from domain.person_key where person_id = 'dora'");
        assertThat(opened(key.keyId(), sealed, "e1 title")).isNull();
    }
}
