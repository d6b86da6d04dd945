package dev.confetti.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.demo.flv.FlvClip;
import dev.confetti.demo.pace.Pace;
import dev.confetti.demo.rtmp.RtmpPublisher;
import dev.confetti.demo.rtmp.RtmpTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** A creator with a live that the demo's clip is published to. */
record Stage(Server server, Api creator, String liveId, String streamKey, RtmpPublisher publisher)
        implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    static Stage open(PlatformProcess platform) throws IOException, InterruptedException {
        return open(platform, platform.ports().rtmp());
    }

    /** The same where commands and media are with different processes. */
    static Stage open(Server server, int rtmpPort) throws IOException, InterruptedException {
        Api creator = Api.as(server, "creator-7", "Ada", "creator");
        Api.Answer live =
                creator.post("/v1/lives", null, "{\"title\":\"Friday night\",\"tags\":[\"music\"]}")
                        .expect(201);
        String liveId = live.text("liveId");
        String key = live.text("streamKey");
        Stage stage = new Stage(server, creator, liveId, key, publish(rtmpPort, liveId, key));
        stage.awaitState("active");
        return stage;
    }

    /** Publishes to the same live again, on another platform process. */
    Stage resumeOn(PlatformProcess again) throws IOException, InterruptedException {
        publisher.close();
        Stage stage =
                new Stage(
                        again,
                        Api.as(again, "creator-7", "Ada", "creator"),
                        liveId,
                        streamKey,
                        publish(again.ports().rtmp(), liveId, streamKey));
        stage.awaitState("active");
        return stage;
    }

    private static RtmpPublisher publish(int rtmpPort, String liveId, String key) {
        RtmpTarget target = RtmpTarget.of("rtmp://127.0.0.1:" + rtmpPort + "/live", liveId, key);
        return RtmpPublisher.start(
                target, FlvClip.demo(), new RtmpPublisher.Listener() {}, Pace.SYSTEM);
    }

    void awaitState(String state) {
        await(
                "live " + liveId + " to be " + state,
                () -> Api.anonymous(server).get("/v1/lives/" + liveId).text("state").equals(state));
    }

    @Override
    public void close() {
        publisher.close();
    }

    /** Waits for a condition; fails with its name when it does not come true. */
    static void await(String what, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Throwable last = null;
        while (System.nanoTime() < deadline) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (IOException | AssertionError e) {
                last = e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        assertThat(last).as("waited for " + what).isNull();
        throw new AssertionError("waited in vain for " + what);
    }
}
