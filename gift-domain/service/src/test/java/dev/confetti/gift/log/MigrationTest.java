package dev.confetti.gift.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.engines.TestEngines;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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

    @Test
    void whatProvidersOwedBeforeTheTableIsInIt() throws SQLException {
        migrateTo("10");
        try (Connection connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    insert into domain.event_log values
                    (1, '00000000-0000-0000-0000-000000000001', 'wallet', 'ann', 0, 'confetti.coins-purchased.v1',
                     '{"purchaseId":"00000000-0000-0000-0000-000000000001","priceMinor":2000,"taxMinor":400,"commissionMinor":88,"currency":"USD","provider":"stripe","providerReference":"pi_1"}',
                     null, now(), now(), sha256('a')),
                    (2, '00000000-0000-0000-0000-000000000002', 'wallet', 'ann', 1, 'confetti.purchase-refunded.v1',
                     '{"purchaseId":"00000000-0000-0000-0000-000000000001","amountMinor":2400,"commissionReturnedMinor":8,"currency":"USD","provider":"stripe","providerReference":"re_1"}',
                     null, now(), now(), sha256('b')),
                    (3, '00000000-0000-0000-0000-000000000003', 'wallet', 'ann', 2, 'confetti.chargeback-opened.v1',
                     '{"purchaseId":"00000000-0000-0000-0000-000000000001","amountMinor":2400,"feeMinor":1500,"currency":"USD","provider":"stripe","providerReference":"dp_1"}',
                     null, now(), now(), sha256('c')),
                    (4, '00000000-0000-0000-0000-000000000004', 'wallet', 'ann', 3, 'confetti.chargeback-won.v1',
                     '{"chargebackId":"00000000-0000-0000-0000-000000000003","amountMinor":2400}', null, now(), now(), sha256('d'))
                    """);
            migrateTo("latest");

            List<String> movements = new ArrayList<>();
            try (ResultSet row =
                    statement.executeQuery(
                            "select * from domain.provider_movement order by position")) {
                while (row.next()) {
                    movements.add(
                            row.getString("kind")
                                    + " "
                                    + row.getString("provider")
                                    + " "
                                    + row.getString("reference")
                                    + " "
                                    + row.getLong("gross_minor")
                                    + " "
                                    + row.getLong("fee_minor"));
                }
            }
            assertThat(movements)
                    .containsExactly(
                            "purchase stripe pi_1 2400 88",
                            "refund stripe re_1 -2400 -8",
                            "chargeback stripe dp_1 -2400 1500",
                            "chargeback-won stripe dp_1 2400 0");
        }
    }

    @Test
    void linesThatWereDownAndNotRecordedHaveAClaim() throws SQLException {
        migrateTo("13");
        try (Connection connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    insert into domain.settlement_line values
                    ('00000000-0000-0000-0000-000000000001', 2, null, 'fee', '', 0, 50, -50, 0, 50, 0, 'fee-alone'),
                    ('00000000-0000-0000-0000-000000000002', 2, '00000000-0000-0000-0000-00000000000a', 'purchase', 'a', 1000, 300, 700, 700, 0, 0, 'as-booked'),
                    ('00000000-0000-0000-0000-000000000002', 3, '00000000-0000-0000-0000-00000000000b', 'purchase', 'b', 1000, 300, 700, 700, 0, 0, 'as-booked')
                    """);
            statement.execute(
                    """
                    insert into domain.provider_settlement values
                    ('00000000-0000-0000-0000-000000000001', 'apple', 's', 'USD', '1021:receivable:apple',
                     -50, 0, 50, 0, 1, 'x', 'fin', now(), 1)
                    """);
            migrateTo("latest");

            try (ResultSet row = statement.executeQuery("select * from domain.settlement_claim")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getObject("settlement_id", UUID.class)).isEqualTo(new UUID(0, 2));
                assertThat(row.getInt("lines")).isEqualTo(2);
                assertThat(row.getLong("receivable_minor")).isEqualTo(1_400);
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
