package dev.confetti.board.standing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {
    @Test
    void aServerIsNamedByItsHost() {
        RedisAddress address = RedisAddress.of(URI.create("rediss://me:p%40ss@r.example:7000/3"));

        assertThat(address.nodes()).hasToString("[r.example:7000]");
        assertThat(address.isCluster()).isFalse();
        assertThat(address.user()).isEqualTo("me");
        assertThat(address.password()).isEqualTo("p@ss");
        assertThat(address.database()).isEqualTo(3);
        assertThat(address.tls()).isTrue();
    }

    @Test
    void aClusterIsNamedBySeveral() {
        RedisAddress address =
                RedisAddress.of(URI.create("redis://:secret@a,b:7001,127.0.0.1:7002"));

        assertThat(address.nodes()).hasToString("[a:6379, b:7001, 127.0.0.1:7002]");
        assertThat(address.isCluster()).isTrue();
        assertThat(address.user()).isNull();
        assertThat(address.password()).isEqualTo("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a:1",
                "redis:a",
                "redis://a:1/x",
                "redis://a:1,b:2/1",
                "redis://a:1,,b:2",
                "redis://a:b",
                "redis://u:secret@a:1,b@c:2"
            })
    void whatIsNoAddressIsRefusedWithoutItsPassword(String url) {
        assertThatThrownBy(() -> RedisAddress.of(URI.create(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected redis[s]://")
                .hasMessageNotContaining("secret");
    }
}
