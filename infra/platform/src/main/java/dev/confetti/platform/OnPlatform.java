package dev.confetti.platform;

import dev.confetti.engines.Engines;
import dev.confetti.engines.EnginesConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Option;

/**
 * The platform of a data folder, for commands that have something to do with what it holds: the one
 * that runs, or, where none runs, one that is started for it.
 */
final class OnPlatform {
    private static final int NOT_DONE = 1;

    /** How the SQLSTATE of a connection that cannot be made begins. */
    private static final String NO_CONNECTION = "08";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Folder that holds all data (default: ./data).")
    private Path data = Path.of("data");

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "Where the platform's ports were moved to (default: 0).")
    private int portOffset;

    /** What there is to do. */
    @FunctionalInterface
    interface Task {
        /** Whether it came out well. */
        boolean run(RunningEngines engines) throws Exception;
    }

    /**
     * Does it; the exit code.
     *
     * @throws PlatformException when there is no such folder
     */
    int run(Map<String, String> environment, Task task) throws Exception {
        PlatformConfig config =
                PlatformConfig.of(
                        data,
                        portOffset,
                        "127.0.0.1",
                        false,
                        false,
                        false,
                        Map.of(),
                        Map.of(),
                        environment);
        EnginesConfig engines = config.engines();
        if (!Files.isDirectory(engines.dataDir())) {
            throw new PlatformException(
                    "--data "
                            + engines.dataDir()
                            + ": expected the data folder of a platform, found none");
        }
        if (Engines.inUse(engines.dataDir())) {
            return exitCode(onRunning(engines, task));
        }
        AtomicBoolean done = new AtomicBoolean();
        new Launch(config).runFor(started -> done.set(task.run(RunningEngines.of(started))));
        return exitCode(done.get());
    }

    private boolean onRunning(EnginesConfig config, Task task) throws Exception {
        RunningEngines engines = RunningEngines.of(config);
        try {
            return task.run(engines);
        } catch (SQLException e) {
            String state = e.getSQLState();
            if (state == null || !state.startsWith(NO_CONNECTION)) {
                throw e;
            }
            throw new PlatformException(
                    "a platform runs on --data "
                            + config.dataDir()
                            + ", but not with --port-offset "
                            + portOffset
                            + ": no PostgreSQL at "
                            + engines.postgres().jdbcUrl()
                            + "; expected the offset that it was started with",
                    e);
        }
    }

    private static int exitCode(boolean done) {
        return done ? 0 : NOT_DONE;
    }
}
