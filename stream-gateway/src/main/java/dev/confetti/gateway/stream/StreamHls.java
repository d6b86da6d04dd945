package dev.confetti.gateway.stream;

import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.hls.HlsLimits;
import dev.confetti.gateway.hls.HlsMemory;
import dev.confetti.gateway.hls.HlsOutput;
import dev.confetti.gateway.media.AccessUnit;
import dev.confetti.gateway.media.TrackHeaders;
import dev.confetti.gateway.metrics.GatewayMeters;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The HLS side of a stream: an output from the first request for it until nobody asks any more, and
 * its viewers among the stream's. Confined to the stream's event loop.
 */
final class StreamHls {
    private final String liveId;
    private final HlsMemory memory;
    private final GatewayMeters meters;
    private final AtomicInteger viewersOfStream;
    private final LongSupplier clockMs;
    private final LongSupplier epochMs;
    private @Nullable HlsOutput output;
    private int viewers;

    /**
     * @param viewersOfStream is kept with the viewers of HLS in it
     * @param clockMs a clock that never goes back
     * @param epochMs the wall clock
     */
    StreamHls(
            String liveId,
            HlsMemory memory,
            GatewayMeters meters,
            AtomicInteger viewersOfStream,
            LongSupplier clockMs,
            LongSupplier epochMs) {
        this.liveId = liveId;
        this.memory = memory;
        this.meters = meters;
        this.viewersOfStream = viewersOfStream;
        this.clockMs = clockMs;
        this.epochMs = epochMs;
    }

    /** The output; null while nobody has asked. */
    @Nullable HlsOutput output() {
        return output;
    }

    /**
     * Begins the output, with the pictures since the last key frame.
     *
     * @param longestGopMs as measured so far; 0 when not yet known
     * @param headers of the tracks now
     */
    HlsOutput open(GopCache gop, TrackHeaders headers, long longestGopMs) {
        HlsOutput opened =
                new HlsOutput(
                        liveId,
                        HlsLimits.defaults(),
                        memory,
                        ByteBufAllocator.DEFAULT,
                        longestGopMs,
                        clockMs,
                        epochMs);
        opened.headers(gop.isEmpty() ? headers : gop.headers());
        for (AccessUnit unit : gop.units()) {
            opened.append(unit, List.of(), null);
        }
        opened.headers(headers);
        meters.hlsOutputs.incrementAndGet();
        output = opened;
        return opened;
    }

    /**
     * A unit follows.
     *
     * @param newHeaders null when they have not changed
     */
    void append(AccessUnit unit, List<StampedCue> cues, @Nullable TrackHeaders newHeaders) {
        if (output != null) {
            output.append(unit, cues, newHeaders);
        }
    }

    /** Cues that no picture carries. */
    void appendCues(List<StampedCue> cues) {
        if (output != null) {
            output.appendCues(cues);
        }
    }

    /** What comes next, if anything, comes from elsewhere. */
    void publisherGone() {
        if (output != null) {
            output.publisherGone();
        }
    }

    void tick() {
        if (output != null) {
            output.tick();
            if (output.unused()) {
                release();
            }
            countViewers();
        }
    }

    int viewers() {
        return viewers;
    }

    private void countViewers() {
        int now = output == null ? 0 : output.viewers();
        viewersOfStream.addAndGet(now - viewers);
        meters.viewers.addAndGet(now - viewers);
        viewers = now;
    }

    /**
     * The live is over; clients ask for the end.
     *
     * @return how long they may, in ms, until {@link #release}; 0 when there are none
     */
    long end() {
        if (output == null) {
            return 0;
        }
        output.end();
        countViewers();
        return HlsLimits.defaults().idleMs();
    }

    /** Gives the memory of an output back that nobody needs any more. */
    void release() {
        HlsOutput last = output;
        if (last != null) {
            output = null;
            last.release();
            countViewers();
            meters.hlsOutputs.decrementAndGet();
        }
    }
}
