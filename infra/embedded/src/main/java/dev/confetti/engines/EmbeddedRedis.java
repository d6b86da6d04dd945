package dev.confetti.engines;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A real Redis server on the loopback address with its append-only file on. Its data stays in the
 * folder; a next start goes on with it.
 *
 * <p>The file is flushed to disk every second, not at each write: each write is handed to the
 * operating system before its answer, so a killed server loses nothing, and what a power cut can
 * take (a second of scores, together with their source positions) comes again from the event log.
 */
public final class EmbeddedRedis implements AutoCloseable {
    private static final long START_TIMEOUT_MS = 60_000;
    private static final long STOP_PATIENCE_MS = 10_000;
    private static final int PING_TIMEOUT_MS = 2_000;

    private final EngineProcess process;
    private final int port;

    private EmbeddedRedis(EngineProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts the server.
     *
     * @param folder its own folder, absolute; nobody else may be starting on it
     * @param port 0 for a free one
     */
    public static EmbeddedRedis start(Path folder, int port) {
        return start(folder, port, List.of(), Map.of());
    }

    /**
     * The same in another environment.
     *
     * @param environment variables that differ from this process's, such as the locale
     */
    public static EmbeddedRedis start(Path folder, int port, Map<String, String> environment) {
        return start(folder, port, List.of(), environment);
    }

    /** The same with further options of {@code redis-server}. */
    static EmbeddedRedis start(Path folder, int port, List<String> options) {
        return start(folder, port, options, Map.of());
    }

    private static EmbeddedRedis start(
            Path folder, int port, List<String> options, Map<String, String> environment) {
        Path parent = folder.getParent();
        Path program = NativeBinaries.cachedForUser(parent == null ? folder : parent).redisServer();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new EngineException("Redis's folder " + folder + ": " + e, e);
        }
        PidRecord.endOrphan("redis", folder, "TERM", STOP_PATIENCE_MS);
        return Ports.startOn(
                "Redis", port, chosen -> run(folder, chosen, program, options, environment));
    }

    private static EmbeddedRedis run(
            Path folder,
            int port,
            Path program,
            List<String> options,
            Map<String, String> environment) {
        List<String> arguments = new ArrayList<>(command(program, folder, port));
        arguments.addAll(options);
        List<String> command = LaunchStyle.sameUser().command(arguments);
        EmbeddedRedis server =
                new EmbeddedRedis(EngineProcess.start("redis", folder, command, environment), port);
        boolean ready = false;
        try {
            ready = server.awaitReady();
        } finally {
            if (!ready) {
                server.close();
            }
        }
        if (!ready) {
            throw new EngineException(
                    "Redis did not start on port "
                            + port
                            + ": "
                            + server.process.lastWords()
                            + " (or name a server of your own with CONFETTI_REDIS_URL)");
        }
        return server;
    }

    public URI url() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    /** What {@code kill -9} does; it is closed all the same. */
    public void kill() {
        ProcessHandle.of(process.pid())
                .ifPresent(
                        handle -> {
                            handle.destroyForcibly();
                            handle.onExit().join();
                        });
    }

    long pid() {
        return process.pid();
    }

    int port() {
        return port;
    }

    /** Flushes the append-only file and stops. */
    @Override
    public void close() {
        process.stop("TERM", STOP_PATIENCE_MS);
    }

    private static List<String> command(Path program, Path folder, int port) {
        return List.of(
                program.toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dir",
                folder.toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                "everysec",
                "--save",
                "",
                "--maxmemory-policy",
                "noeviction",
                "--daemonize",
                "no",
                // Otherwise the title hides the folder, by which the next start knows an orphan.
                "--set-proc-title",
                "no");
    }

    private boolean awaitReady() {
        return Waiting.until(() -> !process.isAlive() || answers(), START_TIMEOUT_MS)
                && process.isAlive();
    }

    private boolean answers() {
        try (Jedis jedis = new Jedis("127.0.0.1", port, PING_TIMEOUT_MS)) {
            return "PONG".equals(jedis.ping());
        } catch (JedisException e) {
            return false;
        }
    }
}
