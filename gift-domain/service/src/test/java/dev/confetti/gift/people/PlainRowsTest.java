package dev.confetti.gift.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.engines.TestEngines;
import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.finance.BreakageTable;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.signin.Persons;
import dev.confetti.gift.vault.KeyTable;
import dev.confetti.gift.vault.MasterKeys;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A database of the version before names and texts were sealed. */
class PlainRowsTest {
    private static final UUID PAYOUT = new UUID(0, 1);
    private static final UUID LIVE = new UUID(0, 2);
    private static final UUID ORPHAN = new UUID(0, 3);

    private final PostgresEndpoint postgres = TestEngines.freshPostgres();
    private final GiftDatabase database = new GiftDatabase(pool());
    private final KeyTable keys =
            new KeyTable(MasterKeys.of(List.of(new byte[32])), new SecureRandom());

    private HikariDataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(postgres.jdbcUrl());
        pool.setUsername(postgres.user());
        pool.setPassword(postgres.password());
        pool.setMaximumPoolSize(2);
        return pool;
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void migrateTo(String version) {
        Flyway.configure()
                .dataSource(database.dataSource())
                .schemas(GiftDatabase.SCHEMA)
                .defaultSchema(GiftDatabase.SCHEMA)
                .locations("classpath:db/gift")
                .target(version)
                .load()
                .migrate();
    }

    /** More than one batch of estimates, of the version before their reasons were sealed. */
    @Test
    void reasonsOfEstimatesThatWerePlainAreSealedAndReadAsBefore() throws SQLException {
        migrateTo("13");
        run(
                """
                insert into domain.breakage (breakage_id, period, currency, amount_micros, reason,
                    requested_by, requested_at)
                select ('00000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, '2026-01',
                    'USD', 1, 'cohort ' || n, 'fin', now()
                from generate_series(1, 600) n
                """);
        database.migrate();
        UUID last = UUID.fromString("00000000-0000-0000-0000-000000000600");
        assertThat(reason(last)).isEqualTo("cohort 600");
        // Whoever decides meanwhile is not held up.
        run(
                "update domain.breakage set status = 'rejected', decided_by = 'b', decided_at = now()"
                        + " where breakage_id = '"
                        + last
                        + "'");

        assertThat(new PlainRows(database, keys).seal()).isEqualTo(600);

        assertThat(number("select count(*) from domain.breakage where reason is not null"))
                .isZero();
        assertThat(new PlainRows(database, keys).seal()).isZero();
        assertThat(reason(last)).isEqualTo("cohort 600");
    }

    @Test
    void whereThereAreNoEstimatesNothingIsToBeSealed() throws SQLException {
        migrateTo("13");
        database.migrate();
        assertThat(number("select count(*) from domain.plain_table where name = 'breakage'"))
                .isZero();
    }

    @Test
    void whatWasPlainIsSealedAndReadsAsBefore() throws SQLException {
        migrateTo("10");
        run(
                """
                insert into domain.event_log values
                (1, '00000000-0000-0000-0000-000000000001', 'creator', 'ada', 0, 'confetti.payout-requested.v1',
                 '{"payoutId":"00000000-0000-0000-0000-000000000001","creatorId":"ada","diamonds":"20.0000","amountMinor":20,"currency":"USD"}',
                 null, now(), now(), sha256('a')),
                (2, '00000000-0000-0000-0000-000000000002', 'live', 'l1', 0, 'confetti.live-created.v1',
                 '{"liveId":"l1","creatorId":"ada"}', null, now(), now(), sha256('b'))
                """);
        run(
                """
                insert into domain.event_text values
                ('00000000-0000-0000-0000-000000000001', 'iban', 'DE89370400440532013000'),
                ('00000000-0000-0000-0000-000000000001', 'name', 'Ada L.'),
                ('00000000-0000-0000-0000-000000000002', 'title', 'A title'),
                ('00000000-0000-0000-0000-000000000003', 'late', 'x')
                """);
        // More than one batch.
        run(
                """
                insert into domain.person
                select 'p' || n, 'Name ' || n from generate_series(1, 1100) n
                union all select 'ada', 'Ada'
                """);
        database.migrate();
        EventTexts texts = new EventTexts(database, keys);
        Persons persons = new Persons(database, keys);
        // Until its turn comes a row reads as it is.
        assertThat(texts.of(LIVE)).isEqualTo(Map.of("title", "A title"));
        assertThat(persons.names(Set.of("ada"))).isEqualTo(Map.of("ada", "Ada"));
        assertThat(new PeopleTables(database).hasPlain()).isTrue();

        assertThat(new PlainRows(database, keys).seal()).isEqualTo(1105);

        assertThat(number("select count(*) from domain.person where name is not null")).isZero();
        assertThat(number("select count(*) from domain.event_text where value is not null"))
                .isZero();
        assertThat(new PeopleTables(database).hasPlain()).isFalse();
        assertThat(new PlainRows(database, keys).seal()).isZero();
        assertThat(texts.of(List.of(PAYOUT, LIVE, ORPHAN)))
                .isEqualTo(
                        Map.of(
                                PAYOUT,
                                Map.of("iban", "DE89370400440532013000", "name", "Ada L."),
                                LIVE,
                                Map.of("title", "A title"),
                                ORPHAN,
                                Map.of("late", "x")));
        assertThat(new Persons(database, keys).names(Set.of("ada", "p1100")))
                .isEqualTo(Map.of("ada", "Ada", "p1100", "Name 1100"));
        // The account goes by a key of its own, the title by the creator's.
        run("delete from domain.person_key where person_id = 'ada' and record_id is null");
        assertThat(texts.of(PAYOUT)).hasSize(2);
        assertThat(texts.of(LIVE)).isEmpty();
    }

    private @Nullable String reason(UUID breakageId) {
        return new BreakageTable(database, keys).find(breakageId).orElseThrow().reason();
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
