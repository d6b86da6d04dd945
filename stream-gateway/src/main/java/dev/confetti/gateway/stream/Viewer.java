package dev.confetti.gateway.stream;

import dev.confetti.gateway.channel.Connection;
import dev.confetti.gateway.channel.Sending;
import dev.confetti.gateway.limits.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One viewer of a stream: a connection with a bounded queue.
 *
 * <p>A viewer whose queue is full gets nothing more until it has drained and a key frame comes;
 * memory stays small, since what waits is shared with all others. After its construction it is
 * confined to its channel's event loop.
 */
public final class Viewer {
    private final Channel channel;
    private final Connection connection;
    private final Muxer muxer;
    private final @Nullable Framing framing;
    private final Runnable onEnd;
    private final Limits limits;

    /** Its place in the group, so that leaving costs nothing; -1 outside. */
    int index = -1;

    private long seenVersion;
    private boolean waitsForKey;
    private boolean paused;
    private long waitsSinceMs;
    private long joinAllowanceBytes;

    /**
     * @param framing null where the bytes go out as they are
     * @param onEnd run on the channel's event loop when the stream is over
     */
    public Viewer(
            Channel channel,
            Muxer muxer,
            @Nullable Framing framing,
            Limits limits,
            Runnable onEnd) {
        this.channel = channel;
        this.connection = Connection.of(channel);
        this.muxer = muxer;
        this.framing = framing;
        this.limits = limits;
        this.onEnd = onEnd;
    }

    /** Who it is. */
    public Connection connection() {
        return connection;
    }

    Channel channel() {
        return channel;
    }

    Muxer muxer() {
        return muxer;
    }

    /**
     * Sends what a new viewer starts with.
     *
     * @param pieces taken over
     * @param version of the track headers in the pieces
     * @param hasPictures whether the pieces can be decoded and followed by the next batch
     * @return bytes sent
     */
    long begin(List<ByteBuf> pieces, long version, boolean hasPictures, long clockMs) {
        long bytes = 0;
        for (ByteBuf piece : pieces) {
            bytes += write(piece);
        }
        channel.flush();
        seenVersion = hasPictures ? version : -1;
        waitsForKey = !hasPictures;
        waitsSinceMs = clockMs;
        // The first pictures come all at once: they may not count as lagging.
        joinAllowanceBytes = bytes;
        return bytes;
    }

    /**
     * Sends nothing until further notice, or goes on at the next key frame; on the channel's event
     * loop.
     */
    public void pause(boolean nowPaused, long clockMs) {
        if (paused && !nowPaused) {
            waitsForKey = true;
            waitsSinceMs = clockMs;
            seenVersion = -1; // what it does not get until then is no drop
        }
        paused = nowPaused;
    }

    /**
     * Sends a batch, or drops it.
     *
     * @return bytes sent; -1 when it was dropped because this viewer is too slow
     */
    long deliver(Batch batch, long clockMs) {
        if (paused) {
            return 0;
        }
        long pendingBytes = pendingBytes();
        connection.queued(pendingBytes);
        long sent = deliver(batch, pendingBytes, clockMs);
        if (sent < 0) {
            connection.dropped(batch.units());
        }
        return sent;
    }

    private long deliver(Batch batch, long pendingBytes, long clockMs) {
        if (pendingBytes < limits.viewerQueueBytes() / 2) {
            joinAllowanceBytes = 0;
        }
        if (waitsForKey) {
            return resume(batch, pendingBytes, clockMs);
        }
        if (pendingBytes > limits.viewerQueueBytes() + joinAllowanceBytes) {
            waitsForKey = true;
            waitsSinceMs = clockMs;
            return -1;
        }
        long bytes = 0;
        if (seenVersion != batch.versionBefore()) {
            bytes += write(headers(batch));
        }
        seenVersion = batch.versionAfter();
        bytes += write(batch.bytes().retainedDuplicate());
        channel.flush();
        return bytes;
    }

    private long resume(Batch batch, long pendingBytes, long clockMs) {
        boolean drained = pendingBytes <= limits.viewerQueueBytes() / 2;
        if (!drained && clockMs - waitsSinceMs > limits.viewerStallMs()) {
            connection.kick("took nothing for " + limits.viewerStallMs() + " ms");
            return -1;
        }
        if (!drained || batch.keyOffset() < 0) {
            return drained && seenVersion < 0 ? 0 : -1;
        }
        waitsForKey = false;
        long bytes = 0;
        if (seenVersion != batch.versionAfter() && !batch.headersAtKey()) {
            bytes += write(headers(batch));
        }
        seenVersion = batch.versionAfter();
        int length = batch.bytes().readableBytes() - batch.keyOffset();
        bytes +=
                write(
                        batch.bytes()
                                .retainedSlice(
                                        batch.bytes().readerIndex() + batch.keyOffset(), length));
        channel.flush();
        return bytes;
    }

    /**
     * A slice, since it has no room behind its bytes: TLS gathers small pieces in the room that the
     * first of them has, and these bytes are everybody's.
     */
    private static ByteBuf headers(Batch batch) {
        return batch.headers().retainedSlice();
    }

    private int write(ByteBuf piece) {
        int bytes = piece.readableBytes();
        connection.sent(bytes);
        if (bytes == 0) {
            piece.release();
            return 0;
        }
        if (framing != null) {
            Sending.write(channel, framing.header(channel.alloc(), bytes));
        }
        Sending.write(channel, piece);
        return bytes;
    }

    private long pendingBytes() {
        ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
        if (queue != null) {
            return queue.totalPendingWriteBytes();
        }
        if (channel.isWritable()) { // a stream of HTTP/2 says its queue only so
            return channel.config().getWriteBufferHighWaterMark() - channel.bytesBeforeUnwritable();
        }
        long aboveLowWater = channel.bytesBeforeWritable();
        boolean closed = aboveLowWater == Long.MAX_VALUE;
        return closed ? 0 : channel.config().getWriteBufferLowWaterMark() + aboveLowWater;
    }

    void end() {
        onEnd.run();
    }
}
