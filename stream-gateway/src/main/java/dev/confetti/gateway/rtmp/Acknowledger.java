package dev.confetti.gateway.rtmp;

import dev.confetti.gateway.channel.Connection;
import dev.confetti.gateway.channel.Sending;
import dev.confetti.gateway.metrics.GatewayMeters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Counts what arrives and acknowledges it by the window that the peer asked for. */
final class Acknowledger extends ChannelInboundHandlerAdapter {
    /** As other servers do; peers rarely say otherwise. */
    static final int DEFAULT_WINDOW_BYTES = 2_500_000;

    /** A smaller window would have us answer each packet. */
    private static final int LEAST_WINDOW_BYTES = 65_536;

    private final GatewayMeters meters;
    private long receivedBytes;
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
            Sending.send(ctx, Replies.acknowledgement(ctx.alloc(), (int) receivedBytes));
        }
    }
}
