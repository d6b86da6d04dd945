package dev.confetti.bench.viewers;

import dev.confetti.bench.report.Report;
import dev.confetti.bench.stage.BenchLive;
import dev.confetti.demo.api.ApiProblem;
import dev.confetti.demo.api.ConfettiApi;
import dev.confetti.demo.flv.FlvClip;
import dev.confetti.demo.pace.Pace;
import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;

/**
 * Plays one live to many viewers: how soon they see something, how far behind they are, how even it
 * comes.
 */
public final class ViewerBench {
    private final ViewerOptions options;
    private final String runId;
    private final FlvClip clip;
    private final Pace pace;
    private final Consumer<String> progress;

    public ViewerBench(
            ViewerOptions options,
            String runId,
            FlvClip clip,
            Pace pace,
            Consumer<String> progress) {
        this.options = options;
        this.runId = runId;
        this.clip = clip;
        this.pace = pace;
        this.progress = progress;
    }

    /** Runs the bench against the platform and adds what it found. */
    public void run(Report report) throws IOException, InterruptedException, ApiProblem {
        if (options.liveId().isPresent()) {
            watch(options.liveId().get(), new ViewerFindings(null), report);
            return;
        }
        try (ConfettiApi api = new ConfettiApi(options.apiUrl());
                BenchLive live = BenchLive.start(api, runId, options.rtmpUrl(), clip, pace)) {
            watch(live.liveId(), new ViewerFindings(live.sentTimes()), report);
        }
    }

    private void watch(String liveId, ViewerFindings findings, Report report) throws IOException {
        progress.accept(
                options.viewers()
                        + " viewers join live "
                        + liveId
                        + " at "
                        + options.joinsPerSecond()
                        + " a second, then stay for "
                        + options.durationMs() / 1000
                        + " s");
        URI flv = URI.create(options.mediaUrl() + "/live/" + liveId + ".flv");
        long elapsedNanos = new ViewerSwarm(flv, options, findings).run();
        findings.report(report, elapsedNanos);
    }
}
