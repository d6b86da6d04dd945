package dev.confetti.gateway.stream;

import dev.confetti.gateway.cue.Cue;
import dev.confetti.gateway.cue.GiftFeed;
import dev.confetti.gateway.limits.Limits;
import dev.confetti.gateway.metrics.GatewayMeters;
import io.netty.channel.EventLoop;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** All streams of this gateway, by live. Thread-safe. */
public final class Streams implements GiftFeed.Sink {
    private final Map<String, Stream> byLive = new ConcurrentHashMap<>();
    private final Limits limits;
    private final GatewayMeters meters;
    private final LongSupplier clockMs;

    public Streams(Limits limits, GatewayMeters meters, LongSupplier clockMs) {
        this.limits = limits;
        this.meters = meters;
        this.clockMs = clockMs;
    }

    /** The stream of a live; null when nobody publishes or has just published on it. */
    public @Nullable Stream find(String liveId) {
        return byLive.get(liveId);
    }

    /** All streams that are here now. */
    public Collection<Stream> all() {
        return List.copyOf(byLive.values());
    }

    /** The stream of a live, made when there is none. */
    Stream open(String liveId, EventLoop loop) {
        return byLive.computeIfAbsent(
                liveId,
                id -> new Stream(id, loop, limits, meters, clockMs, () -> byLive.remove(id)));
    }

    @Override
    public boolean hosts(String liveId) {
        return byLive.containsKey(liveId);
    }

    @Override
    public void gift(String liveId, Cue cue) {
        Stream stream = byLive.get(liveId);
        if (stream != null) {
            stream.gift(cue);
        }
    }

    @Override
    public void liveEnded(String liveId) {
        Stream stream = byLive.get(liveId);
        if (stream != null) {
            stream.end("the live has ended");
        }
    }

    /** Ends all streams, for shutdown. */
    public void endAll(String reason) {
        List.copyOf(byLive.values()).forEach(stream -> stream.end(reason));
    }
}
