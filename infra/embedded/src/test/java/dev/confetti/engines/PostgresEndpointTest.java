package dev.confetti.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresEndpointTest {
    @ParameterizedTest
    @CsvSource({
        "postgresql://u:p%40w+1@db:5433/shop,            jdbc:postgresql://db:5433/shop, u, p@w+1",
        "postgres://u@db/shop?sslmode=require, jdbc:postgresql://db/shop?sslmode=require, u, pw",
        "jdbc:postgresql://db/shop?user=u&password=p&ssl=true, jdbc:postgresql://db/shop?ssl=true, u, p",
        "jdbc:postgresql://db/shop,                           jdbc:postgresql://db/shop, me, pw",
        "'jdbc:postgresql://a:1,b:2/shop',                 'jdbc:postgresql://a:1,b:2/shop', me, pw"
    })
    void readsTheUrlsThatPeopleWrite(String url, String jdbcUrl, String user, String password) {
        assertThat(PostgresEndpoint.parse(url, "me", "pw"))
                .isEqualTo(new PostgresEndpoint(jdbcUrl, user, password));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://u:secret@db/shop",
                "postgresql://u:secret@db",
                "postgresql://u:secret@db/",
                "postgresql:/db/shop?password=secret",
                "jdbc:postgresql://db/a b?password=secret",
                ""
            })
    void refusesOthersWithoutTellingThePassword(String url) {
        assertThatThrownBy(() -> PostgresEndpoint.parse(url, null, null))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("expected jdbc:postgresql://host")
                .hasMessageNotContaining("secret");
    }

    @Test
    void configurationNamesAWrongValueAndWhatWasExpected() {
        Path data = Path.of("data");
        assertThatThrownBy(() -> EnginesConfig.embedded(data, 60_000))
                .hasMessage("PostgreSQL port 75432: expected 0 (a free one) to 65535");
        assertThatThrownBy(() -> new EnginesConfig(data, 0, 0, 0, null, "broker", null))
                .hasMessage("Kafka bootstrap 'broker': expected host:port[,host:port…]");
        assertThatThrownBy(
                        () ->
                                new EnginesConfig(
                                        data, 0, 0, 0, null, null, URI.create("http://redis")))
                .hasMessageStartingWith("Redis URL 'http://redis': expected redis://");
    }
}
