package dev.confetti.bench;

import dev.confetti.bench.boards.BoardBench;
import dev.confetti.bench.boards.BoardOptions;
import dev.confetti.bench.engines.BenchFolder;
import dev.confetti.demo.pace.Pace;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code confetti bench boards}. */
@Command(
        name = "boards",
        description =
                "Measures the leaderboards alone, on engines of their own: catching up from Kafka, then their answers, then how late a live's board comes to those who listen, then plain increments on the same Redis.",
        mixinStandardHelpOptions = true,
        defaultValueProvider = EnvironmentDefaults.class)
final class BoardsCommand implements Callable<Integer> {
    /** As many as boards let in, unless they are told otherwise. */
    private static final int MOST_LISTENERS = 20_000;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    @Mixin private PlatformOptions platform = new PlatformOptions();

    @Option(
            names = "--gifts",
            paramLabel = "N",
            defaultValue = "1000000",
            description =
                    "gifts that the boards catch up with, fourteen boards each (default: ${DEFAULT-VALUE})")
    private int gifts;

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
            names = "--members",
            paramLabel = "N",
            defaultValue = "1000000",
            description =
                    "viewers who then send one gift each, so that a board has them all; 0 for none (default: ${DEFAULT-VALUE})")
    private int members;

    @Option(
            names = "--queries",
            paramLabel = "N",
            defaultValue = "2000",
            description =
                    "how often each question is asked; 0 for none (default: ${DEFAULT-VALUE})")
    private int queries;

    @Option(
            names = "--peer-seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "how long the peer is measured; 0 for none (default: ${DEFAULT-VALUE})")
    private int peerSeconds;

    @Option(
            names = "--listeners",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "how many then listen to one live's board, in a process of their own; 0 for none (default: ${DEFAULT-VALUE})")
    private int listeners;

    @Option(
            names = "--listen-rate",
            paramLabel = "N",
            defaultValue = "1000",
            description =
                    "gifts a second that this live gets meanwhile (default: ${DEFAULT-VALUE})")
    private double listenRate;

    @Option(
            names = "--listen-seconds",
            paramLabel = "N",
            defaultValue = "30",
            description = "how long it gets them (default: ${DEFAULT-VALUE})")
    private int listenSeconds;

    @Override
    public Integer call() throws InterruptedException {
        if (gifts < 2
                || viewers < 1
                || creators < 1
                || members < 0
                || queries < 0
                || peerSeconds < 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected --gifts above 1, --viewers and --creators above 0, and --members,"
                            + " --queries and --peer-seconds of 0 or more, got "
                            + gifts
                            + ", "
                            + viewers
                            + ", "
                            + creators
                            + ", "
                            + members
                            + ", "
                            + queries
                            + " and "
                            + peerSeconds);
        }
        if (listeners < 0
                || listeners > MOST_LISTENERS
                || !(listenRate > 0 && listenRate <= 100_000)
                || listenSeconds < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected --listeners 0 to "
                            + MOST_LISTENERS
                            + ", --listen-rate above 0 up to 100000 and --listen-seconds above 0,"
                            + " got "
                            + listeners
                            + ", "
                            + listenRate
                            + " and "
                            + listenSeconds);
        }
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("gifts", gifts);
        shown.put("viewers", viewers);
        shown.put("creators", creators);
        shown.put("members", members);
        shown.put("queries", queries);
        shown.put("peerSeconds", peerSeconds);
        shown.put("listeners", listeners);
        shown.put("listenRate", listenRate);
        shown.put("listenSeconds", listenSeconds);
        return BenchRun.run(
                spec,
                platform,
                shown,
                Clock.systemUTC(),
                report -> {
                    try (BenchFolder folder = BenchFolder.of(platform.data())) {
                        report.count("data on", folder.fileStore());
                        new BoardBench(
                                        new BoardOptions(
                                                gifts,
                                                viewers,
                                                creators,
                                                members,
                                                queries,
                                                peerSeconds,
                                                listeners,
                                                listenRate,
                                                listenSeconds,
                                                folder.path()),
                                        Pace.SYSTEM,
                                        line -> BenchRun.progress(spec, line))
                                .run(report);
                    }
                });
    }
}
