package dev.confetti.board.standing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.engines.TestEngines;
import java.net.URI;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.UnifiedJedis;

class RedisClientsTest {
    @Test
    void userPasswordAndDatabaseOfTheUrlAreUsed() {
        URI url = TestEngines.freshRedis();
        try (Jedis admin = new Jedis(url)) {
            admin.aclSetUser("me", "on", ">p@ss", "~mine", "+@all");
        }
        try (UnifiedJedis anybody = RedisClients.open(url);
                UnifiedJedis me =
                        RedisClients.open(
                                URI.create("redis://me:p%40ss@" + url.getAuthority() + "/3"))) {
            me.set("mine", "x");
            assertThat(me.get("mine")).isEqualTo("x");
            assertThat(anybody.get("mine")).as("in database 0").isNull();
            assertThatThrownBy(() -> me.get("another")).hasMessageContaining("NOPERM");
        }
    }
}
