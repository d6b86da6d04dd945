package dev.confetti.gateway.http;

import dev.confetti.gateway.channel.Sending;
import dev.confetti.gateway.limits.Limits;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets one connection ask for many things (RFC 9112, 9.3): requests go on one at a time, in the
 * order in which they came, each when the answer before it has been taken; the connection stays
 * unless either side wants it closed.
 *
 * <p>Removed when an answer without end takes the connection over: what was asked after it is
 * thrown away.
 */
final class KeepAlive extends ChannelDuplexHandler {
    /** No client that waits for answers has more; one that has is closed. */
    static final int MAX_PIPELINED = 64;

    private final Limits limits;
    private final Deque<FullHttpRequest> waiting = new ArrayDeque<>();
    private boolean answering;
    private boolean keepAlive;
    private boolean closing;
    private HttpVersion version = HttpVersion.HTTP_1_1;
    private @Nullable Future<?> answerTimeout;

    /**
     * @param limits {@code viewerStallMs} is how long a client may take for a whole answer
     */
    KeepAlive(Limits limits) {
        this.limits = limits;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof FullHttpRequest request)) {
            ctx.fireChannelRead(message);
            return;
        }
        if (closing) {
            request.release();
        } else if (!answering) {
            answer(ctx, request);
        } else if (waiting.size() < MAX_PIPELINED) {
            waiting.add(request);
            ctx.channel().config().setAutoRead(false); // the rest stays with the client
        } else {
            request.release();
            closing = true;
            Sending.close(ctx);
        }
    }

    private void answer(ChannelHandlerContext ctx, FullHttpRequest request) {
        answering = true;
        keepAlive = HttpUtil.isKeepAlive(request);
        version = request.protocolVersion();
        deadline(ctx).requested();
        ctx.fireChannelRead(request);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof FullHttpResponse response)
                || response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)
                || response.status().equals(HttpResponseStatus.CONTINUE)) {
            var _ = ctx.write(message, promise);
            return;
        }
        keepAlive =
                keepAlive
                        && !response.headers()
                                .contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
        HttpUtil.setKeepAlive(response.headers(), version, keepAlive);
        answerTimeout =
                ctx.executor()
                        .schedule(
                                () -> Sending.close(ctx),
                                limits.viewerStallMs(),
                                TimeUnit.MILLISECONDS);
        closing = !keepAlive;
        ctx.write(message, promise.unvoid())
                .addListener(keepAlive ? _ -> taken(ctx) : ChannelFutureListener.CLOSE);
    }

    /** The client has an answer: on to its next request. */
    private void taken(ChannelHandlerContext ctx) {
        cancelTimeout();
        if (ctx.isRemoved() || !ctx.channel().isActive()) {
            return;
        }
        answering = false;
        FullHttpRequest next = waiting.poll();
        if (next != null) {
            // Not from within the write: a long pipeline would become a deep stack.
            answering = true;
            ctx.executor().execute(() -> goOn(ctx, next));
            return;
        }
        deadline(ctx).answered();
        ctx.channel().config().setAutoRead(true);
    }

    private void goOn(ChannelHandlerContext ctx, FullHttpRequest next) {
        if (ctx.isRemoved()) {
            next.release();
        } else {
            answer(ctx, next);
        }
    }

    private static RequestDeadline deadline(ChannelHandlerContext ctx) {
        return ctx.pipeline().get(RequestDeadline.class);
    }

    private void cancelTimeout() {
        if (answerTimeout != null) {
            answerTimeout.cancel(false);
            answerTimeout = null;
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        cancelTimeout();
        boolean held = !waiting.isEmpty();
        waiting.forEach(FullHttpRequest::release);
        waiting.clear();
        if (held) {
            ctx.channel().config().setAutoRead(true);
        }
    }
}
