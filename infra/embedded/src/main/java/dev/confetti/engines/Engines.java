package dev.confetti.engines;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL, Kafka and Redis, started together from one data folder, or the ones that the
 * configuration names. Closing stops what was started here, in reverse.
 */
public final class Engines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engines.class);
    private static final int KAFKA_TIMEOUT_MS = 20_000;

    private final EnginesConfig config;
    private final DataFolder folder;
    private @Nullable EmbeddedPostgres postgres;
    private @Nullable EmbeddedKafka kafka;
    private @Nullable EmbeddedRedis redis;

    private Engines(EnginesConfig config, DataFolder folder) {
        this.config = config;
        this.folder = folder;
    }

    /**
     * Starts what is to be started, in parallel, and checks what is to be used. Interrupting the
     * calling thread calls the start off and stops what it had begun.
     *
     * @throws EngineException one line: which engine, what was found, what to do
     */
    public static Engines start(EnginesConfig config) {
        Engines engines = new Engines(config, DataFolder.take(config.dataDir()));
        boolean complete = false;
        try {
            engines.startEmbedded();
            engines.check();
            complete = true;
            return engines;
        } finally {
            if (!complete) {
                engines.close();
            }
        }
    }

    /** Whether another process runs on this data folder now. */
    public static boolean inUse(Path dataDir) {
        DataFolder folder = DataFolder.tryTake(dataDir);
        if (folder == null) {
            return true;
        }
        folder.close();
        return false;
    }

    public PostgresEndpoint postgres() {
        return postgres != null ? postgres.endpoint() : required(config.postgres());
    }

    /** {@code host:port,…} */
    public String kafkaBootstrap() {
        return kafka != null ? kafka.bootstrap() : required(config.kafkaBootstrap());
    }

    /** {@code redis://…} */
    public URI redisUrl() {
        return redis != null ? redis.url() : required(config.redisUrl());
    }

    /** Stops what was started here: Redis, Kafka, PostgreSQL; then gives the folder back. */
    @Override
    public void close() {
        List<@Nullable AutoCloseable> inOrder = new ArrayList<>();
        inOrder.add(folder);
        inOrder.add(postgres);
        inOrder.add(kafka);
        inOrder.add(redis);
        for (AutoCloseable each : inOrder.reversed()) {
            try {
                if (each != null) {
                    each.close();
                }
            } catch (Exception e) {
                LOG.warn("{} did not stop well", each.getClass().getSimpleName(), e);
            }
        }
    }

    private void startEmbedded() {
        try (ExecutorService starters =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
            CompletionService<Void> starts = new ExecutorCompletionService<>(starters);
            List<Future<Void>> pending = new ArrayList<>();
            if (config.postgres() == null) {
                pending.add(starts.submit(timed("PostgreSQL", this::startPostgres)));
            }
            if (config.kafkaBootstrap() == null) {
                pending.add(starts.submit(timed("Kafka", this::startKafka)));
            }
            if (config.redisUrl() == null) {
                pending.add(starts.submit(timed("Redis", this::startRedis)));
            }
            try {
                for (int i = 0; i < pending.size(); i++) {
                    starts.take().get();
                }
            } catch (ExecutionException e) {
                // The others are called off; leaving the block waits until they have cleaned up.
                starters.shutdownNow();
                throw e.getCause() instanceof EngineException known
                        ? known
                        : new EngineException("an engine did not start: " + e.getCause(), e);
            } catch (InterruptedException e) {
                starters.shutdownNow();
                throw Interruption.of(e);
            }
        }
    }

    // Each field is written by one starter and read after all of them have ended.

    private String startPostgres() {
        postgres =
                EmbeddedPostgres.start(config.dataDir().resolve("postgres"), config.postgresPort());
        return postgres.endpoint().jdbcUrl();
    }

    private String startKafka() {
        kafka = EmbeddedKafka.start(config.dataDir().resolve("kafka"), config.kafkaPort());
        return kafka.bootstrap();
    }

    private String startRedis() {
        redis = EmbeddedRedis.start(config.dataDir().resolve("redis"), config.redisPort());
        return redis.url().toString();
    }

    private static Callable<Void> timed(String engine, Callable<String> start) {
        return () -> {
            long beginNanos = System.nanoTime();
            String where = start.call();
            long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNanos);
            LOG.info("{} is up at {} ({} ms)", engine, where, tookMs);
            return null;
        };
    }

    /** Our own engines must be durable; about others we can only warn. */
    private void check() {
        List<String> ours = new ArrayList<>();
        List<String> others = new ArrayList<>();
        (postgres != null ? ours : others).addAll(Durability.complaints(postgres()));
        (redis != null ? ours : others).addAll(Durability.complaints(redisUrl()));
        if (kafka == null) {
            requireKafka(kafkaBootstrap());
        }
        others.forEach(complaint -> LOG.warn("NOT DURABLE: {}", complaint));
        if (!ours.isEmpty()) {
            throw new EngineException(String.join("; ", ours));
        }
    }

    private static void requireKafka(String bootstrap) {
        Map<String, Object> settings =
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, KAFKA_TIMEOUT_MS,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, KAFKA_TIMEOUT_MS);
        try (Admin admin = Admin.create(settings)) {
            admin.describeCluster().nodes().get(KAFKA_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (KafkaException | ExecutionException | TimeoutException e) {
            throw new EngineException(
                    "Kafka at "
                            + bootstrap
                            + " does not answer ("
                            + (e instanceof ExecutionException ? e.getCause() : e)
                            + ")",
                    e);
        } catch (InterruptedException e) {
            throw Interruption.of(e);
        }
    }

    private static <T> T required(@Nullable T configured) {
        if (configured == null) {
            throw new IllegalStateException("the engine is closed");
        }
        return configured;
    }
}
