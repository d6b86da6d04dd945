package dev.confetti.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.board.standing.RedisClients;
import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.engines.TestEngines;
import dev.confetti.ledger.journal.LedgerSchema;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine;
import redis.clients.jedis.UnifiedJedis;

class RebuildCommandTest {
    @TempDir private Path folder = Path.of("");

    /** A command's exit code, and what it said of an error. */
    private record Ended(int exitCode, String error) {}

    private Ended run(Map<String, String> environment, String arguments) {
        CommandLine line = Confetti.commandLine(environment);
        StringWriter said = new StringWriter();
        line.setErr(new PrintWriter(said));
        int exitCode = line.execute(("rebuild " + arguments).split(" ", -1));
        return new Ended(exitCode, said.toString().strip());
    }

    @ParameterizedTest
    @CsvSource({
        "boards, rebuild boards: expected rebuild ledger or rebuild leaderboards",
        "leaderboards --back, 'rebuild leaderboards: expected neither --back nor --drop-old, no boards are kept beside the live ones'",
        "leaderboards --drop-old, 'rebuild leaderboards: expected neither --back nor --drop-old, no boards are kept beside the live ones'",
        "ledger --back --drop-old, 'expected at most one of --accept-differences, --back and --drop-old'",
        "ledger --back --accept-differences, 'expected at most one of --accept-differences, --back and --drop-old'",
        "ledger --drop-old --accept-differences, 'expected at most one of --accept-differences, --back and --drop-old'"
    })
    void whatCannotBeDoneIsRefusedBeforeAnythingIs(String arguments, String refusal) {
        Path none = folder.resolve("none");
        assertThat(run(Map.of("CONFETTI_DATA", none.toString()), arguments))
                .isEqualTo(new Ended(1, "confetti: " + refusal));
    }

    /** An empty ledger, which then differs from its empty log by what one creator can be paid. */
    @Test
    void aLedgerIsReplacedOnlyByAnEqualOneUnlessAskedForAndGoneBackToAndDropped() throws Exception {
        PostgresEndpoint postgres = TestEngines.freshPostgres();
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(postgres.jdbcUrl());
        database.setUser(postgres.user());
        database.setPassword(postgres.password());
        LedgerSchema.migrate(database, LedgerSchema.LIVE);
        createEmptyLog(postgres);
        Map<String, String> environment =
                new HashMap<>(
                        Map.of(
                                "CONFETTI_DATA", folder.toString(),
                                "CONFETTI_POSTGRES_URL", postgres.jdbcUrl(),
                                "CONFETTI_POSTGRES_USER", postgres.user(),
                                "CONFETTI_POSTGRES_PASSWORD", postgres.password()));
        Ended done = new Ended(0, "");
        try (FileChannel inUse = OnPlatformTest.inUse(folder)) {
            assertThat(inUse.isOpen()).isTrue();
            assertThat(run(environment, "ledger --back"))
                    .isEqualTo(
                            new Ended(
                                    1,
                                    "confetti: rebuild: no replaced ledger is kept: expected a"
                                            + " schema ledger_old_N"));
            assertThat(run(environment, "ledger")).isEqualTo(done);
            assertThat(ledgers(postgres)).containsExactly("ledger", "ledger_old_1");
            execute(postgres, "insert into ledger.creator_payable values ('nobody', 1, 5)");

            assertThat(run(environment, "ledger")).isEqualTo(new Ended(1, ""));
            assertThat(payables(postgres)).isEqualTo("1");
            assertThat(run(environment, "ledger --accept-differences")).isEqualTo(done);
            assertThat(payables(postgres)).isEqualTo("0");
            assertThat(run(environment, "ledger --back")).isEqualTo(done);
            assertThat(payables(postgres)).isEqualTo("1");
            assertThat(run(environment, "ledger --drop-old")).isEqualTo(done);
            assertThat(ledgers(postgres)).containsExactly("ledger");
            assertThat(payables(postgres)).isEqualTo("1");

            environment.put("CONFETTI_LEDGER_SEALKEY", "no key");
            Ended refused = run(environment, "ledger --accept-differences");
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.error()).startsWith("confetti: CONFETTI_LEDGER_SEALKEY");
            assertThat(payables(postgres)).isEqualTo("1");
        }
    }

    @Test
    void boardsAreReplacedOnlyByEqualOnesUnlessAskedFor() throws Exception {
        PostgresEndpoint postgres = TestEngines.freshPostgres();
        URI redisUrl = TestEngines.freshRedis();
        createEmptyLog(postgres);
        Map<String, String> environment =
                Map.of(
                        "CONFETTI_DATA", folder.toString(),
                        "CONFETTI_POSTGRES_URL", postgres.jdbcUrl(),
                        "CONFETTI_POSTGRES_USER", postgres.user(),
                        "CONFETTI_POSTGRES_PASSWORD", postgres.password(),
                        "CONFETTI_REDIS_URL", redisUrl.toString());
        try (FileChannel inUse = OnPlatformTest.inUse(folder);
                UnifiedJedis redis = RedisClients.open(redisUrl)) {
            assertThat(inUse.isOpen()).isTrue();
            assertThat(run(environment, "leaderboards")).isEqualTo(new Ended(0, ""));
            assertThat(redis.get("board:{0}:generation")).isEqualTo("2");
            redis.zadd("board:{0}:2:live/never", 5, "zzzzzzzzsomebody");

            assertThat(run(environment, "leaderboards")).isEqualTo(new Ended(1, ""));
            assertThat(redis.get("board:{0}:generation")).isEqualTo("2");
            assertThat(run(environment, "leaderboards --accept-differences"))
                    .isEqualTo(new Ended(0, ""));
            assertThat(redis.get("board:{0}:generation")).isEqualTo("3");
            assertThat(redis.keys("*live/never")).isEmpty();
        }
    }

    private static void createEmptyLog(PostgresEndpoint postgres) throws SQLException {
        execute(
                postgres,
                """
                create schema domain;
                create table domain.event_log(position bigint primary key, event_id uuid, stream_type text,
                    stream_id text, sequence bigint, type text, payload bytea, metadata bytea,
                    occurred_at timestamptz, recorded_at timestamptz, hash bytea)
                """);
    }

    private static void execute(PostgresEndpoint postgres, String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> ledgers(PostgresEndpoint postgres) throws SQLException {
        return texts(
                postgres,
                "select nspname from pg_namespace where nspname ~ '^ledger(_old|_new|$)' order by 1");
    }

    private static String payables(PostgresEndpoint postgres) throws SQLException {
        return texts(postgres, "select count(*) from ledger.creator_payable").getFirst();
    }

    private static List<String> texts(PostgresEndpoint postgres, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }
}
