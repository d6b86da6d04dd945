package dev.confetti.bench;

import dev.confetti.bench.engines.BenchFolder;
import dev.confetti.bench.ledger.LedgerBench;
import dev.confetti.bench.ledger.LedgerOptions;
import dev.confetti.demo.pace.Pace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code confetti bench ledger}. */
@Command(
        name = "ledger",
        description =
                "Measures the ledger alone, on engines of its own: catching up, then its answers, then peers on the same PostgreSQL.",
        mixinStandardHelpOptions = true,
        defaultValueProvider = EnvironmentDefaults.class)
final class LedgerCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    @Mixin private PlatformOptions platform = new PlatformOptions();

    @Option(
            names = "--gifts",
            paramLabel = "N",
            defaultValue = "2500000",
            description =
                    "gifts that the ledger catches up with, ten postings each (default: ${DEFAULT-VALUE})")
    private long gifts;

    @Option(
            names = "--viewers",
            paramLabel = "N",
            defaultValue = "20000",
            description = "viewers who send them (default: ${DEFAULT-VALUE})")
    private int viewers;

    @Option(
            names = "--creators",
            paramLabel = "N",
            defaultValue = "500",
            description = "creators who get them (default: ${DEFAULT-VALUE})")
    private int creators;

    @Option(
            names = "--rebuild",
            description =
                    "the gifts come from the event log instead of Kafka, and the ledger is then rebuilt from it beside the live one")
    private boolean rebuild;

    @Option(
            names = "--queries",
            paramLabel = "N",
            defaultValue = "500",
            description =
                    "how often each question is asked; 0 for none (default: ${DEFAULT-VALUE})")
    private int queries;

    @Option(
            names = "--peer-seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "how long each peer is measured; 0 for none (default: ${DEFAULT-VALUE})")
    private int peerSeconds;

    @Option(
            names = "--pgledger",
            paramLabel = "DIR",
            description = "a checkout of github.com/pgr0ss/pgledger, to be measured as the peer")
    private @Nullable Path pgledger;

    @Override
    public Integer call() throws InterruptedException {
        check();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("gifts", gifts);
        shown.put("viewers", viewers);
        shown.put("creators", creators);
        shown.put("rebuild", rebuild);
        shown.put("queries", queries);
        shown.put("peerSeconds", peerSeconds);
        return BenchRun.run(
                spec,
                platform,
                shown,
                Clock.systemUTC(),
                report -> {
                    try (BenchFolder folder = BenchFolder.of(platform.data())) {
                        report.count("data on", folder.fileStore());
                        new LedgerBench(
                                        new LedgerOptions(
                                                gifts,
                                                viewers,
                                                creators,
                                                rebuild,
                                                queries,
                                                peerSeconds,
                                                pgledger,
                                                folder.path()),
                                        Pace.SYSTEM,
                                        line -> BenchRun.progress(spec, line))
                                .run(report);
                    }
                });
    }

    private void check() {
        if (gifts < 1 || viewers < 1 || creators < 1 || queries < 0 || peerSeconds < 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected --gifts, --viewers and --creators above 0, and --queries and"
                            + " --peer-seconds of 0 or more, got "
                            + gifts
                            + ", "
                            + viewers
                            + ", "
                            + creators
                            + ", "
                            + queries
                            + " and "
                            + peerSeconds);
        }
        Path checkout = pgledger;
        if (checkout != null && !Files.isRegularFile(checkout.resolve("pgledger.sql"))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--pgledger " + checkout + ": expected a folder with pgledger.sql in it");
        }
    }
}
