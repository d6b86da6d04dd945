package dev.confetti.gateway.stream;

import dev.confetti.gateway.cue.Cue;
import dev.confetti.gateway.cue.GiftFeed;
import dev.confetti.gateway.hls.HlsMemory;
import dev.confetti.gateway.limits.Limits;
import dev.confetti.gateway.metrics.GatewayMeters;
import dev.confetti.gateway.slate.Slate;
import io.netty.channel.EventLoop;
import io.netty.util.internal.PlatformDependent;
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
    private final LongSupplier epochMs;
    private final FlushPace pace;
    private final @Nullable Slate slate;

    /** Half of what buffers outside the heap may take; the other half is for everything else. */
    private final HlsMemory hlsMemory = new HlsMemory(PlatformDependent.maxDirectMemory() / 2);

    /** Lives that are over, while their HLS output still says so. */
    private final Map<String, Stream> ended = new ConcurrentHashMap<>();

    /**
     * @param clockMs a clock that never goes back
     * @param epochMs the wall clock
     * @param slate shown while a publisher is away; null for none
     */
    public Streams(
            Limits limits,
            GatewayMeters meters,
            LongSupplier clockMs,
            LongSupplier epochMs,
            FlushPace pace,
            @Nullable Slate slate) {
        this.limits = limits;
        this.meters = meters;
        this.clockMs = clockMs;
        this.epochMs = epochMs;
        this.pace = pace;
        this.slate = slate;
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
                id ->
                        new Stream(
                                id,
                                loop,
                                limits,
                                meters,
                                clockMs,
                                epochMs,
                                hlsMemory,
                                pace,
                                slate,
                                this::closed,
                                stream -> ended.remove(id, stream)));
    }

    private void closed(Stream stream) {
        if (stream.hasHls()) {
            Stream older = ended.put(stream.liveId(), stream);
            if (older != null) {
                older.endAtOnce("another one of its name is over");
            }
        }
        byLive.remove(stream.liveId());
    }

    /** The same as {@link #find}, or a stream that ended a moment ago; null when there is none. */
    public @Nullable Stream findForHls(String liveId) {
        Stream stream = byLive.get(liveId);
        return stream != null ? stream : ended.get(liveId);
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
        List.copyOf(byLive.values()).forEach(stream -> stream.endAtOnce(reason));
        List.copyOf(ended.values()).forEach(stream -> stream.endAtOnce(reason));
    }
}
