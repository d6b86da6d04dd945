package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {
    @Test
    void theDriversFormStaysAsItIs() {
        assertThat(read("jdbc:postgresql://db:5432/shop?ssl=true"))
                .isEqualTo(new PostgresUrl("jdbc:postgresql://db:5432/shop?ssl=true", "u", "p"));
    }

    @Test
    void userAndPasswordInTheUrlWin() {
        assertThat(read("postgresql://me:a%40b+c@db:5432/shop?ssl=true"))
                .isEqualTo(
                        new PostgresUrl("jdbc:postgresql://db:5432/shop?ssl=true", "me", "a@b+c"));
        assertThat(read("postgres://me@db/shop"))
                .isEqualTo(new PostgresUrl("jdbc:postgresql://db/shop", "me", "p"));
        assertThat(read("postgres://db/shop"))
                .isEqualTo(new PostgresUrl("jdbc:postgresql://db/shop", "u", "p"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db",
                "postgresql:db",
                "postgresql://db",
                "mysql://me:secret@db/shop",
                "a b"
            })
    void anythingElseIsRefusedWithoutItsPassword(String text) {
        assertThatThrownBy(() -> read(text))
                .hasMessageStartingWith("the.key \"")
                .hasMessageContaining("expected jdbc:postgresql://HOST:PORT/DATABASE or")
                .hasMessageNotContaining("secret");
    }

    private static PostgresUrl read(String text) {
        return PostgresUrl.of("the.key", text, "u", "p");
    }
}
