package dev.confetti.gift.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.gift.log.TestDatabase;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MasterKeysTest {
    private static final byte[] OLD = filled(1);
    private static final byte[] NEW = filled(2);
    private static final KeyOwner ANN = KeyOwner.person("ann");

    private static TestDatabase database;

    @BeforeAll
    static void start() {
        database = new TestDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    private static byte[] filled(int value) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) value);
        return key;
    }

    private static KeyTable table(byte[]... masters) {
        return new KeyTable(MasterKeys.of(List.of(masters)), new SecureRandom());
    }

    private static DataKey keyOf(KeyTable table, KeyOwner owner) throws SQLException {
        try (Connection connection = database.connect()) {
            return Objects.requireNonNull(table.toSealWith(connection, List.of(owner)).get(owner));
        }
    }

    @Test
    void keysAreWrappedAnewAndOpenWhatTheySealedBefore() throws SQLException {
        DataKey before = keyOf(table(OLD), ANN);
        byte[] sealed = before.seal("Ada", "name");
        KeyTable both = table(NEW, OLD);
        KeyRewrap rewrap = new KeyRewrap(database.database(), both);
        rewrap.requireMasters();
        assertThatThrownBy(() -> new KeyRewrap(database.database(), table(NEW)).requireMasters())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("confetti.people.master-key: keys of persons are wrapped");

        OptionalLong last = OptionalLong.of(0);
        while (last.isPresent()) {
            last = rewrap.rewrap(last.getAsLong(), 1);
        }

        new KeyRewrap(database.database(), table(NEW)).requireMasters();
        DataKey after = keyOf(table(NEW), ANN);
        assertThat(after.keyId()).isEqualTo(before.keyId());
        assertThat(after.open(sealed, "name")).isEqualTo("Ada");
    }

    @Test
    void aPersonHasOneKeyAndEachRecordItsOwn() throws SQLException {
        KeyTable table = table(NEW, OLD);
        KeyOwner bob = KeyOwner.person("bob");
        KeyOwner record = KeyOwner.record("bob", new UUID(0, 7));

        assertThat(keyOf(table, bob).keyId())
                .isEqualTo(keyOf(table, bob).keyId())
                .isNotEqualTo(keyOf(table, record).keyId());
        byte[] sealed = keyOf(table, bob).seal("Bob", "name");
        assertThatThrownBy(() -> keyOf(table, record).open(sealed, "name"))
                .isInstanceOf(BrokenSealException.class);
    }

    @Test
    void whoSealsFirstAtTheSameTimeGetsTheSameKey() throws Exception {
        KeyTable table = table(NEW);
        for (int round = 0; round < 10; round++) {
            KeyOwner owner = KeyOwner.person("first-" + round);
            Set<Long> keys = new HashSet<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<DataKey>> answers = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    answers.add(threads.submit(() -> keyOf(table, owner)));
                }
                for (Future<DataKey> answer : answers) {
                    keys.add(answer.get().keyId());
                }
            }
            assertThat(keys).hasSize(1);
        }
    }

    @Test
    void aKeyThatWasGivenToAnotherPersonIsOfNoUse() throws SQLException {
        KeyTable table = table(NEW, OLD);
        DataKey carl = keyOf(table, KeyOwner.person("carl"));
        database.execute(
                "update domain.person_key set person_id = 'eve' where key_id = " + carl.keyId());

        try (Connection connection = database.connect();
                PreparedStatement query =
                        connection.prepareStatement(
                                "select "
                                        + KeyTable.COLUMNS
                                        + " from domain.person_key k where person_id = 'eve'");
                ResultSet row = query.executeQuery()) {
            assertThat(row.next()).isTrue();
            assertThatThrownBy(() -> table.read(row, 1)).isInstanceOf(BrokenSealException.class);
        }
        database.execute("delete from domain.person_key where person_id = 'eve'");
    }

    @Test
    void aMasterKeyIs32BytesInBase64() {
        String one = Base64.getEncoder().encodeToString(NEW);
        String two = Base64.getEncoder().encodeToString(OLD);

        assertThat(MasterKeys.parse(one + ", " + two)).containsExactly(NEW, OLD);
        assertThatThrownBy(() -> MasterKeys.parse("AAAA"))
                .hasMessage(
                        "a master key of 3 bytes: expected 32 bytes in base64, several keys by commas");
        assertThatThrownBy(() -> MasterKeys.parse("not base64!"))
                .hasMessageStartingWith("a master key that is no base64: expected");
        assertThatThrownBy(() -> MasterKeys.parse(one + ","))
                .hasMessageStartingWith("a master key of 0 bytes: expected");
    }
}
