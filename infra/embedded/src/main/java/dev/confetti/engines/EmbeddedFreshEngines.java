package dev.confetti.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fresh embedded engines below the temporary folder. What a killed test run left there is ended and
 * deleted by the next one.
 */
final class EmbeddedFreshEngines implements TestEngines.FreshEngines {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedFreshEngines.class);

    private final DataFolder run;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private @Nullable EmbeddedPostgres postgres;
    private int count;

    EmbeddedFreshEngines() {
        Path base =
                Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "confetti-test-engines-" + System.getProperty("user.name"));
        run = newRun(base.toAbsolutePath());
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "test-engines-stop"));
    }

    @Override
    public synchronized PostgresEndpoint freshPostgres() {
        if (postgres == null) {
            EmbeddedPostgres server = EmbeddedPostgres.start(run.path().resolve("postgres"), 0);
            // A checkpoint of a hundred databases takes half a minute, and all is deleted next.
            started.push(server::abort);
            postgres = server;
        }
        String database = "test_" + ++count;
        try (Connection connection = postgres.endpoint("postgres").connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database);
        } catch (SQLException e) {
            throw new EngineException("cannot create database " + database, e);
        }
        return postgres.endpoint(database);
    }

    @Override
    public synchronized String freshKafka() {
        EmbeddedKafka kafka = EmbeddedKafka.start(run.path().resolve("kafka-" + ++count), 0);
        started.push(kafka);
        return kafka.bootstrap();
    }

    @Override
    public synchronized URI freshRedis() {
        EmbeddedRedis redis = EmbeddedRedis.start(run.path().resolve("redis-" + ++count), 0);
        started.push(redis);
        return redis.url();
    }

    /** All at once: a broker takes seconds to stop, and a run may have a dozen. */
    private synchronized void close() {
        List<Thread> stopping =
                started.stream()
                        .map(engine -> Thread.ofPlatform().start(() -> stop(engine)))
                        .toList();
        started.clear();
        for (Thread each : stopping) {
            try {
                each.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        DataFolder.deleteRecursively(run.path());
        run.close();
    }

    private static void stop(AutoCloseable engine) {
        try {
            engine.close();
        } catch (Exception e) {
            LOG.warn("a test engine did not stop well", e);
        }
    }

    private static DataFolder newRun(Path base) {
        try {
            Files.createDirectories(base);
            try (FileChannel channel =
                            FileChannel.open(
                                    base.resolve("lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                LOG.debug("holding {}", lock);
                sweep(base);
                Path fresh = Files.createTempDirectory(base, "run-");
                // A server that runs as another user must be able to come in.
                if (!fresh.toFile().setExecutable(true, false)) {
                    LOG.debug("{} stays closed to other users", fresh);
                }
                return DataFolder.take(fresh);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + base, e);
        }
    }

    private static void sweep(Path base) throws IOException {
        for (Path old : children(base, "run-")) {
            try (DataFolder abandoned = DataFolder.tryTake(old)) {
                if (abandoned == null) {
                    continue;
                }
                for (Path engine : children(old, "")) {
                    PidRecord.endOrphan("a test engine", engine, "KILL", 0);
                }
                DataFolder.deleteRecursively(old);
            } catch (UncheckedIOException e) {
                LOG.warn("cannot clear {}: {}", old, e.getMessage());
            }
        }
    }

    private static List<Path> children(Path parent, String prefix) throws IOException {
        try (Stream<Path> all = Files.list(parent)) {
            return all.filter(Files::isDirectory)
                    .filter(path -> String.valueOf(path.getFileName()).startsWith(prefix))
                    .toList();
        }
    }
}
