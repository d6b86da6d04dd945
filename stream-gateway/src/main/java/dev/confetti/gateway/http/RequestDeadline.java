package dev.confetti.gateway.http;

import dev.confetti.gateway.channel.Sending;
import dev.confetti.gateway.limits.Limits;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request is not there in time: a short while after the connection or the
 * request's first byte, a longer one where nothing of a further request has come. Sees the bytes
 * before HTTP does; removed when an answer without end takes the connection over.
 */
final class RequestDeadline extends ChannelInboundHandlerAdapter {
    private final Limits limits;
    private boolean idle;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> timeout;

    RequestDeadline(Limits limits) {
        this.limits = limits;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        start(limits.headerTimeoutMs());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (idle) {
            idle = false;
            start(limits.headerTimeoutMs());
        }
        ctx.fireChannelRead(message);
    }

    /** A whole request is there: no deadline while it is answered. */
    void requested() {
        idle = false;
        cancel();
    }

    /** It has been answered, and no further one is there. */
    void answered() {
        idle = true;
        start(limits.idleTimeoutMs());
    }

    private void start(long ms) {
        cancel();
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            timeout = ctx.executor().schedule(() -> Sending.close(ctx), ms, TimeUnit.MILLISECONDS);
        }
    }

    private void cancel() {
        if (timeout != null) {
            timeout.cancel(false);
            timeout = null;
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        cancel();
        context = null;
    }
}
