package dev.confetti.gateway.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** The gateway's counters. Adding to one is cheap enough for each frame; all are thread-safe. */
public final class GatewayMeters {
    public final AtomicInteger streams = new AtomicInteger();
    public final AtomicInteger publishers = new AtomicInteger();
    public final AtomicInteger viewers = new AtomicInteger();
    public final AtomicInteger giftListeners = new AtomicInteger();

    /** Streams that somebody watches, or has just watched, as HLS. */
    public final AtomicInteger hlsOutputs = new AtomicInteger();

    public final LongAdder hlsRequests = new LongAdder();
    public final AtomicInteger connections = new AtomicInteger();
    public final LongAdder bytesIn = new LongAdder();
    public final LongAdder bytesOut = new LongAdder();

    /** Pictures and packets that slow viewers did not get. */
    public final LongAdder framesDropped = new LongAdder();

    /** Access units of publishers that broke their own format. */
    public final LongAdder unitsMalformed = new LongAdder();

    /** Packets of tracks beside the main one, which are not carried. */
    public final LongAdder otherTracks = new LongAdder();

    public final LongAdder cues = new LongAdder();
    public final LongAdder cuesMerged = new LongAdder();
    public final LongAdder cuesDropped = new LongAdder();

    /** Connections closed for what they sent. */
    public final LongAdder connectionsRefused = new LongAdder();

    /** Calls to the operator's hook that were given up. */
    public final LongAdder hooksFailed = new LongAdder();

    private volatile double busiestLoop;
    private volatile @Nullable MeterRegistry registry;

    /**
     * The busiest event loop took this in the last second.
     *
     * @param share of a core, 0 to 1
     */
    public void busiestLoop(double share) {
        busiestLoop = share;
    }

    /**
     * Shows gauges of one stream, until the returned action is run.
     *
     * @param gauges by name, such as {@code viewers} for {@code confetti.gateway.stream.viewers}
     */
    public Runnable stream(String liveId, Map<String, DoubleSupplier> gauges) {
        MeterRegistry bound = registry;
        if (bound == null) {
            return () -> {};
        }
        List<Gauge> shown =
                gauges.entrySet().stream()
                        .map(
                                gauge ->
                                        Gauge.builder(
                                                        "confetti.gateway.stream." + gauge.getKey(),
                                                        gauge.getValue(),
                                                        DoubleSupplier::getAsDouble)
                                                .tag("live", liveId)
                                                .strongReference(true)
                                                .register(bound))
                        .toList();
        return () -> shown.forEach(bound::remove);
    }

    public void bindTo(MeterRegistry registry) {
        this.registry = registry;
        gauge(registry, "streams", streams);
        gauge(registry, "publishers", publishers);
        gauge(registry, "viewers", viewers);
        gauge(registry, "gift.listeners", giftListeners);
        gauge(registry, "hls.outputs", hlsOutputs);
        counter(registry, "hls.requests", hlsRequests);
        gauge(registry, "connections", connections);
        counter(registry, "bytes.in", bytesIn);
        counter(registry, "bytes.out", bytesOut);
        counter(registry, "frames.dropped", framesDropped);
        counter(registry, "units.malformed", unitsMalformed);
        counter(registry, "tracks.left.out", otherTracks);
        counter(registry, "cues", cues);
        counter(registry, "cues.merged", cuesMerged);
        counter(registry, "cues.dropped", cuesDropped);
        counter(registry, "connections.refused", connectionsRefused);
        counter(registry, "hooks.failed", hooksFailed);
        Gauge.builder("confetti.gateway.event.loop.busy", this, self -> self.busiestLoop)
                .register(registry);
    }

    private static void gauge(MeterRegistry registry, String name, AtomicInteger value) {
        Gauge.builder("confetti.gateway." + name, value, AtomicInteger::get).register(registry);
    }

    private static void counter(MeterRegistry registry, String name, LongAdder value) {
        FunctionCounter.builder("confetti.gateway." + name, value, LongAdder::sum)
                .register(registry);
    }
}
