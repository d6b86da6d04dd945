package dev.confetti.platform;

import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.events.LogReader;
import dev.confetti.ledger.rebuild.LedgerRebuild;
import dev.confetti.ledger.rebuild.RebuildException;
import dev.confetti.ledger.seal.SealKey;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code confetti rebuild ledger}: builds a second ledger from the event log and switches to it, on
 * the platform that runs on the data folder, or, where none runs, on one that is started for it.
 */
@Command(
        name = "rebuild",
        description = {
            "Builds a fresh ledger from the event log beside the live one, compares the two at one"
                    + " position and switches when they are equal.",
            "",
            "The ledger that was live is kept. Exit code 0 only when the switch was made."
        })
final class RebuildCommand implements Callable<Integer> {
    private static final String SEAL_KEY = "CONFETTI_LEDGER_SEALKEY";

    private final Map<String, String> environment;

    @Parameters(index = "0", paramLabel = "ledger", description = "What to build anew.")
    private String what = "";

    @Mixin private OnPlatform platform = new OnPlatform();

    @Option(
            names = "--accept-differences",
            description = "Switches though the two differ; says how.")
    private boolean acceptDifferences;

    @Option(
            names = "--back",
            description = "Goes back to the ledger that was replaced last, brought up to now.")
    private boolean back;

    @Option(names = "--drop-old", description = "Drops the ledgers that were replaced.")
    private boolean dropOld;

    RebuildCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        if (!what.equals("ledger")) {
            throw new PlatformException("rebuild " + what + ": expected rebuild ledger");
        }
        if ((back ? 1 : 0) + (dropOld ? 1 : 0) + (acceptDifferences ? 1 : 0) > 1) {
            throw new PlatformException(
                    "expected at most one of --accept-differences, --back and --drop-old");
        }
        return platform.run(environment, engines -> rebuilt(engines.postgres()));
    }

    private boolean rebuilt(PostgresEndpoint postgres) throws SQLException, InterruptedException {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(postgres.jdbcUrl());
        database.setUser(postgres.user());
        database.setPassword(postgres.password());
        LedgerRebuild rebuild = new LedgerRebuild(database, new LogReader(database), sealKey());
        try {
            if (dropOld) {
                List<String> dropped = rebuild.dropReplaced();
                System.out.println(
                        dropped.isEmpty()
                                ? "rebuild: no replaced ledger is kept"
                                : "rebuild: dropped " + String.join(", ", dropped));
                return true;
            }
            RebuildProgress progress = new RebuildProgress(System.out);
            return told(
                    back ? rebuild.back(progress) : rebuild.rebuild(acceptDifferences, progress));
        } catch (RebuildException e) {
            throw new PlatformException("rebuild: " + e.getMessage(), e);
        }
    }

    private @Nullable SealKey sealKey() {
        String key = environment.get(SEAL_KEY);
        try {
            return key == null || key.isBlank() ? null : SealKey.parse(SEAL_KEY, key);
        } catch (IllegalArgumentException e) {
            throw new PlatformException(String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean told(LedgerRebuild.Outcome outcome) {
        System.out.printf(
                "compared at position %,d: %,d entries by their chain, %s%n",
                outcome.position(), outcome.entries(), outcome.compared());
        outcome.differences().forEach(each -> System.out.println("       " + each));
        if (outcome.replaced() == null) {
            System.out.println(
                    "rebuild: the ledgers differ (live and built); the live one stays."
                            + " --accept-differences switches all the same");
            return false;
        }
        System.out.println(
                (outcome.differences().isEmpty()
                                ? "rebuild: the ledgers are equal; switched."
                                : "rebuild: the ledgers differ (live and built); switched.")
                        + " The one before is schema "
                        + outcome.replaced()
                        + ": --back goes back to it, --drop-old drops it");
        return true;
    }
}
