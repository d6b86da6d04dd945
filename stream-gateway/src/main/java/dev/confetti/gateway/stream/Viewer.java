package dev.confetti.gateway.stream;

import dev.confetti.gateway.channel.Connection;
import dev.confetti.gateway.channel.Sending;
import dev.confetti.gateway.limits.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One viewer of a stream: a connection, and a place in its group's {@link Backlog}.
 *
 * <p>It is given no more than its connection takes; the rest waits in the backlog, which all share.
 * Whoever falls behind by more than the limit skips to the newest key frame, so that no viewer sees
 * a live later and later. After its construction it is confined to its channel's event loop.
 */
public final class Viewer {
    /** With more than this on its way a viewer gets nothing until half of it has gone. */
    private static final WriteBufferWaterMark WATER_MARK =
            new WriteBufferWaterMark(32 << 10, 64 << 10);

    private static final long NOT_BLOCKED = -1;

    private final Channel channel;
    private final Connection connection;
    private final Muxer muxer;
    private final @Nullable Framing framing;
    private final Passage passage;
    private final Runnable onEnd;
    private final Limits limits;
    private @Nullable DirectSocket socket;

    /** Its index in the group's list, so that leaving costs nothing; -1 outside. */
    int index = -1;

    private long place;
    private long unitsSeen;
    private long seenVersion;
    private boolean waitsForKey;
    private boolean paused;
    private boolean pumping;
    private boolean unflushed;
    private long blockedSinceMs = NOT_BLOCKED;

