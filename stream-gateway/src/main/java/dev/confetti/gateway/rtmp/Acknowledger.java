package dev.confetti.gateway.rtmp;

import dev.confetti.gateway.channel.Connection;
import dev.confetti.gateway.channel.Sending;
import dev.confetti.gateway.metrics.GatewayMeters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/**
 * Counts what arrives and what is sent, and acknowledges by the window that the peer asked for
 * (RTMP 1.0, 5.4.3 and 5.4.4).
 */
final class Acknowledger extends ChannelDuplexHandler {
    /** As other servers do; peers rarely say otherwise. */
    static final int DEFAULT_WINDOW_BYTES = 2_500_000;

    /** A smaller window would have us answer each packet. */
    private static final int LEAST_WINDOW_BYTES = 65_536;

    private final GatewayMeters meters;
    private long receivedBytes;
    private long sentBytes;
    private long acknowledgedBytes;
    private long windowBytes = DEFAULT_WINDOW_BYTES;
    private boolean connected;

    Acknowledger(GatewayMeters meters) {
        this.meters = meters;
    }

    void window(long bytes) {
        windowBytes = Math.clamp(bytes, LEAST_WINDOW_BYTES, Integer.MAX_VALUE);
    }

    /** The handshake is over: acknowledgements may be sent. */
    void connected() {
        connected = true;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            receivedBytes += bytes.readableBytes();
            meters.bytesIn.add(bytes.readableBytes());
            Connection.of(ctx.channel()).received(bytes.readableBytes());
        }
        ctx.fireChannelRead(message);
        if (connected && receivedBytes - acknowledgedBytes >= windowBytes) {
            acknowledgedBytes = receivedBytes;
            // The counter has 32 bits and wraps.
            ByteBuf acknowledgement = Replies.acknowledgement(ctx.alloc(), (int) receivedBytes);
            sentBytes += acknowledgement.readableBytes();
            Sending.send(ctx, acknowledgement);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // whoever writes has the promise
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            sentBytes += bytes.readableBytes();
        }
        ctx.write(message, promise);
    }

    /** Bytes were given to the connection past the pipeline. */
    void sent(int bytes) {
        sentBytes += bytes;
    }

    /** Bytes that were given to the connection since it began, with the handshake. */
    long sentBytes() {
        return sentBytes;
    }
}
