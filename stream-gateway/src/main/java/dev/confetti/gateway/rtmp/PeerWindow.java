package dev.confetti.gateway.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.CoalescingBufferQueue;
import java.nio.channels.ClosedChannelException;

/**
 * Holds back what a client that sets a window has no room for: RTMP 1.0, 5.4.5. It is in the
 * pipeline only of such clients, which are few.
 *
 * <p>What is held counts as waiting on the channel, so that a viewer which does not acknowledge is
 * slow like one that does not read.
 */
final class PeerWindow extends ChannelDuplexHandler {
    /**
     * Some clients leave the handshake of 3073 bytes out of their count; half of this, after which
     * they are asked to acknowledge, must be more.
     */
    static final long LEAST_WINDOW_BYTES = 8192;

    private final Acknowledger count;
    private final CoalescingBufferQueue held;
    private long windowBytes;
    private long acknowledgedBytes;

    /**
     * @param count of what was sent so far
     */
    PeerWindow(Channel channel, Acknowledger count, long windowBytes) {
        this.count = count;
        this.held = new CoalescingBufferQueue(channel, 4, true);
        this.windowBytes = windowBytes;
        this.acknowledgedBytes = count.sentBytes();
    }

    long windowBytes() {
        return windowBytes;
    }

    /** Sets another window, in bytes that may be sent and not acknowledged. */
    void windowBytes(ChannelHandlerContext connection, long bytes) {
        windowBytes = bytes;
        release(connection);
    }

    /**
     * The client has received bytes.
     *
     * @param sequence how many since the connection began, 32 bit, wrapping
     */
    void acknowledged(ChannelHandlerContext connection, int sequence) {
        long sent = count.sentBytes();
        int missing = (int) sent - sequence;
        acknowledgedBytes = Math.max(acknowledgedBytes, sent - Math.max(missing, 0));
        release(connection);
    }

    private void release(ChannelHandlerContext connection) {
        ChannelHandlerContext own = connection.pipeline().context(this);
        if (own != null && !held.isEmpty()) {
            send(own);
            own.flush();
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // whoever writes has the promise
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            held.add(bytes, promise);
        } else {
            ctx.write(message, promise);
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        send(ctx);
        ctx.flush();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the promise tells those of the pieces
    private void send(ChannelHandlerContext ctx) {
        long room = windowBytes - (count.sentBytes() - acknowledgedBytes);
        int bytes = (int) Math.min(room, held.readableBytes());
        if (bytes > 0) {
            ChannelPromise promise = ctx.newPromise();
            ctx.write(held.remove(bytes, promise), promise);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        held.releaseAndFailAll(new ClosedChannelException());
    }
}
