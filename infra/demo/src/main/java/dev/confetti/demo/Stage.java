package dev.confetti.demo;

import dev.confetti.demo.api.ApiProblem;
import dev.confetti.demo.api.ConfettiApi;
import dev.confetti.demo.api.NewLive;
import dev.confetti.demo.flv.FlvClip;
import dev.confetti.demo.pace.Pace;
import dev.confetti.demo.rtmp.RtmpPublisher;
import dev.confetti.demo.rtmp.RtmpTarget;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One synthetic creator and the live they publish on. Keeps to the live of the last start as long
 * as it can be published on; refused twice, it ends that one and makes another, so that no dead
 * lives pile up.
 */
final class Stage implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Stage.class);
    private static final long FIRST_RETRY_MS = 1_000;
    private static final long LAST_RETRY_MS = 30_000;
    private static final long LONG_ENOUGH_MS = 60_000;

    /** One refusal may be a platform that is still starting; two are meant. */
    private static final int MAX_REFUSALS = 2;

    private final ConfettiApi api;
    private final Show show;
    private final String rtmpUrl;
    private final FlvClip clip;
    private final SavedLive saved;
    private final Pace pace;
    private volatile @Nullable String onAir;

    /** Refusals since the last time that publishing began. */
    private final AtomicInteger refusals = new AtomicInteger();

    Stage(ConfettiApi api, Show show, String rtmpUrl, FlvClip clip, SavedLive saved, Pace pace) {
        this.api = api;
        this.show = show;
        this.rtmpUrl = rtmpUrl;
        this.clip = clip;
        this.saved = saved;
        this.pace = pace;
    }

    /** The live while it is being published. */
    Optional<String> onAir() {
        return Optional.ofNullable(onAir);
    }

    /** Runs until the thread is interrupted. */
    @Override
    public void run() {
        long retryMs = FIRST_RETRY_MS;
        try {
            while (true) {
                long startNanos = pace.nanoTime();
                String reason;
                try {
                    reason = publish(live());
                } catch (IOException | ApiProblem | RuntimeException e) {
                    reason = e.toString();
                }
                boolean lasted = pace.nanoTime() - startNanos > LONG_ENOUGH_MS * 1_000_000;
                retryMs = lasted ? FIRST_RETRY_MS : retryMs;
                LOG.warn(
                        "demo live of {} is off air: {}; next try in {} ms",
                        show.creatorName(),
                        reason,
                        retryMs);
                pace.sleepMs(retryMs);
                retryMs = Math.min(2 * retryMs, LAST_RETRY_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            onAir = null;
        }
    }

    /** The live of last time when it can still be published on, else a new one. */
    private NewLive live() throws IOException, InterruptedException, ApiProblem {
        Optional<NewLive> last = saved.read();
        if (last.isPresent() && goesOn(last.get().liveId())) {
            return last.get();
        }
        NewLive live = api.createLive(token(), show.title(), show.tags());
        saved.write(live);
        return live;
    }

    private boolean goesOn(String liveId) throws IOException, InterruptedException, ApiProblem {
        try {
            return !api.liveState(liveId).equals("ended");
        } catch (ApiProblem e) {
            if (e.status() == 404) {
                return false;
            }
            throw e;
        }
    }

    /** Publishes until the server refuses; returns its reason. */
    private String publish(NewLive live) throws IOException, InterruptedException, ApiProblem {
        RtmpTarget target = RtmpTarget.of(rtmpUrl, live.liveId(), live.streamKey());
        try (RtmpPublisher publisher =
                RtmpPublisher.start(target, clip, new AirSign(live.liveId()), pace)) {
            publisher.awaitEnd();
            onAir = null;
            String reason = publisher.refusal().map(Throwable::getMessage).orElse("closed");
            if (refusals.incrementAndGet() >= MAX_REFUSALS && goesOn(live.liveId())) {
                api.endLive(token(), live.liveId());
            }
            return reason;
        }
    }

    private String token() throws IOException, InterruptedException, ApiProblem {
        return api.devToken(show.creatorId(), show.creatorName(), List.of("creator"));
    }

    /** Switches {@link #onAir} with the publisher's state, and tells of changes once each. */
    private final class AirSign implements RtmpPublisher.Listener {
        private final String liveId;
        private boolean told;

        AirSign(String liveId) {
            this.liveId = liveId;
        }

        @Override
        public void publishing() {
            onAir = liveId;
            refusals.set(0);
            told = false;
            LOG.info("demo live of {} is on air: {}", show.creatorName(), liveId);
        }

        @Override
        public void interrupted(IOException reason, long retryInMs) {
            onAir = null;
            if (!told) {
                told = true;
                LOG.warn(
                        "demo live {} lost its connection ({}), trying again",
                        liveId,
                        reason.toString());
            }
        }
    }
}
