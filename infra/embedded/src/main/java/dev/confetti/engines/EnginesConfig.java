package dev.confetti.engines;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which engines to start and which to use as they are.
 *
 * @param dataDir the folder that holds everything the embedded engines keep
 * @param postgresPort loopback port, 0 for a free one
 * @param kafkaPort loopback port, 0 for a free one
 * @param redisPort loopback port, 0 for a free one
 * @param postgres a server to use instead of the embedded one
 * @param kafkaBootstrap brokers to use instead of the embedded one, {@code host:port,…}
 * @param redisUrl a server to use instead of the embedded one, {@code redis://…} or {@code
 *     rediss://…}
 */
public record EnginesConfig(
        Path dataDir,
        int postgresPort,
        int kafkaPort,
        int redisPort,
        @Nullable PostgresEndpoint postgres,
        @Nullable String kafkaBootstrap,
        @Nullable URI redisUrl) {
    public static final int POSTGRES_PORT = 15432;
    public static final int KAFKA_PORT = 19092;
    public static final int REDIS_PORT = 16379;

    public EnginesConfig {
        dataDir = dataDir.toAbsolutePath().normalize();
        requirePort("PostgreSQL", postgresPort);
        requirePort("Kafka", kafkaPort);
        requirePort("Redis", redisPort);
        if (redisUrl != null) {
            RedisUrl.servers(redisUrl);
        }
        if (kafkaBootstrap != null
                && !kafkaBootstrap.matches("[^\\s,:]+:\\d{1,5}(,[^\\s,:]+:\\d{1,5})*")) {
            throw new EngineException(
                    "Kafka bootstrap '" + kafkaBootstrap + "': expected host:port[,host:port…]");
        }
    }

    /** All three embedded, on the usual ports moved by an offset. */
    public static EnginesConfig embedded(Path dataDir, int portOffset) {
        return new EnginesConfig(
                dataDir,
                POSTGRES_PORT + portOffset,
                KAFKA_PORT + portOffset,
                REDIS_PORT + portOffset,
                null,
                null,
                null);
    }

    /** All three embedded, on free ports. */
    public static EnginesConfig onFreePorts(Path dataDir) {
        return new EnginesConfig(dataDir, 0, 0, 0, null, null, null);
    }

    private static void requirePort(String engine, int port) {
        if (port < 0 || port > 65535) {
            throw new EngineException(
                    engine + " port " + port + ": expected 0 (a free one) to 65535");
        }
    }
}
