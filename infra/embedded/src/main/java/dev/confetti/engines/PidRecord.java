package dev.confetti.engines;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that names the process of an engine, so that the next start can end what a kill left. */
final class PidRecord {
    private static final Logger LOG = LoggerFactory.getLogger(PidRecord.class);
    private static final String FILE = "process";

    private final Path file;

    private PidRecord(Path file) {
        this.file = file;
    }

    static PidRecord write(Path folder, long pid) throws IOException {
        Path file = folder.resolve(FILE);
        Files.writeString(file, Long.toString(pid));
        return new PidRecord(file);
    }

    /** Ends the recorded process if it still runs and really is the engine of this folder. */
    static void endOrphan(String engine, Path folder, String signal, long patienceMs) {
        PidRecord record = new PidRecord(folder.resolve(FILE));
        ours(record.file, folder)
                .ifPresent(
                        orphan -> {
                            LOG.info(
                                    "ending {} of the last run (process {})", engine, orphan.pid());
                            Signals.end(orphan, signal, patienceMs);
                        });
        record.delete();
    }

    /**
     * The process that the first line of a file names, if it still runs on the folder. The number
     * alone proves nothing: after a restart of the machine it may be anybody's.
     */
    static Optional<ProcessHandle> ours(Path file, Path folder) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            String first =
                    Files.readString(file, StandardCharsets.UTF_8).lines().findFirst().orElse("");
            return ProcessHandle.of(Long.parseLong(first.strip()))
                    .filter(process -> !Signals.isGone(process))
                    .filter(process -> commandLine(process).contains(folder.toString()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("cannot delete {}: {}", file, e.getMessage());
        }
    }

    private static String commandLine(ProcessHandle process) {
        try {
            // Java's own view cuts long command lines off.
            return Files.readString(
                    Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return process.info().commandLine().orElse("");
        }
    }
}
