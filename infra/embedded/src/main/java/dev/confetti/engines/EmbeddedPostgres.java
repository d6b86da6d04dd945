package dev.confetti.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL server on the loopback address, durable, with one database, user and password
 * {@code confetti}. Its data stays in the folder; a next start goes on with it.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String NAME = "confetti";
    private static final String MAJOR_VERSION = "18";
    private static final long INIT_TIMEOUT_MS = 120_000;
    private static final long START_TIMEOUT_MS = 120_000;
    private static final long STOP_PATIENCE_MS = 20_000;

    /** Fast shutdown: ends sessions, writes a checkpoint. SIGTERM would wait for every client. */
    private static final String STOP_SIGNAL = "INT";

    /** Immediate shutdown. */
    private static final String ABORT_SIGNAL = "QUIT";

    /** How long children of a killed server may take to see that it is gone. */
    private static final int SHARED_MEMORY_RETRIES = 20;

    private final EngineProcess process;
    private final int port;

    private EmbeddedPostgres(EngineProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts the server, and creates its data at the first time.
     *
     * @param folder its own folder, absolute; nobody else may be starting on it
     * @param port 0 for a free one
     */
    public static EmbeddedPostgres start(Path folder, int port) {
        return start(folder, port, LaunchStyle.neverRoot());
    }

    static EmbeddedPostgres start(Path folder, int port, LaunchStyle style) {
        Path parent = folder.getParent();
        // Another user cannot look into root's cache folder.
        NativeBinaries binaries =
                style.equals(LaunchStyle.nobody()) && parent != null
                        ? NativeBinaries.inside(parent)
                        : NativeBinaries.cachedForUser(parent == null ? folder : parent);
        Path bin = binaries.postgres().resolve("bin");
        try {
            Files.createDirectories(folder);
            PidRecord.endOrphan("postgres", folder, STOP_SIGNAL, STOP_PATIENCE_MS);
            style.own(folder);
            Path data = folder.resolve("data");
            if (!Files.exists(data)) {
                init(folder, data, bin, style);
            }
            requireVersion(data);
            endStrayServer(data);
        } catch (IOException e) {
            throw new EngineException("PostgreSQL's folder " + folder + ": " + e, e);
        }
        return Ports.startOn("PostgreSQL", port, chosen -> run(folder, chosen, bin, style));
    }

    /** The database {@code confetti}. */
    public PostgresEndpoint endpoint() {
        return endpoint(NAME);
    }

    /** Another database of this server. */
    PostgresEndpoint endpoint(String database) {
        return new PostgresEndpoint(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database, NAME, NAME);
    }

    long pid() {
        return process.pid();
    }

    /** Ends sessions, writes a checkpoint and stops. */
    @Override
    public void close() {
        process.stop(STOP_SIGNAL, STOP_PATIENCE_MS);
    }

    /**
     * Stops without a checkpoint, for data that nobody will want: the next start must recover it.
     */
    void abort() {
        process.stop(ABORT_SIGNAL, STOP_PATIENCE_MS);
    }

    /** Into a folder beside, then renamed: a start killed half-way leaves no half database. */
    private static void init(Path folder, Path data, Path bin, LaunchStyle style)
            throws IOException {
        Path fresh = folder.resolve("data.new");
        DataFolder.deleteRecursively(fresh);
        Path password = folder.resolve("password");
        Files.writeString(password, NAME);
        EngineProcess initdb =
                EngineProcess.start(
                        "initdb",
                        folder,
                        style.command(
                                List.of(
                                        bin.resolve("initdb").toString(),
                                        "--pgdata=" + fresh,
                                        "--username=" + NAME,
                                        "--pwfile=" + password,
                                        "--auth=scram-sha-256",
                                        "--encoding=UTF8",
                                        "--locale=C",
                                        "--locale-provider=builtin",
                                        "--builtin-locale=C.UTF-8")),
                        Map.of("LC_ALL", "C"));
        initdb.expectEnd();
        boolean done = initdb.awaitSuccess(INIT_TIMEOUT_MS);
        Files.deleteIfExists(password);
        if (!done) {
            throw new EngineException(
                    "PostgreSQL cannot create its data in " + fresh + ": " + initdb.lastWords());
        }
        Files.move(fresh, data);
    }

    private static void requireVersion(Path data) throws IOException {
        String found = Files.readString(data.resolve("PG_VERSION")).strip();
        if (!found.equals(MAJOR_VERSION)) {
            throw new EngineException(
                    "PostgreSQL data in "
                            + data
                            + " has version "
                            + found
                            + ", expected "
                            + MAJOR_VERSION
                            + ": upgrade it with pg_upgrade, or choose another folder with --data DIR");
        }
    }

    /**
     * Ends a server that runs on the data without our record, and removes its lock file when the
     * number in it has become somebody else's: PostgreSQL would believe the number alone.
     */
    private static void endStrayServer(Path data) throws IOException {
        Path lockFile = data.resolve("postmaster.pid");
        PidRecord.ours(lockFile, data)
                .ifPresent(server -> Signals.end(server, STOP_SIGNAL, STOP_PATIENCE_MS));
        Files.deleteIfExists(lockFile);
    }

    private static EmbeddedPostgres run(Path folder, int port, Path bin, LaunchStyle style) {
        for (int attempt = 1; ; attempt++) {
            EngineProcess process =
                    EngineProcess.start(
                            "postgres",
                            folder,
                            style.command(command(folder, port, bin)),
                            Map.of("LC_ALL", "C"));
            EmbeddedPostgres server = new EmbeddedPostgres(process, port);
            boolean ready = false;
            try {
                ready = server.awaitReady();
                if (ready) {
                    return server;
                }
            } finally {
                if (!ready) {
                    server.close();
                }
            }
            String lastWords = process.lastWords();
            boolean childrenStillThere = lastWords.contains("pre-existing shared memory block");
            if (!childrenStillThere || attempt == SHARED_MEMORY_RETRIES) {
                throw new EngineException(
                        "PostgreSQL did not start on port " + port + ": " + lastWords);
            }
            LOG.info("waiting for the last PostgreSQL's processes to end");
            Waiting.until(() -> false, 500);
        }
    }

    private static List<String> command(Path folder, int port, Path bin) {
        List<String> command = new ArrayList<>();
        command.add(bin.resolve("postgres").toString());
        command.add("-D");
        command.add(folder.resolve("data").toString());
        settings(port)
                .forEach(
                        (name, value) -> {
                            command.add("-c");
                            command.add(name + "=" + value);
                        });
        return command;
    }

    /** On the command line, where no file and no ALTER SYSTEM overrides them. */
    private static Map<String, String> settings(int port) {
        return Map.ofEntries(
                Map.entry("fsync", "on"),
                Map.entry("synchronous_commit", "on"),
                Map.entry("full_page_writes", "on"),
                Map.entry("listen_addresses", "127.0.0.1"),
                Map.entry("port", Integer.toString(port)),
                Map.entry("unix_socket_directories", ""),
                Map.entry("max_connections", "100"),
                Map.entry("shared_buffers", "256MB"),
                Map.entry("wal_buffers", "16MB"),
                Map.entry("min_wal_size", "256MB"),
                Map.entry("max_wal_size", "2GB"),
                Map.entry("timezone", "UTC"),
                Map.entry("log_timezone", "UTC"),
                Map.entry("log_checkpoints", "off"));
    }

    private boolean awaitReady() {
        return Waiting.until(() -> !process.isAlive() || accepts(), START_TIMEOUT_MS)
                && process.isAlive();
    }

    private boolean accepts() {
        try (Connection connection = endpoint("postgres").connect();
                Statement statement = connection.createStatement()) {
            try (ResultSet found =
                    statement.executeQuery(
                            "SELECT 1 FROM pg_database WHERE datname = '" + NAME + "'")) {
                if (found.next()) {
                    return true;
                }
            }
            statement.execute("CREATE DATABASE " + NAME);
            return true;
        } catch (SQLException e) {
            LOG.debug("PostgreSQL is not ready: {}", e.getMessage());
            return false;
        }
    }
}
