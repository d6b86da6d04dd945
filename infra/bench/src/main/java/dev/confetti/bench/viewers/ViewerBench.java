package dev.confetti.bench.viewers;

import dev.confetti.bench.report.Report;
import dev.confetti.bench.stage.BenchLive;
import dev.confetti.bench.stage.PlayQuery;
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
        try (ConfettiApi api = new ConfettiApi(options.apiUrl())) {
            if (options.liveId().isPresent()) {
                String liveId = options.liveId().get();
                watch(liveId, queryIfKnown(api, liveId), new ViewerFindings(null), report);
                return;
            }
            try (BenchLive live = BenchLive.start(api, runId, options.rtmpUrl(), clip, pace)) {
                String query = PlayQuery.of(api, runId, live.liveId());
                watch(live.liveId(), query, new ViewerFindings(live.sentTimes()), report);
            }
        }
    }

    /** A live that is on air already may be a gateway's alone, with no service beside it. */
    private String queryIfKnown(ConfettiApi api, String liveId) throws InterruptedException {
        try {
            return PlayQuery.of(api, runId, liveId);
        } catch (IOException | ApiProblem e) {
            progress.accept("no play token, so none is shown: " + e.getMessage());
            return "";
        }
    }

    private void watch(String liveId, String query, ViewerFindings findings, Report report)
            throws IOException {
        progress.accept(
                options.viewers()
                        + " viewers join live "
                        + liveId
                        + " at "
                        + options.joinsPerSecond()
                        + " a second, then stay for "
                        + options.durationMs() / 1000
                        + " s");
        URI flv = URI.create(options.mediaUrl() + "/live/" + liveId + ".flv" + query);
        long elapsedNanos = new ViewerSwarm(flv, options, findings).run();
        findings.report(report, elapsedNanos);
    }
}
