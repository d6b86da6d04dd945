package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.engines.TestEngines;
import dev.confetti.events.LogReader;
import dev.confetti.gift.wallet.SnapshotAudit;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A long wallet is read from its snapshot on, and from nothing that is not one. */
class WalletSnapshotTest {
    private final PostgresEndpoint postgres = TestEngines.freshPostgres();

    @Test
    void aWalletIsReadFromItsSnapshotOnAndGoesOnAsIfItHadBeenReadWhole() throws SQLException {
        String liveId;
        try (RunningService service = start()) {
            String viewer = service.token("vic", "viewer");
            liveId = service.activeLive(service.token("ada", "creator"));
            service.grant(service.token("staff", "admin"), "vic", 1_000);
            // The grant is sequence 0, the sends 1 to 25: snapshots are due at 9 and at 19.
            for (int i = 1; i <= 25; i++) {
                assertThat(service.send(viewer, "k" + i, liveId, "ant", 1).status()).isEqualTo(201);
            }
            Eventually.until("the snapshot at sequence 19", () -> snapshotSequence() == 19);
        }
        assertThat(audit()).isEqualTo(new SnapshotAudit(1, List.of()));
        // With a mark in it, so that it shows where the wallet was read from.
        change(
                "state = replace(encode(state, 'escape'), '\"promoCoins\":981',"
                        + " '\"promoCoins\":5981')::bytea");
        assertThat(audit().differences())
                .singleElement()
                .asString()
                .startsWith("wallet vic at sequence 19: ")
                .contains("promoCoins=981", "promoCoins=5981");
        try (RunningService service = start()) {
            String viewer = service.token("vic", "viewer");
            assertThat(service.http().get("/v1/wallet", viewer).number("spendable"))
                    .isEqualTo(5_975);
            Http.Response sent = service.send(viewer, "k26", liveId, "ant", 1);
            assertThat(sent.status()).isEqualTo(201);
            assertThat(sent.number("spendable")).isEqualTo(5_974);
            assertThat(sent.number("comboCount")).isEqualTo(26);
        }
        change("revision = 99");
        assertThat(spendableAfterARestart()).isEqualTo(974);
        change("revision = 1, state = '{}'");
        assertThat(spendableAfterARestart()).isEqualTo(974);
        // What had to be read in full is kept with the next event, out of turn.
        try (RunningService service = start()) {
            String viewer = service.token("vic", "viewer");
            assertThat(service.send(viewer, "k27", liveId, "ant", 1).status()).isEqualTo(201);
            Eventually.until("the snapshot at sequence 27", () -> snapshotSequence() == 27);
        }
        assertThat(audit()).isEqualTo(new SnapshotAudit(1, List.of()));
    }

    private SnapshotAudit audit() throws SQLException {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(postgres.jdbcUrl());
        database.setUser(postgres.user());
        database.setPassword(postgres.password());
        LogReader log = new LogReader(database);
        return SnapshotAudit.of(database, log, log.head());
    }

    private long spendableAfterARestart() {
        try (RunningService service = start()) {
            return service.http()
                    .get("/v1/wallet", service.token("vic", "viewer"))
                    .number("spendable");
        }
    }

    private RunningService start() {
        return RunningService.start(
                postgres,
                "confetti.wallets.snapshot-every=10",
                "confetti.policy.sendsPerSecond=1000",
                "confetti.policy.comboWindow=PT5M",
                "confetti.policy.publisherLease=PT10M");
    }

    private long snapshotSequence() {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select sequence from domain.snapshot where stream_id = 'vic'")) {
            return row.next() ? row.getLong(1) : -1;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void change(String assignments) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("update domain.snapshot set " + assignments))
                    .isEqualTo(1);
        }
    }
}
