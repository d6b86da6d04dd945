package dev.confetti.bench.stage;

import dev.confetti.bench.media.SentTimes;
import dev.confetti.bench.media.ShownUrl;
import dev.confetti.demo.api.ApiProblem;
import dev.confetti.demo.api.ConfettiApi;
import dev.confetti.demo.api.NewLive;
import dev.confetti.demo.flv.FlvClip;
import dev.confetti.demo.flv.FlvTag;
import dev.confetti.demo.pace.Pace;
import dev.confetti.demo.rtmp.RtmpPublisher;
import dev.confetti.demo.rtmp.RtmpTarget;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A live that a bench has made and is publishing the demo clip on; it is ended when closed. */
public final class BenchLive implements AutoCloseable {
    private static final long ACTIVE_TIMEOUT_MS = 30_000;
    private static final long POLL_MS = 50;

    private final ConfettiApi api;
    private final String token;
    private final NewLive live;
    private final RtmpPublisher publisher;
    private final SentTimes sentTimes;

    private BenchLive(
            ConfettiApi api,
            String token,
            NewLive live,
            RtmpPublisher publisher,
            SentTimes sentTimes) {
        this.api = api;
        this.token = token;
        this.live = live;
        this.publisher = publisher;
        this.sentTimes = sentTimes;
    }

    /**
     * Makes a creator and a live, publishes on it, and waits until it is active.
     *
     * @param rtmpUrl where to publish; empty takes what the platform says
     * @throws BenchFailure when the live does not become active
     */
    public static BenchLive start(
            ConfettiApi api, String runId, Optional<String> rtmpUrl, FlvClip clip, Pace pace)
            throws IOException, InterruptedException, ApiProblem {
        String token =
                api.devToken("bench-" + runId + "-creator", "Bench " + runId, List.of("creator"));
        NewLive live = api.createLive(token, "Bench " + runId, List.of("bench"));
        SentTimes sentTimes = new SentTimes();
        RtmpPublisher.Listener listener =
                new RtmpPublisher.Listener() {
                    @Override
                    public void sent(FlvTag tag, long timestampMs, long nanoTime) {
                        if (tag.type() == FlvTag.VIDEO) {
                            sentTimes.sent(timestampMs, nanoTime);
                        }
                    }
                };
        RtmpTarget target = target(rtmpUrl.orElse(live.rtmpUrl()), live);
        RtmpPublisher publisher = RtmpPublisher.start(target, clip, listener, pace);
        BenchLive started = new BenchLive(api, token, live, publisher, sentTimes);
        try {
            started.awaitActive(target, pace);
        } catch (IOException | InterruptedException | ApiProblem | RuntimeException e) {
            started.close();
            throw e;
        }
        return started;
    }

    private static RtmpTarget target(String rtmpUrl, NewLive live) {
        try {
            return RtmpTarget.of(rtmpUrl, live.liveId(), live.streamKey());
        } catch (IllegalArgumentException e) {
            // Such as rtmps://…; the URL that the platform says has the key in it.
            throw new BenchFailure(
                    "--rtmp-url "
                            + ShownUrl.of(rtmpUrl)
                            + ": expected rtmp://HOST[:PORT], without TLS",
                    e);
        }
    }

    private void awaitActive(RtmpTarget target, Pace pace)
            throws IOException, InterruptedException, ApiProblem {
        String state = api.liveState(live.liveId());
        for (long waitedMs = 0; !state.equals("active"); waitedMs += POLL_MS) {
            if (publisher.refusal().isPresent()) {
                throw new BenchFailure(
                        target + " refused: " + publisher.refusal().get().getMessage());
            }
            if (waitedMs >= ACTIVE_TIMEOUT_MS) {
                throw new BenchFailure(
                        "expected live "
                                + live.liveId()
                                + " to be active within 30 s of publishing to "
                                + target
                                + ", it is "
                                + state);
            }
            pace.sleepMs(POLL_MS);
            state = api.liveState(live.liveId());
        }
    }

    public String liveId() {
        return live.liveId();
    }

    /** When each picture was sent. */
    public SentTimes sentTimes() {
        return sentTimes;
    }

    /** Stops publishing and ends the live. */
    @Override
    public void close() {
        publisher.close();
        try {
            api.endLive(token, live.liveId());
        } catch (IOException | ApiProblem e) {
            // The platform ends it by itself once its grace is over.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
