package dev.confetti.engines;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of PostgreSQL and Redis, unpacked once from the class path into a folder that later
 * runs find again. Another content gets another folder, so an upgrade never mixes versions.
 */
final class NativeBinaries {
    private static final String OS = os(System.getProperty("os.name"));
    private static final String ARCH = arch(System.getProperty("os.arch"));

    private final Path cache;

    NativeBinaries(Path cache) {
        this.cache = cache;
    }

    /**
     * This user's cache folder, or one inside the data folder where there is none: a server's user
     * often has no home.
     */
    static NativeBinaries cachedForUser(Path dataDir) {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base =
                xdg != null && !xdg.isBlank()
                        ? Path.of(xdg)
                        : Path.of(System.getProperty("user.home", "/nonexistent"), ".cache");
        Path cache = base.resolve("confetti");
        try {
            Files.createDirectories(cache);
            if (Files.isWritable(cache)) {
                return new NativeBinaries(cache);
            }
        } catch (IOException e) {
            // Falls through to the data folder.
        }
        return inside(dataDir);
    }

    static NativeBinaries inside(Path dataDir) {
        return new NativeBinaries(dataDir.resolve("binaries"));
    }

    /** The folder with {@code bin/postgres}, {@code bin/initdb} and their libraries. */
    Path postgres() {
        String name =
                switch (OS + "-" + ARCH) {
                    case "linux-amd64" -> "postgres-linux-x86_64.txz";
                    case "linux-arm64" -> "postgres-linux-arm_64.txz";
                    case "darwin-arm64" -> "postgres-darwin-arm_64.txz";
                    default -> throw unsupported("PostgreSQL", "CONFETTI_POSTGRES_URL");
                };
        return unpacked("postgres", "/" + name, NativeBinaries::untar);
    }

    /** The program {@code redis-server}. */
    Path redisServer() {
        String name =
                switch (OS + "-" + ARCH) {
                    case "linux-amd64" -> "redis-server-6.2.6-v5-linux-amd64";
                    case "linux-arm64" -> "redis-server-6.2.7-linux-arm64";
                    case "darwin-amd64" -> "redis-server-6.2.6-v5-darwin-amd64";
                    case "darwin-arm64" -> "redis-server-6.2.6-v5-darwin-arm64";
                    default -> throw unsupported("Redis", "CONFETTI_REDIS_URL");
                };
        return unpacked(
                        "redis",
                        "/" + name,
                        (in, folder) -> {
                            Path program = folder.resolve("redis-server");
                            Files.copy(in, program);
                            makeExecutable(program);
                        })
                .resolve("redis-server");
    }

    private interface Unpacker {
        void unpack(InputStream in, Path folder) throws IOException;
    }

    private Path unpacked(String engine, String resource, Unpacker unpacker) {
        URL url = NativeBinaries.class.getResource(resource);
        if (url == null) {
            throw new EngineException(
                    "the program of " + engine + " is not on the class path: expected " + resource);
        }
        try {
            URLConnection connection = url.openConnection();
            Path target = cache.resolve(engine + "-" + contentName(connection));
            if (Files.isDirectory(target)) {
                return target;
            }
            Path fresh = cache.resolve(engine + "-" + UUID.randomUUID() + ".tmp");
            Files.createDirectories(fresh);
            try (InputStream in = new BufferedInputStream(connection.getInputStream(), 1 << 16)) {
                unpacker.unpack(in, fresh);
            }
            return moved(fresh, target);
        } catch (IOException e) {
            throw new EngineException(
                    "the program of " + engine + " cannot be unpacked to " + cache + " (" + e + ")",
                    e);
        }
    }

    /** Another process may have been quicker; what it unpacked is the same. */
    private static Path moved(Path fresh, Path target) throws IOException {
        try {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            DataFolder.deleteRecursively(fresh);
            if (!Files.isDirectory(target)) {
                throw e;
            }
        }
        return target;
    }

    private static String contentName(URLConnection connection) throws IOException {
        if (connection instanceof JarURLConnection jar && jar.getJarEntry() != null) {
            return String.format(
                    Locale.ROOT,
                    "%08x-%d",
                    jar.getJarEntry().getCrc(),
                    jar.getJarEntry().getSize());
        }
        return connection.getLastModified() + "-" + connection.getContentLengthLong();
    }

    private static void untar(InputStream in, Path folder) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("entry outside the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Path parent = target.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else if (entry.isLink()) {
                    Files.createLink(target, folder.resolve(entry.getLinkName()).normalize());
                } else if (entry.isFile()) {
                    copy(tar, target);
                    if ((entry.getMode() & 0100) != 0) {
                        makeExecutable(target);
                    }
                }
            }
        }
    }

    private static void copy(InputStream in, Path target) throws IOException {
        try {
            Files.copy(in, target);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("the archive names " + target + " twice", e);
        }
    }

    private static void makeExecutable(Path program) throws IOException {
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static EngineException unsupported(String engine, String variable) {
        return new EngineException(
                "there is no embedded "
                        + engine
                        + " for "
                        + OS
                        + "-"
                        + ARCH
                        + " (only linux-amd64, linux-arm64, darwin-arm64): name a server of your"
                        + " own with "
                        + variable);
    }

    private static String os(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("mac") ? "darwin" : lower.startsWith("win") ? "windows" : lower;
    }

    private static String arch(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "x86_64", "amd64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            default -> name;
        };
    }
}
