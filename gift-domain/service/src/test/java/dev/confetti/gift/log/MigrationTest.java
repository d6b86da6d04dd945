package dev.confetti.gift.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.engines.TestEngines;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A database of an earlier build, brought up to this one. */
class MigrationTest {
    private final PostgresEndpoint postgres = TestEngines.freshPostgres();

    @Test
    void giftsThatWereReversedBeforeTheTableAreInIt() throws SQLException {
        migrateTo("2");
        try (Connection connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    insert into domain.event_log values
                    (1, '00000000-0000-0000-0000-000000000001', 'wallet', 'ann', 0, 'confetti.gift-sent.v1',
                     '{"giftSendId":"00000000-0000-0000-0000-000000000001","creatorId":"ada"}', null, now(), now(), sha256('a')),
                    (2, '00000000-0000-0000-0000-000000000002', 'wallet', 'ann', 1, 'confetti.gift-reversed.v1',
                     '{"giftSendId":"00000000-0000-0000-0000-000000000001"}', null, now(), now(), sha256('b'))
                    """);
            migrateTo("latest");

            try (ResultSet row = statement.executeQuery("select * from domain.reversed_gift")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getObject("gift_send_id", UUID.class)).isEqualTo(new UUID(0, 1));
                assertThat(row.getObject("event_id", UUID.class)).isEqualTo(new UUID(0, 2));
                assertThat(row.getLong("position")).isEqualTo(2);
                assertThat(row.getString("creator_id")).isEqualTo("ada");
                assertThat(row.getLong("sent_position")).isEqualTo(1);
                assertThat(row.next()).isFalse();
            }
        }
    }

    private void migrateTo(String version) {
        Flyway.configure()
                .dataSource(postgres.jdbcUrl(), postgres.user(), postgres.password())
                .schemas(GiftDatabase.SCHEMA)
                .defaultSchema(GiftDatabase.SCHEMA)
                .locations("classpath:db/gift")
                .target(version)
                .load()
                .migrate();
    }
}
