package dev.confetti.e2e;

import dev.confetti.engines.EmbeddedPostgres;
import dev.confetti.engines.PostgresEndpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A PostgreSQL that can be killed and started again on its data and port. */
final class OwnPostgres implements AutoCloseable {
    private final Path folder;
    private EmbeddedPostgres server;

    private OwnPostgres(Path folder) {
        this.folder = folder;
        this.server = EmbeddedPostgres.start(folder, 0);
    }

    static OwnPostgres start(Path folder) {
        return new OwnPostgres(folder);
    }

    PostgresEndpoint endpoint() {
        return server.endpoint();
    }

    Path folder() {
        return folder;
    }

    /** What {@code kill -9} does to the server; its children end by themselves. */
    void kill() throws IOException {
        long pid =
                Long.parseLong(
                        Files.readAllLines(folder.resolve("data/postmaster.pid"))
                                .getFirst()
                                .strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().join();
    }

    void startAgain() {
        server =
                EmbeddedPostgres.start(
                        folder,
                        URI.create(endpoint().jdbcUrl().substring("jdbc:".length())).getPort());
    }

    @Override
    public void close() {
        server.close();
    }
}
