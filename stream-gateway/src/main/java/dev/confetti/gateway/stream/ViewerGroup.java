package dev.confetti.gateway.stream;

import dev.confetti.gateway.metrics.GatewayMeters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The viewers of one stream and format on one event loop.
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
    private final List<Viewer> viewers = new ArrayList<>();

    ViewerGroup(
            EventLoop loop,
            GatewayMeters meters,
            LongAdder streamDrops,
            DeliveryDelay delay,
            LongSupplier clockMs) {
        this.loop = loop;
        this.meters = meters;
        this.streamDrops = streamDrops;
        this.delay = delay;
        this.clockMs = clockMs;
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
                    meters.bytesOut.add(
                            viewer.begin(pieces, version, hasPictures, clockMs.getAsLong()));
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
        hand(() -> List.copyOf(viewers).forEach(Viewer::end), () -> {});
    }

    private void deliverHere(Batch batch) {
        try {
            long now = clockMs.getAsLong();
            long bytes = 0;
            long drops = 0;
            // Backwards, since a viewer that fails closes and leaves the list under our feet.
            for (int i = viewers.size() - 1; i >= 0; i--) {
                if (i < viewers.size()) {
                    long sent = viewers.get(i).deliver(batch, now);
                    bytes += Math.max(sent, 0);
                    drops += sent < 0 ? batch.units() : 0;
                }
            }
            meters.bytesOut.add(bytes);
            if (!viewers.isEmpty()) {
                delay.record(System.nanoTime() - batch.flushedNanos());
            }
            if (drops > 0) {
                meters.framesDropped.add(drops);
                streamDrops.add(drops);
            }
        } finally {
            batch.release();
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
