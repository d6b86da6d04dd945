package dev.confetti.gateway.http;

import dev.confetti.gateway.channel.Sending;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Closes a connection whose request is not there in time; removed when it is. */
final class HeaderDeadline extends ChannelInboundHandlerAdapter {
    private final long timeoutMs;
    private @Nullable Future<?> timeout;

    HeaderDeadline(long timeoutMs) {
        this.timeoutMs = timeoutMs;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        timeout =
                ctx.executor().schedule(() -> Sending.close(ctx), timeoutMs, TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timeout != null) {
            timeout.cancel(false);
        }
    }
}
