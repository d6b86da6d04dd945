package dev.confetti.platform;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
    private final Map<String, String> environment;

    @Mixin private OnPlatform platform = new OnPlatform();

    AuditCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        return platform.run(
                environment,
                engines -> new Audit(engines.postgres(), engines.redis()).run(System.out));
    }
}
