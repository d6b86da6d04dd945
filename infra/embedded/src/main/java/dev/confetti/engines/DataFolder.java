package dev.confetti.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A data folder held by this process alone, until it is closed or the process ends. */
final class DataFolder implements AutoCloseable {
    private static final String LOCK_FILE = "confetti.lock";

    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Creates the folder if needed and takes it.
     *
     * @throws EngineException when another process has it, or it cannot be written
     */
    static DataFolder take(Path path) {
        DataFolder folder = tryTake(path);
        if (folder == null) {
            throw new EngineException(
                    "data folder "
                            + path
                            + " is in use by another Confetti"
                            + owner(path)
                            + ": stop that one, or choose another folder with --data DIR");
        }
        return folder;
    }

    /** The same, or null when another process has it. */
    static @Nullable DataFolder tryTake(Path path) {
        FileChannel channel = null;
        try {
            Files.createDirectories(path);
            channel =
                    FileChannel.open(
                            path.resolve(LOCK_FILE),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return null;
            }
            channel.truncate(0);
            byte[] pid =
                    Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
            channel.write(java.nio.ByteBuffer.wrap(pid));
            return new DataFolder(path, channel);
        } catch (OverlappingFileLockException e) {
            closeQuietly(channel);
            return null;
        } catch (IOException e) {
            closeQuietly(channel);
            throw new EngineException(
                    "data folder "
                            + path
                            + " cannot be written ("
                            + e
                            + "): expected a folder that"
                            + " this user may write to; choose one with --data DIR",
                    e);
        }
    }

    Path path() {
        return path;
    }

    /** Gives the folder back; what is in it stays. */
    @Override
    public void close() {
        closeQuietly(channel);
    }

    static void deleteRecursively(Path root) {
        if (!Files.exists(root, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + root, e);
        }
    }

    private static String owner(Path path) {
        try {
            String pid = Files.readString(path.resolve(LOCK_FILE)).strip();
            return pid.isEmpty() ? "" : " (process " + pid + ")";
        } catch (IOException e) {
            return "";
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // The lock ends with the process at the latest.
        }
    }
}
