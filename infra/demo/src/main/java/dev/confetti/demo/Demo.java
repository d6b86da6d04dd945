package dev.confetti.demo;

import dev.confetti.demo.api.ConfettiApi;
import dev.confetti.demo.crowd.Crowd;
import dev.confetti.demo.flv.FlvClip;
import dev.confetti.demo.pace.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The running demo: synthetic creators who stream over RTMP and simulated viewers who buy coins and
 * send gifts, all through the platform's public ports.
 */
public final class Demo implements AutoCloseable {
    private final ConfettiApi api;
    private final ExecutorService threads;
    private final List<Stage> stages;

    private Demo(ConfettiApi api, ExecutorService threads, List<Stage> stages) {
        this.api = api;
        this.threads = threads;
        this.stages = stages;
    }

    /**
     * Starts the demo and returns at once; while the platform does not answer yet, the demo tries
     * again.
     */
    public static Demo start(DemoConfig config) {
        ConfettiApi api = new ConfettiApi(config.apiUrl());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        FlvClip clip = FlvClip.demo();
        List<Stage> stages = new ArrayList<>();
        for (int i = 0; i < config.lives(); i++) {
            SavedLive saved =
                    new SavedLive(
                            config.dataFolder()
                                    .resolve("demo")
                                    .resolve("live-" + (i + 1) + ".json"));
            Stage stage = new Stage(api, Show.at(i), config.rtmpUrl(), clip, saved, Pace.SYSTEM);
            stages.add(stage);
            threads.execute(stage);
            threads.execute(
                    new Crowd(
                            api,
                            stage::onAir,
                            "demo-viewer-" + (i + 1) + "-",
                            config.viewersPerLive(),
                            config.sendsPerSecond() / config.lives(),
                            config.seed() + i,
                            () -> UUID.randomUUID().toString(),
                            threads,
                            Pace.SYSTEM));
        }
        return new Demo(api, threads, stages);
    }

    /** The lives that are being published right now. */
    public List<String> livesOnAir() {
        return stages.stream().flatMap(s -> s.onAir().stream()).toList();
    }

    /** Stops publishing and sending; returns within two seconds. */
    @Override
    public void close() {
        threads.shutdownNow();
        api.close();
        try {
            if (!threads.awaitTermination(2, TimeUnit.SECONDS)) {
                // Virtual threads do not keep the process: whatever still waits for the network
                // ends with it.
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
