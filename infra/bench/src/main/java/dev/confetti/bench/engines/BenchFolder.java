package dev.confetti.bench.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the engines of a bench keep their data; a temporary one is deleted at the end. */
public final class BenchFolder implements AutoCloseable {
    private final Path path;
    private final boolean temporary;

    private BenchFolder(Path path, boolean temporary) {
        this.path = path;
        this.temporary = temporary;
    }

    /** The given folder, or a temporary one. */
    public static BenchFolder of(Optional<Path> given) throws IOException {
        if (given.isPresent()) {
            return new BenchFolder(Files.createDirectories(given.get()), false);
        }
        Path fresh = Files.createTempDirectory("confetti-bench-");
        // PostgreSQL never runs as root: the user that it runs as must be able to come in.
        if (!fresh.toFile().setExecutable(true, false)) {
            throw new IOException(fresh + ": cannot let other users in");
        }
        return new BenchFolder(fresh, true);
    }

    public Path path() {
        return path;
    }

    /** On memory a flush costs nothing: whoever reads figures must know. */
    public String fileStore() throws IOException {
        return Files.getFileStore(path).type();
    }

    @Override
    public void close() throws IOException {
        if (!temporary) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            all.sorted(Comparator.reverseOrder()).forEach(BenchFolder::delete);
        }
    }

    private static void delete(Path each) {
        try {
            Files.delete(each);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + each, e);
        }
    }
}
