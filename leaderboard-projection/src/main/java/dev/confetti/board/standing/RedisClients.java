package dev.confetti.board.standing;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** Opens pooled clients; connections are made when first used. */
public final class RedisClients {
    private static final Logger LOG = LoggerFactory.getLogger(RedisClients.class);

    /** What {@link #open} takes, for people. */
    public static final String EXPECTED = RedisAddress.EXPECTED;

    private static final int CONNECT_TIMEOUT_MS = 2_000;

    /** Above the longest script that a healthy server runs for us. */
    private static final int ANSWER_TIMEOUT_MS = 5_000;

    private static final int MOST_CONNECTIONS = 16;
    private static final int MOST_TRIES = 4;

    /** How long a pipeline may miss that a slot was moved. */
    private static final Duration TOPOLOGY_REFRESH = Duration.ofSeconds(5);

    private RedisClients() {}

    /**
     * A client.
     *
     * @param url {@code redis[s]://[user:password@]host[:port][/database]}, or the same with
     *     several {@code host[:port]} between commas for a cluster, which must then answer
     */
    public static UnifiedJedis open(URI url) {
        return open(url, ANSWER_TIMEOUT_MS);
    }

    /**
     * A client that waits longer or shorter for answers.
     *
     * @param answerTimeoutMs more than 0
     */
    public static UnifiedJedis open(URI url, int answerTimeoutMs) {
        RedisAddress address = RedisAddress.of(url);
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(MOST_CONNECTIONS);
        pool.setMaxIdle(MOST_CONNECTIONS);
        pool.setMaxWait(Duration.ofMillis(answerTimeoutMs));
        pool.setJmxEnabled(false);
        JedisClientConfig client =
                DefaultJedisClientConfig.builder()
                        .user(address.user())
                        .password(address.password())
                        .database(address.database())
                        .ssl(address.tls())
                        .connectionTimeoutMillis(CONNECT_TIMEOUT_MS)
                        .socketTimeoutMillis(answerTimeoutMs)
                        .build();
        return address.isCluster()
                ? RedisClusterClient.builder()
                        .nodes(Set.copyOf(address.nodes()))
                        .clientConfig(client)
                        .poolConfig(pool)
                        .topologyRefreshPeriod(TOPOLOGY_REFRESH)
                        .build()
                : RedisClient.builder()
                        .hostAndPort(address.nodes().getFirst())
                        .clientConfig(client)
                        .poolConfig(pool)
                        .build();
    }

    /**
     * Asks by a pipeline, and again where a cluster has moved what was asked for.
     *
     * @param question may be asked several times
     */
    public static <T> T following(UnifiedJedis redis, Supplier<T> question) {
        for (int tries = 1; ; tries++) {
            try {
                return question.get();
            } catch (JedisRedirectionException e) {
                if (tries >= MOST_TRIES) {
                    throw e;
                }
                followMoves(redis);
            }
        }
    }

    /**
     * Asks each shard for a key by a plain command, which follows where a cluster has moved it and
     * remembers; pipelines only find out.
     */
    static void followMoves(UnifiedJedis redis) {
        for (Shard shard : Shard.all()) {
            redis.exists(shard.generationKey());
        }
    }

    /**
     * Asks by a pipeline, which is closed again.
     *
     * @param questions puts them into the pipeline, and says how their answers are read
     * @throws JedisException when an answer is an error, or when there is none because a server of
     *     a cluster is away
     */
    public static <T> T pipelined(
            UnifiedJedis redis, Function<AbstractPipeline, Supplier<T>> questions) {
        AbstractPipeline pipeline = redis.pipelined();
        try {
            Supplier<T> answers = questions.apply(pipeline);
            sync(pipeline);
            return answers.get();
        } finally {
            try {
                pipeline.close();
            } catch (NullPointerException e) {
                // As below; what is thrown already says more.
                LOG.debug("a pipeline could not be closed in order", e);
            }
        }
    }

    /**
     * A pipeline's answer.
     *
     * @throws JedisException when there is none, because it was an error or because a server of a
     *     cluster is away, which its pipeline passes over in silence
     */
    public static <T> T answer(Response<T> response) {
        try {
            return response.get();
        } catch (IllegalStateException e) {
            throw new JedisConnectionException("a server of the Redis Cluster did not answer", e);
        }
    }

    private static void sync(AbstractPipeline pipeline) {
        try {
            pipeline.sync();
        } catch (NullPointerException e) {
            // What Jedis's pipeline of a cluster does when it could not connect to a server.
            throw new JedisConnectionException("a server of the Redis Cluster is away", e);
        }
    }
}
