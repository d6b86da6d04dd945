package dev.confetti.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.Jedis;

class DurabilityTest {
    @TempDir Path data;

    @ParameterizedTest
    @CsvSource({
        "fsync,on",
        "synchronous_commit,on",
        "full_page_writes,on",
        "data_checksums,on",
        "server_encoding,UTF8"
    })
    void postgresShowsDurableSettings(String setting, String expected) throws Exception {
        try (Connection connection = TestEngines.freshPostgres().connect();
                Statement statement = connection.createStatement();
                ResultSet shown = statement.executeQuery("SHOW " + setting)) {
            assertThat(shown.next()).isTrue();
            assertThat(shown.getString(1)).isEqualTo(expected);
        }
    }

    @Test
    void redisKeepsAnAppendOnlyFile() {
        try (Jedis jedis = new Jedis(TestEngines.freshRedis())) {
            assertThat(jedis.configGet("append*"))
                    .containsAllEntriesOf(Map.of("appendonly", "yes", "appendfsync", "everysec"));
        }
    }

    @Test
    void aServerThatConfirmsTooEarlyIsComplainedAbout() throws Exception {
        PostgresEndpoint postgres = TestEngines.freshPostgres();
        assertThat(Durability.complaints(postgres)).isEmpty();
        String database = postgres.jdbcUrl().substring(postgres.jdbcUrl().lastIndexOf('/') + 1);
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + database + " SET synchronous_commit = off");
        }
        assertThat(Durability.complaints(postgres))
                .containsExactly(
                        "PostgreSQL runs with synchronous_commit=off, expected on: confirmed gifts"
                                + " can be lost");
    }

    @Test
    void aRedisWithoutAppendOnlyFileIsComplainedAbout() {
        var url = TestEngines.freshRedis();
        assertThat(Durability.complaints(url)).isEmpty();
        try (Jedis jedis = new Jedis(url)) {
            jedis.configSet("appendonly", "no");
        }
        assertThat(Durability.complaints(url))
                .containsExactly(
                        "Redis runs with appendonly=no, expected yes: boards are lost when it stops,"
                                + " until they are rebuilt");
    }

    @Test
    void asRootPostgresAlsoRunsByARealChangeOfUser() throws Exception {
        assumeThat(System.getProperty("user.name"))
                .as("only root can change the user")
                .isEqualTo("root");
        Path open = Files.createTempDirectory(Path.of("/tmp"), "confetti-nobody-");
        assertThat(open.toFile().setExecutable(true, false)).isTrue();
        try {
            Path folder = open.resolve("postgres");
            EmbeddedPostgres first = EmbeddedPostgres.start(folder, 0, LaunchStyle.nobody());
            try (first) {
                assertThat(Durability.complaints(first.endpoint())).isEmpty();
                assertThat(Files.getAttribute(folder.resolve("data"), "unix:uid")).isEqualTo(65534);
            }
            // The same data, by the usual way: the files come back to us.
            try (EmbeddedPostgres second = EmbeddedPostgres.start(folder, 0)) {
                assertThat(Durability.complaints(second.endpoint())).isEmpty();
            }
        } finally {
            DataFolder.deleteRecursively(open);
        }
    }
}
