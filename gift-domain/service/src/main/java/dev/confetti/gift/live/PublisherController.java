package dev.confetti.gift.live;

import dev.confetti.gift.http.PathIds;
import dev.confetti.gift.live.LiveDecision.Accepted;
import dev.confetti.gift.live.LiveDecision.Ended;
import dev.confetti.gift.live.LiveDecision.Unchanged;
import dev.confetti.gift.live.LiveDecision.Unknown;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.UUID;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers the gateway: who may publish, and what becomes of the live. */
@RestController
@Hidden
@RequestMapping("/internal/v1/lives/{liveId}/publishers")
public class PublisherController {
    private final Lives lives;

    public PublisherController(Lives lives) {
        this.lives = lives;
    }

    /**
     * How long the publisher may publish without a further sign of life.
     *
     * @param leaseMs renewed well before it is over
     */
    public record Lease(long leaseMs) {}

    /** Lets a publisher in that has the key; it takes over from any other. */
    @PostMapping
    public Lease admit(@PathVariable String liveId, AdmitRequest request) {
        UUID publisherId = publisher(request.publisherId());
        LiveRow live = lives.live(liveId).orElseThrow(() -> LiveProblems.unknown(liveId));
        if (!lives.keys().isRight(liveId, request.streamKey())) {
            throw new RefusedException(
                    ProblemType.WRONG_STREAM_KEY,
                    "streamKey: expected the latest key of live " + liveId);
        }
        if (live.status() == LiveStatus.ENDED) {
            throw LiveProblems.ended(liveId);
        }
        lives.publishers().admit(liveId, publisherId);
        return lease();
    }

    /** The publisher's first media arrived. */
    @PostMapping("/{publisherId}/started")
    public Lease started(@PathVariable String liveId, @PathVariable String publisherId) {
        UUID id = publisher(publisherId);
        if (!lives.publishers().start(liveId, id)) {
            throw gone(liveId, id);
        }
        return started(liveId, id);
    }

    /** A sign of life; also brings back a live that was thought to be away. */
    @PutMapping("/{publisherId}/lease")
    public Lease renew(
            @PathVariable String liveId, @PathVariable String publisherId, LeaseRequest request) {
        UUID id = publisher(publisherId);
        boolean started =
                lives.publishers()
                        .renew(liveId, id, request.viewers())
                        .orElseThrow(() -> gone(liveId, id));
        LiveRow live = lives.live(liveId).orElseThrow(() -> LiveProblems.unknown(liveId));
        if (live.status() == LiveStatus.ENDED) {
            throw LiveProblems.ended(liveId);
        }
        boolean isActive = live.status() == LiveStatus.ACTIVE && id.equals(live.publisherId());
        return started && !isActive ? started(liveId, id) : lease();
    }

    /** The publisher went. */
    @DeleteMapping("/{publisherId}")
    public Lease left(@PathVariable String liveId, @PathVariable String publisherId) {
        UUID id = publisher(publisherId);
        if (lives.publishers().remove(liveId, id)) {
            lives.leave(liveId, id);
        }
        return new Lease(0);
    }

    private Lease started(String liveId, UUID publisherId) {
        return switch (lives.start(liveId, publisherId)) {
            case Accepted _, Unchanged _ -> lease();
            case Ended _ -> throw LiveProblems.ended(liveId);
            case Unknown _ -> throw LiveProblems.unknown(liveId);
        };
    }

    private Lease lease() {
        return new Lease(lives.publishers().lease().toMillis());
    }

    private RefusedException gone(String liveId, UUID publisherId) {
        return lives.live(liveId)
                .map(
                        live ->
                                live.status() == LiveStatus.ENDED
                                        ? LiveProblems.ended(liveId)
                                        : LiveProblems.replaced(liveId, publisherId))
                .orElseGet(() -> LiveProblems.unknown(liveId));
    }

    private static UUID publisher(String text) {
        return PathIds.uuid(text)
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        ProblemType.MALFORMED_REQUEST,
                                        "publisherId \"" + text + "\": expected a UUID"));
    }
}
