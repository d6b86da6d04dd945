package dev.confetti.engines;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running program of an engine: its output goes to a log file, its process id to a record that
 * the next start finds when this one was killed.
 */
final class EngineProcess {
    private static final Logger LOG = LoggerFactory.getLogger(EngineProcess.class);
    private static final long MAX_LOG_BYTES = 10_000_000;
    private static final int SHOWN_LOG_LINES = 5;

    private final String engine;
    private final Process process;
    private final Path log;
    private final PidRecord record;
    private volatile boolean stopping;

    private EngineProcess(String engine, Process process, Path log, PidRecord record) {
        this.engine = engine;
        this.process = process;
        this.log = log;
        this.record = record;
    }

    /**
     * Starts a program.
     *
     * @param folder the engine's folder: holds log and record, and is named in the command, by
     *     which the process is known to be ours
     */
    static EngineProcess start(
            String engine, Path folder, List<String> command, Map<String, String> environment) {
        Path log = folder.resolve(engine + ".log");
        ProcessBuilder builder = new ProcessBuilder(command);
        // What the user's shell sets for other servers must not reach ours.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().putAll(environment);
        builder.directory(folder.toFile());
        builder.redirectErrorStream(true);
        try {
            if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
                Files.move(
                        log,
                        folder.resolve(engine + ".log.1"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            Process process = builder.start();
            PidRecord record = PidRecord.write(folder, process.pid());
            EngineProcess started = new EngineProcess(engine, process, log, record);
            var _ = process.onExit().thenAccept(started::ended);
            return started;
        } catch (IOException e) {
            throw new EngineException(engine + " cannot be started (" + e.getMessage() + ")", e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Waits for a program that ends by itself, and says whether it did well. */
    boolean awaitSuccess(long timeoutMs) {
        try {
            if (!process.waitFor(timeoutMs, TimeUnit.MILLISECONDS)) {
                stop("KILL", 0);
                return false;
            }
            record.delete();
            return process.exitValue() == 0;
        } catch (InterruptedException e) {
            stop("KILL", 0);
            throw Interruption.of(e);
        }
    }

    /** From here on its end is no surprise. */
    void expectEnd() {
        stopping = true;
    }

    /** Asks the process to end by a signal, and kills it when it does not within the time. */
    void stop(String signal, long patienceMs) {
        stopping = true;
        Signals.end(process.toHandle(), signal, patienceMs);
        record.delete();
    }

    /** The end of its log, for an error message of one line. */
    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return String.join(
                    " | ",
                    lines.subList(Math.max(0, lines.size() - SHOWN_LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "no log: " + e.getMessage();
        }
    }

    private void ended(Process ended) {
        if (!stopping) {
            LOG.error(
                    "{} ended by itself with exit code {}: {}",
                    engine,
                    ended.exitValue(),
                    lastWords());
        }
    }
}
