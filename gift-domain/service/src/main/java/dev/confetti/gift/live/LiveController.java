package dev.confetti.gift.live;

import dev.confetti.events.LiveEvent.EndReason;
import dev.confetti.gift.GiftSettings;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.problem.Refuses;
import dev.confetti.gift.signin.Caller;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lives over HTTP, for creators and for everybody. */
@RestController
public class LiveController {
    private final Lives lives;
    private final GiftSettings settings;

    public LiveController(Lives lives, GiftSettings settings) {
        this.lives = lives;
        this.settings = settings;
    }

    /**
     * A live's new key, shown this once.
     *
     * @param rtmpUrl where to publish, key included
     */
    public record StreamKey(String liveId, String streamKey, String rtmpUrl) {}

    /** Lives, latest first. */
    public record LiveList(List<ShownLive> lives, @Nullable String nextCursor) {}

    @PostMapping("/v1/lives")
    @ResponseStatus(HttpStatus.CREATED)
    public StreamKey create(Caller caller, @RequestBody CreateLiveRequest request) {
        Lives.Created created = lives.create(caller.id(), request);
        return streamKey(created.liveId(), created.streamKey());
    }

    @PostMapping("/v1/lives/{liveId}/key")
    @Refuses({ProblemType.UNKNOWN_LIVE, ProblemType.LIVE_ENDED})
    public StreamKey renewKey(Caller caller, @PathVariable String liveId) {
        LiveRow live = requireOwn(caller, liveId, false);
        if (live.status() == LiveStatus.ENDED) {
            throw new RefusedException(
                    ProblemType.LIVE_ENDED, "live " + liveId + " has ended; create a new one");
        }
        return streamKey(liveId, lives.keys().renew(liveId));
    }

    @PostMapping("/v1/lives/{liveId}/end")
    @Refuses(ProblemType.UNKNOWN_LIVE)
    public ShownLive end(Caller caller, @PathVariable String liveId) {
        requireOwn(caller, liveId, true);
        lives.end(liveId, EndReason.ENDED_BY_CREATOR);
        return live(liveId);
    }

    @GetMapping("/v1/lives/{liveId}")
    @Refuses(ProblemType.UNKNOWN_LIVE)
    public ShownLive live(@PathVariable String liveId) {
        return ShownLive.of(lives.named(require(liveId)), settings);
    }

    /**
     * Lives, latest first.
     *
     * @param state one of created, active, away, ended; all without
     */
    @GetMapping("/v1/lives")
    public LiveList lives(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<NamedLive> page =
                lives.page(state == null ? null : status(state), PageRequest.of(limit, cursor));
        return new LiveList(
                page.items().stream().map(live -> ShownLive.of(live, settings)).toList(),
                page.nextCursor());
    }

    private StreamKey streamKey(String liveId, String streamKey) {
        return new StreamKey(
                liveId, streamKey, settings.rtmpUrl() + "/live/" + liveId + "?key=" + streamKey);
    }

    private LiveRow require(String liveId) {
        return lives.live(liveId).orElseThrow(() -> LiveProblems.unknown(liveId));
    }

    private LiveRow requireOwn(Caller caller, String liveId, boolean orAdmin) {
        LiveRow live = require(liveId);
        if (!live.creatorId().equals(caller.id()) && !(orAdmin && caller.isAdmin())) {
            throw new RefusedException(
                    ProblemType.FORBIDDEN,
                    "live " + liveId + " is another creator's; expected one of yours");
        }
        return live;
    }

    private static LiveStatus status(String text) {
        return LiveStatus.named(text)
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        ProblemType.MALFORMED_REQUEST,
                                        "state \""
                                                + text
                                                + "\": expected one of "
                                                + Arrays.stream(LiveStatus.values())
                                                        .map(LiveStatus::published)
                                                        .toList()));
    }
}
