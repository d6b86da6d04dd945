package dev.confetti.board.standing;

import java.net.URI;
import java.time.Duration;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;

/** Opens pooled clients; connections are made when first used. */
public final class RedisClients {
    private static final int CONNECT_TIMEOUT_MS = 2_000;

    /** Above the longest script that a healthy server runs for us. */
    private static final int ANSWER_TIMEOUT_MS = 5_000;

    private static final int MOST_CONNECTIONS = 16;

    private RedisClients() {}

    /**
     * A client.
     *
     * @param url see {@link RedisAddress#of}
     */
    public static RedisClient open(URI url) {
        return open(url, ANSWER_TIMEOUT_MS);
    }

    /**
     * A client that waits longer or shorter for answers.
     *
     * @param answerTimeoutMs more than 0
     */
    public static RedisClient open(URI url, int answerTimeoutMs) {
        RedisAddress address = RedisAddress.of(url);
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(MOST_CONNECTIONS);
        pool.setMaxIdle(MOST_CONNECTIONS);
        pool.setMaxWait(Duration.ofMillis(answerTimeoutMs));
        pool.setJmxEnabled(false);
        return RedisClient.builder()
                .hostAndPort(address.host(), address.port())
                .clientConfig(
                        DefaultJedisClientConfig.builder()
                                .user(address.user())
                                .password(address.password())
                                .database(address.database())
                                .ssl(address.tls())
                                .connectionTimeoutMillis(CONNECT_TIMEOUT_MS)
                                .socketTimeoutMillis(answerTimeoutMs)
                                .build())
                .poolConfig(pool)
                .build();
    }
}
