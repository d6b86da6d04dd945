package dev.confetti.board.standing;

import java.net.URI;
import java.time.Duration;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.RedisClient;

/** Opens pooled clients; connections are made when first used. */
public final class RedisClients {
    private RedisClients() {}

    /**
     * A client.
     *
     * @param url {@code redis://[user:password@]host:port[/database]}
     */
    public static RedisClient open(URI url) {
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(16);
        pool.setMaxIdle(16);
        pool.setMaxWait(Duration.ofSeconds(5));
        pool.setJmxEnabled(false);
        return RedisClient.builder().fromURI(url).poolConfig(pool).build();
    }
}
