package dev.confetti.platform;

import dev.confetti.engines.Engines;
import dev.confetti.engines.EnginesConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code confetti audit}: proves that event log, ledger and boards agree, on the platform that runs
 * on the data folder, or, where none runs, on one that is started for it.
 */
@Command(
        name = "audit",
        description = {
            "Proves that event log, ledger and boards agree, at the head of the log.",
            "",
            "Waits up to 30 s for the projections. Exit code 0 only when everything holds."
        })
final class AuditCommand implements Callable<Integer> {
    private static final int DOES_NOT_HOLD = 1;

    private final Map<String, String> environment;

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

    AuditCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        PlatformConfig config =
                PlatformConfig.of(
                        data, portOffset, "127.0.0.1", false, false, false, Map.of(), environment);
        EnginesConfig engines = config.engines();
        if (!Files.isDirectory(engines.dataDir())) {
            throw new PlatformException(
                    "--data "
                            + engines.dataDir()
                            + ": expected the data folder of a platform, found none");
        }
        if (Engines.inUse(engines.dataDir())) {
            return exitCode(
                    new Audit(RunningEngines.postgres(engines), RunningEngines.redis(engines))
                            .run(System.out));
        }
        AtomicBoolean holds = new AtomicBoolean();
        new Launch(config)
                .runFor(
                        running ->
                                holds.set(
                                        new Audit(running.postgres(), running.redisUrl())
                                                .run(System.out)));
        return exitCode(holds.get());
    }

    private static int exitCode(boolean holds) {
        return holds ? 0 : DOES_NOT_HOLD;
    }
}
