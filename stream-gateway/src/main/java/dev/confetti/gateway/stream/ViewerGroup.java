package dev.confetti.gateway.stream;

import dev.confetti.gateway.metrics.GatewayMeters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The viewers of one stream, format and framing on one event loop.
 *
 * <p>The stream hands over one task per flush and group, however many viewers there are. Everything
 * but the hand-over methods is confined to the group's loop.
 */
final class ViewerGroup {
    private final EventLoop loop;
    private final GatewayMeters meters;
    private final LongAdder streamDrops;
    private final DeliveryDelay delay;
    private final LongSupplier clockMs;
    private final Backlog backlog;
    private final List<Viewer> viewers = new ArrayList<>();
    private boolean walking;

    /**
     * @param framing of all its viewers
     * @param maxBacklogBytes that may wait for the slowest of them
     */
    ViewerGroup(
            EventLoop loop,
            @Nullable Framing framing,
            long maxBacklogBytes,
            GatewayMeters meters,
            LongAdder streamDrops,
            DeliveryDelay delay,
            LongSupplier clockMs) {
        this.loop = loop;
        this.meters = meters;
        this.streamDrops = streamDrops;
        this.delay = delay;
        this.clockMs = clockMs;
        this.backlog = new Backlog(framing, maxBacklogBytes);
    }

    /** Hands a new viewer over, with the pieces it starts with. */
    void add(Viewer viewer, List<ByteBuf> pieces, long version, boolean hasPictures) {
        hand(
                () -> {
                    if (!viewer.channel().isActive()) {
                        pieces.forEach(ByteBuf::release);
                        return;
                    }
                    viewer.index = viewers.size();
                    viewers.add(viewer);
                    viewer.channel().closeFuture().addListener(_ -> remove(viewer));
                    meters.bytesOut.add(viewer.begin(pieces, version, hasPictures, backlog));
                    viewer.channel().pipeline().addLast(new Refill(viewer));
                },
                () -> pieces.forEach(ByteBuf::release));
    }

    /** Hands a batch over; the caller keeps its own reference. */
    void deliver(Batch batch) {
        batch.retain();
        hand(() -> deliverHere(batch), batch::release);
    }

    /** Tells all viewers that the stream is over. */
    void end() {
        hand(
                () -> {
                    walk(() -> List.copyOf(viewers).forEach(viewer -> viewer.end(backlog)));
                    backlog.releaseUpTo(backlog.head());
                },
                () -> {});
    }

    private void deliverHere(Batch batch) {
        long now = clockMs.getAsLong();
        backlog.add(batch, now);
        walk(() -> pumpAll(now, batch.flushedNanos()));
    }

    private void pumpAll(long now, long flushedNanos) {
        Tally tally = new Tally();
        long needed = backlog.head();
        // Backwards, since a viewer that fails closes and leaves the list under our feet.
        for (int i = viewers.size() - 1; i >= 0; i--) {
            if (i < viewers.size()) {
                Viewer viewer = viewers.get(i);
                viewer.pump(backlog, now, tally);
                needed = Math.min(needed, viewer.place());
            }
        }
        if (!viewers.isEmpty()) {
            delay.record(System.nanoTime() - flushedNanos);
        }
        backlog.releaseUpTo(needed);
        count(tally);
    }

    /** Keeps what viewers are given while one may leave in the middle of it. */
    private void walk(Runnable overViewers) {
        boolean outer = walking;
        walking = true;
        try {
            overViewers.run();
        } finally {
            walking = outer;
            releaseIfNobodyIsHere();
        }
    }

    private void releaseIfNobodyIsHere() {
        if (!walking && viewers.isEmpty()) {
            backlog.releaseUpTo(backlog.head());
        }
    }

    private void count(Tally tally) {
        meters.bytesOut.add(tally.bytes);
        if (tally.dropped > 0) {
            meters.framesDropped.add(tally.dropped);
            streamDrops.add(tally.dropped);
        }
    }

    private void pump(Viewer viewer) {
        Tally tally = new Tally();
        viewer.pump(backlog, clockMs.getAsLong(), tally);
        count(tally);
    }

    /** Goes on with a viewer as soon as its connection has room, not only at the next picture. */
    private final class Refill extends ChannelInboundHandlerAdapter {
        private final Viewer viewer;

        Refill(Viewer viewer) {
            this.viewer = viewer;
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            if (viewer.index >= 0 && ctx.channel().isWritable()) {
                walk(() -> pump(viewer));
            }
            ctx.fireChannelWritabilityChanged();
        }
    }

    private void remove(Viewer viewer) {
        int index = viewer.index;
        if (index < 0) {
            return;
        }
        viewer.index = -1;
        Viewer last = viewers.removeLast();
        if (last != viewer) {
            viewers.set(index, last);
            last.index = index;
        }
        releaseIfNobodyIsHere();
    }

    private void hand(Runnable task, Runnable otherwise) {
        if (loop.inEventLoop()) {
            task.run();
            return;
        }
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            otherwise.run(); // the gateway is shutting down
        }
    }
}
