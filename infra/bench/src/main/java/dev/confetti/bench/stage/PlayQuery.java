package dev.confetti.bench.stage;

import dev.confetti.demo.api.ApiProblem;
import dev.confetti.demo.api.ConfettiApi;
import java.io.IOException;
import java.util.List;

/** What the play URLs of a live need after them. */
public final class PlayQuery {
    private PlayQuery() {}

    /**
     * {@code ?token=…} with a token of an invented viewer where the live wants one, otherwise
     * nothing. One token serves all viewers of a bench.
     */
    public static String of(ConfettiApi api, String runId, String liveId)
            throws IOException, InterruptedException, ApiProblem {
        if (!api.isPlayedByToken(liveId)) {
            return "";
        }
        String viewer =
                api.devToken("bench-" + runId + "-watcher", "Bench " + runId, List.of("viewer"));
        return "?token=" + api.playToken(viewer, liveId);
    }
}
