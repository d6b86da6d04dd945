package dev.confetti.demo;

import dev.confetti.demo.api.NewLive;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file in which the demo remembers a live and its key, so that a restart goes on with the same
 * one.
 */
final class SavedLive {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;

    SavedLive(Path file) {
        this.file = file;
    }

    /** The remembered live; empty when there is none or the file cannot be read. */
    Optional<NewLive> read() {
        try {
            NewLive live = JSON.readValue(Files.readAllBytes(file), NewLive.class);
            boolean whole = live != null && live.liveId() != null && live.streamKey() != null;
            return whole ? Optional.of(live) : Optional.empty();
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    /** Remembers a live; its owner alone may read the file, as it holds the key. */
    void write(NewLive live) throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        Path fresh =
                posix
                        ? Files.createTempFile(
                                folder,
                                "live",
                                ".new",
                                PosixFilePermissions.asFileAttribute(
                                        PosixFilePermissions.fromString("rw-------")))
                        : Files.createTempFile(folder, "live", ".new");
        Files.write(fresh, JSON.writeValueAsBytes(live));
        Files.move(
                fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
