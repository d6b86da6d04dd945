package dev.confetti.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

class RedisUrlTest {
    @Test
    void aServerIsNamedAndSeveralAreOfACluster() {
        assertThat(RedisUrl.servers(URI.create("rediss://me:secret@r.example/3")))
                .containsExactly(URI.create("rediss://me:secret@r.example:6379/3"));
        assertThat(RedisUrl.servers(URI.create("redis://[::1]:7000")))
                .containsExactly(URI.create("redis://[::1]:7000"));
        assertThat(RedisUrl.servers(URI.create("redis://:secret@127.0.0.1:7001,b")))
                .containsExactly(
                        URI.create("redis://:secret@127.0.0.1:7001"),
                        URI.create("redis://:secret@b:6379"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a",
                "redis:a",
                "redis://me:secret@a,,b",
                "redis://me:secret@a:b",
                "redis://me:secret@a,you@b",
                "redis://me:secret@a:65536",
                "redis://me:secret@a/x",
                "redis://me:secret@a,b/1"
            })
    void whatIsNoUrlOfRedisIsRefusedWithoutItsPassword(String url) {
        assertThatThrownBy(() -> RedisUrl.servers(URI.create(url)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("expected redis://")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aClusterIsAskedServerByServerWhetherItKeepsWhatItConfirms(@TempDir Path folder) {
        try (EmbeddedRedisCluster cluster = EmbeddedRedisCluster.start(folder)) {
            assertThat(Durability.complaints(cluster.url())).isEmpty();
            try (Jedis last =
                    new Jedis("127.0.0.1", RedisUrl.servers(cluster.url()).getLast().getPort())) {
                last.configSet("appendonly", "no");
            }
            assertThat(Durability.complaints(cluster.url()))
                    .singleElement()
                    .asString()
                    .startsWith("Redis runs with appendonly=no");
        }
    }
}
