package dev.confetti.bench;

import dev.confetti.bench.engines.BenchFolder;
import dev.confetti.bench.gifts.GiftBench;
import dev.confetti.bench.gifts.GiftOptions;
import dev.confetti.bench.inprocess.ColdSendBench;
import dev.confetti.bench.inprocess.ColdSendOptions;
import dev.confetti.bench.inprocess.InProcessBench;
import dev.confetti.bench.inprocess.InProcessOptions;
import dev.confetti.bench.inprocess.WriteSides;
import dev.confetti.demo.flv.FlvClip;
import dev.confetti.demo.pace.Pace;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code confetti bench gifts}. */
@Command(
        name = "gifts",
        description =
                "Sends gifts at a fixed rate and measures from the click to the answer, to the cue in the media, to the event and to the board.",
        mixinStandardHelpOptions = true,
        defaultValueProvider = EnvironmentDefaults.class)
final class GiftsCommand implements Callable<Integer> {
    /** The platform's default policy sendsPerSecond. */
    private static final int USUAL_SENDS_PER_SECOND = 20;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    @Mixin private PlatformOptions platform = new PlatformOptions();

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "50",
            description = "gifts a second, of all viewers together (default: ${DEFAULT-VALUE})")
    private double rate;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = DurationMs.class,
            description = "how long to measure (default: ${DEFAULT-VALUE})")
    private long durationMs;

    @Option(
            names = "--warmup",
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = DurationMs.class,
            description = "how long to send before (default: ${DEFAULT-VALUE})")
    private long warmupMs;

    @Option(
            names = "--viewers",
            paramLabel = "N",
            defaultValue = "50",
            description = "viewers who take turns sending (default: ${DEFAULT-VALUE})")
    private int viewers;

    @Option(
            names = "--max-in-flight",
            paramLabel = "N",
            defaultValue = "1000",
            description =
                    "unanswered gifts at once; more wait, measured (default: ${DEFAULT-VALUE})")
    private int maxInFlight;

    @Option(
            names = "--gift",
            paramLabel = "GIFT",
            description = "giftId (default: the cheapest of the catalogue)")
    private @Nullable String giftId;

    @Option(
            names = "--board",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "also watch the live's board as it is pushed (default: ${DEFAULT-VALUE})")
    private boolean board;

    @Option(
            names = "--ledger",
            description =
                    "also watch the ledger's newest entry, as a finance person asks for it every 10 ms")
    private boolean ledger;

    @Option(
            names = "--tapper",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "one more viewer sends N gifts a second beside the others and is measured by itself (default: nobody)")
    private double tapsPerSecond;

    @Option(
            names = "--in-process",
            description =
                    "measure the write side alone, in this process and on engines of its own, without HTTP")
    private boolean inProcess;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "confetti",
            description =
                    "with --in-process: confetti, or its peer axon-jdbc; several by commas are measured one after the other on the same PostgreSQL (default: ${DEFAULT-VALUE})")
    private List<String> engines = List.of("confetti");

    @Option(
            names = "--wallets",
            paramLabel = "N",
            defaultValue = "20000",
            description =
                    "with --in-process: distinct wallets that take turns sending (default: ${DEFAULT-VALUE})")
    private int wallets;

    @Option(
            names = "--active",
            paramLabel = "N",
            description =
                    "with --in-process: only so many of the wallets send (default: all of them)")
    private @Nullable Integer active;

    @Option(
            names = "--history",
            paramLabel = "N",
            description =
                    "with --in-process: measure instead the first send, after a restart, of a wallet with N gifts behind it, and of new wallets")
    private @Nullable Integer history;

    @Override
    public Integer call() throws InterruptedException {
        if (!(tapsPerSecond >= 0 && tapsPerSecond <= 1_000)) {
            throw new ParameterException(
                    spec.commandLine(), "expected --tapper 0 to 1000, got " + tapsPerSecond);
        }
        if (viewers < 1 || maxInFlight < 1 || durationMs < 1 || !(rate > 0 && rate <= 100_000)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected --viewers, --max-in-flight and --duration above 0 and --rate above 0 up to 100000, got "
                            + viewers
                            + ", "
                            + maxInFlight
                            + ", "
                            + durationMs
                            + " ms and "
                            + rate);
        }
        if (inProcess) {
            return measureInProcess();
        }
        PrintWriter err = spec.commandLine().getErr();
        if (rate / viewers > USUAL_SENDS_PER_SECOND) {
            err.println(
                    "note: "
                            + rate
                            + " a second by "
                            + viewers
                            + " viewers is more than the usual limit of "
                            + USUAL_SENDS_PER_SECOND
                            + " for each; expect sending-too-fast, or raise --viewers");
        }
        GiftOptions options =
                new GiftOptions(
                        platform.apiUrl(),
                        platform.mediaUrl(),
                        platform.rtmpUrl(),
                        rate,
                        warmupMs,
                        durationMs,
                        viewers,
                        maxInFlight,
                        Optional.ofNullable(giftId),
                        board,
                        ledger,
                        tapsPerSecond);
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("url", platform.apiUrl().toString());
        shown.put("mediaUrl", platform.mediaUrl().toString());
        shown.put("rate", rate);
        shown.put("durationMs", durationMs);
        shown.put("warmupMs", warmupMs);
        shown.put("viewers", viewers);
        shown.put("maxInFlight", maxInFlight);
        shown.put("tapper", tapsPerSecond);
        String runId = UUID.randomUUID().toString().substring(0, 8);
        GiftBench bench =
                new GiftBench(
                        options,
                        runId,
                        FlvClip.demo(),
                        Pace.SYSTEM,
                        line -> BenchRun.progress(spec, line));
        return BenchRun.run(spec, platform, shown, Clock.systemUTC(), bench::run);
    }

    private int measureInProcess() throws InterruptedException {
        List<WriteSides> sides;
        try {
            sides = engines.stream().map(WriteSides::named).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        int sending = active == null ? wallets : active;
        if (wallets < 1 || sending < 1 || sending > wallets) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected --wallets above 0 and --active from 1 to as many, got "
                            + wallets
                            + " and "
                            + sending);
        }
        if (history != null) {
            return measureColdSends(history);
        }
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("inProcess", true);
        shown.put("engines", engines);
        shown.put("rate", rate);
        shown.put("durationMs", durationMs);
        shown.put("warmupMs", warmupMs);
        shown.put("wallets", wallets);
        shown.put("active", sending);
        shown.put("maxInFlight", maxInFlight);
        return BenchRun.run(
                spec,
                platform,
                shown,
                Clock.systemUTC(),
                report -> {
                    try (BenchFolder folder = BenchFolder.of(platform.data())) {
                        report.count("data on", folder.fileStore());
                        new InProcessBench(
                                        new InProcessOptions(
                                                sides,
                                                rate,
                                                warmupMs,
                                                durationMs,
                                                wallets,
                                                sending,
                                                maxInFlight,
                                                folder.path()),
                                        Pace.SYSTEM,
                                        line -> BenchRun.progress(spec, line))
                                .run(report);
                    }
                });
    }

    private int measureColdSends(int gifts) throws InterruptedException {
        if (gifts < 1 || gifts > 100_000_000) {
            throw new ParameterException(
                    spec.commandLine(), "expected --history 1 to 100000000, got " + gifts);
        }
        return BenchRun.run(
                spec,
                platform,
                Map.of("inProcess", true, "history", gifts),
                Clock.systemUTC(),
                report -> {
                    try (BenchFolder folder = BenchFolder.of(platform.data())) {
                        report.count("data on", folder.fileStore());
                        new ColdSendBench(
                                        new ColdSendOptions(gifts, folder.path()),
                                        Pace.SYSTEM,
                                        line -> BenchRun.progress(spec, line))
                                .run(report);
                    }
                });
    }
}
