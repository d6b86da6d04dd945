package dev.confetti.bench;

import dev.confetti.bench.viewers.ViewerBench;
import dev.confetti.bench.viewers.ViewerOptions;
import dev.confetti.demo.flv.FlvClip;
import dev.confetti.demo.pace.Pace;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.LinkedHashMap;
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

/** {@code confetti bench viewers}. */
@Command(
        name = "viewers",
        description =
                "Plays one live to many HTTP-FLV viewers and measures the first tag, the delay from the publisher, and gaps.",
        mixinStandardHelpOptions = true,
        defaultValueProvider = EnvironmentDefaults.class)
final class ViewersCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    @Mixin private PlatformOptions platform = new PlatformOptions();

    @Option(
            names = "--viewers",
            paramLabel = "N",
            defaultValue = "100",
            description = "how many (default: ${DEFAULT-VALUE})")
    private int viewers;

    @Option(
            names = "--joins",
            paramLabel = "N",
            defaultValue = "100",
            description = "how many join in a second (default: ${DEFAULT-VALUE})")
    private double joinsPerSecond;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = DurationMs.class,
            description = "how long they stay once all are there (default: ${DEFAULT-VALUE})")
    private long durationMs;

    @Option(
            names = "--live",
            paramLabel = "LIVE",
            description =
                    "a live that is on air already; without it the bench makes one, and can measure delay")
    private @Nullable String liveId;

    @Option(
            names = "--slow",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "so many of them read only 20 kB a second; they do not count in the figures (default: ${DEFAULT-VALUE})")
    private int slowViewers;

    @Option(
            names = "--leaves",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "how many leave in a second once all are there, closing, breaking off or just falling silent in turns; each is followed by another (default: ${DEFAULT-VALUE})")
    private double leavesPerSecond;

    @Override
    public Integer call() throws InterruptedException {
        if (viewers < 1 || durationMs < 1 || !(joinsPerSecond > 0 && joinsPerSecond <= 100_000)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected --viewers and --duration above 0 and --joins above 0 up to 100000, got "
                            + viewers
                            + ", "
                            + durationMs
                            + " ms and "
                            + joinsPerSecond);
        }
        if (slowViewers < 0
                || slowViewers > viewers
                || !(leavesPerSecond >= 0 && leavesPerSecond <= 10_000)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected --slow from 0 to --viewers and --leaves from 0 to 10000, got "
                            + slowViewers
                            + " and "
                            + leavesPerSecond);
        }
        ViewerOptions options =
                new ViewerOptions(
                        platform.apiUrl(),
                        platform.mediaUrl(),
                        platform.rtmpUrl(),
                        Optional.ofNullable(liveId),
                        viewers,
                        joinsPerSecond,
                        durationMs,
                        slowViewers,
                        leavesPerSecond);
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("mediaUrl", platform.mediaUrl().toString());
        shown.put("viewers", viewers);
        shown.put("joins", joinsPerSecond);
        shown.put("durationMs", durationMs);
        shown.put("slow", slowViewers);
        shown.put("leaves", leavesPerSecond);
        String runId = UUID.randomUUID().toString().substring(0, 8);
        PrintWriter err = spec.commandLine().getErr();
        ViewerBench bench =
                new ViewerBench(
                        options,
                        runId,
                        FlvClip.demo(),
                        Pace.SYSTEM,
                        line -> {
                            err.println(line);
                            err.flush();
                        });
        return BenchRun.run(spec, platform, shown, Clock.systemUTC(), bench::run);
    }
}