    /**
     * @param framing null where the bytes go out as they are
     * @param passage whether bytes may go past the pipeline
     * @param onEnd run on the channel's event loop when the stream is over
     */
    public Viewer(
            Channel channel,
            Muxer muxer,
            @Nullable Framing framing,
            Passage passage,
            Limits limits,
            Runnable onEnd) {
        this.channel = channel;
        this.connection = Connection.of(channel);
        this.muxer = muxer;
        this.framing = framing;
        this.passage = passage;
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

    @Nullable Framing framing() {
        return framing;
    }

    /** Where it stands in its group's backlog: what is before, it needs no more. */
    long place() {
        return place;
    }

    /**
     * Sends what a new viewer starts with.
     *
     * @param pieces taken over
     * @param version of the track headers in the pieces
     * @param hasPictures whether the pieces can be decoded and followed by the next batch
     * @param backlog what comes after them, from its head on
     * @return bytes sent
     */
    long begin(List<ByteBuf> pieces, long version, boolean hasPictures, Backlog backlog) {
        channel.config().setWriteBufferWaterMark(WATER_MARK);
        socket = DirectSocket.of(channel, passage);
        moveTo(backlog, backlog.head());
        long bytes = 0;
        for (ByteBuf piece : pieces) {
            bytes += write(piece);
        }
        flush();
        seenVersion = hasPictures ? version : -1;
        waitsForKey = !hasPictures;
        return bytes;
    }

    /**
     * Sends nothing until further notice, or goes on at the next key frame; on the channel's event
     * loop.
     */
    public void pause(boolean nowPaused) {
        if (paused && !nowPaused) {
            waitsForKey = true;
            seenVersion = -1; // what it does not get until then is no drop
        }
        paused = nowPaused;
    }

    /** Sends what the backlog has for it, as far as the connection takes it. */
    void pump(Backlog backlog, long nowMs, Tally tally) {
        if (pumping) {
            return; // our own flush made room: the loop below sees it
        }
        if (paused) {
            moveTo(backlog, backlog.head());
            return;
        }
        pumping = true;
        try {
            if (place < backlog.tail()) { // so far behind that its next batch is gone
                skipTo(backlog, backlog.tail(), tally);
                waitsForKey = true;
            }
            do {
                while (place < backlog.head() && takes(nowMs)) {
                    next(backlog, nowMs, tally);
                }
            } while (flush() && place < backlog.head() && channel.isWritable());
            connection.queued(pendingBytes() + backlog.bytesFrom(place));
        } finally {
            pumping = false;
        }
    }

    private boolean takes(long nowMs) {
        if (channel.isWritable()) {
            blockedSinceMs = NOT_BLOCKED;
            return true;
        }
        if (blockedSinceMs == NOT_BLOCKED) {
            blockedSinceMs = nowMs;
        } else if (nowMs - blockedSinceMs > limits.viewerStallMs()) {
            connection.kick("took nothing for " + limits.viewerStallMs() + " ms");
        }
        return false;
    }

    /** Sends one batch, or moves on to where it can go on. */
    private void next(Backlog backlog, long nowMs, Tally tally) {
        long key = backlog.newestKey();
        if (!waitsForKey && !(key > place && late(backlog.at(place), nowMs))) {
            tally.bytes += follow(backlog.at(place));
            return;
        }
        boolean canStart = key >= place;
        skipTo(backlog, canStart ? key : backlog.head(), tally);
        if (canStart) {
            tally.bytes += start(backlog.at(key));
        }
    }

    private boolean late(Backlog.Entry entry, long nowMs) {
        return nowMs - entry.atMs() > limits.viewerLagMs();
    }

    private void skipTo(Backlog backlog, long target, Tally tally) {
        if (seenVersion >= 0) {
            long missed = backlog.unitsBefore(target) - unitsSeen;
            connection.dropped(missed);
            tally.dropped += missed;
        }
        moveTo(backlog, target);
    }

    private void moveTo(Backlog backlog, long target) {
        place = target;
        unitsSeen = backlog.unitsBefore(target);
    }

    private long follow(Backlog.Entry entry) {
        Batch batch = entry.batch();
        long bytes = seenVersion == batch.versionBefore() ? 0 : write(headers(batch));
        passed(batch);
        return bytes + share(entry);
    }

    /** Goes on at the key frame in a batch. */
    private long start(Backlog.Entry entry) {
        Batch batch = entry.batch();
        waitsForKey = false;
        boolean knows = seenVersion == batch.versionAfter() || batch.headersAtKey();
        long bytes = knows ? 0 : write(headers(batch));
        passed(batch);
        int from = batch.bytes().readerIndex() + batch.keyOffset();
        return bytes + write(batch.bytes().retainedSlice(from, batch.bytes().writerIndex() - from));
    }

    private void passed(Batch batch) {
        seenVersion = batch.versionAfter();
        unitsSeen += batch.units();
        place++;
    }

    /** Sends the bytes that all viewers get, past the pipeline where nothing waits in it. */
    private int share(Backlog.Entry entry) {
        ByteBuf bytes = entry.bytes();
        int length = bytes.readableBytes();
        int sent = 0;
        if (socket != null && !unflushed) {
            try {
                sent = socket.send(entry.nio());
            } catch (IOException e) {
                channel.pipeline().fireExceptionCaught(e);
                Sending.close(channel);
                return 0;
            }
        }
        connection.sent(length);
        if (sent < length) {
            Sending.write(channel, bytes.retainedSlice(bytes.readerIndex() + sent, length - sent));
            unflushed = true;
        }
        return length;
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
            ByteBuf header = channel.alloc().directBuffer(Framing.MAX_HEADER_BYTES);
            framing.writeHeader(header, bytes);
            Sending.write(channel, header);
        }
        Sending.write(channel, piece);
        unflushed = true;
        return bytes;
    }

    private boolean flush() {
        boolean needed = unflushed;
        unflushed = false;
        if (needed) {
            channel.flush();
        }
        return needed;
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

    /** Sends what there still is for it, and the end. */
    void end(Backlog backlog) {
        if (!paused && !waitsForKey && place >= backlog.tail()) {
            while (place < backlog.head()) {
                follow(backlog.at(place));
            }
        }
        flush();
        ended();
    }

    /** The stream is over. */
    void ended() {
        onEnd.run();
    }
}
