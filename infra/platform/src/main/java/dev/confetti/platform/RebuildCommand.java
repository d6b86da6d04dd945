package dev.confetti.platform;

import dev.confetti.board.rebuild.BoardRebuild;
import dev.confetti.board.rebuild.BoardRebuildException;
import dev.confetti.board.standing.BoardRetention;
import dev.confetti.board.standing.RedisClients;
import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.events.LogReader;
import dev.confetti.ledger.rebuild.LedgerRebuild;
import dev.confetti.ledger.rebuild.RebuildException;
import dev.confetti.ledger.seal.SealKey;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * {@code confetti rebuild ledger|leaderboards}: builds a second ledger, or all boards a second
 * time, from the event log and switches to what was built, on the platform that runs on the data
 * folder, or, where none runs, on one that is started for it.
 */
@Command(
        name = "rebuild",
        description = {
            "Builds a fresh ledger, or fresh leaderboards, from the event log beside what is live,"
                    + " compares the two at one position and switches when they are equal.",
            "",
            "The ledger that was live is kept, leaderboards are not. Exit code 0 only when the"
                    + " switch was made."
        })
final class RebuildCommand implements Callable<Integer> {
    private static final String LEADERBOARDS = "leaderboards";

    /** How long the live boards may take to reach what the log has. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String SEAL_KEY = "CONFETTI_LEDGER_SEALKEY";

    private final Map<String, String> environment;

    @Parameters(
            index = "0",
            paramLabel = "ledger|leaderboards",
            description = "What to build anew.")
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
        boolean boards = what.equals(LEADERBOARDS);
        if (!boards && !what.equals("ledger")) {
            throw new PlatformException(
                    "rebuild " + what + ": expected rebuild ledger or rebuild leaderboards");
        }
        if (boards && (back || dropOld)) {
            throw new PlatformException(
                    "rebuild leaderboards: expected neither --back nor --drop-old, no boards are"
                            + " kept beside the live ones");
        }
        if ((back ? 1 : 0) + (dropOld ? 1 : 0) + (acceptDifferences ? 1 : 0) > 1) {
            throw new PlatformException(
                    "expected at most one of --accept-differences, --back and --drop-old");
        }
        return platform.run(
                environment,
                engines ->
                        boards
                                ? rebuiltBoards(engines.postgres(), engines.redis())
                                : rebuilt(engines.postgres()));
    }

    private boolean rebuiltBoards(PostgresEndpoint postgres, URI redisUrl)
            throws SQLException, InterruptedException {
        try (UnifiedJedis redis = RedisClients.open(redisUrl)) {
            BoardRebuild.Outcome outcome =
                    new BoardRebuild(
                                    redis,
                                    new LogReader(database(postgres)),
                                    BoardRetention.DEFAULT,
                                    PATIENCE)
                            .run(acceptDifferences, new RebuildProgress(System.out)::at);
            System.out.printf(
                    "compared up to position %,d: %,d boards and parts of boards%n",
                    outcome.position(), outcome.boards());
            outcome.differences().forEach(each -> System.out.println("       " + each));
            System.out.println(
                    !outcome.switched()
                            ? "rebuild: the boards differ (live and built); the live ones stay."
                                    + " --accept-differences switches all the same"
                            : outcome.differences().isEmpty()
                                    ? "rebuild: the boards are equal; switched"
                                    : "rebuild: the boards differ (live and built); switched");
            return outcome.switched();
        } catch (BoardRebuildException | JedisException e) {
            throw new PlatformException("rebuild: " + e.getMessage(), e);
        }
    }

    private static PGSimpleDataSource database(PostgresEndpoint postgres) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(postgres.jdbcUrl());
        database.setUser(postgres.user());
        database.setPassword(postgres.password());
        return database;
    }

    private boolean rebuilt(PostgresEndpoint postgres) throws SQLException, InterruptedException {
        PGSimpleDataSource database = database(postgres);
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
