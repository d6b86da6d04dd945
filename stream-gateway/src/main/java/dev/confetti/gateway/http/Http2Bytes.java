package dev.confetti.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;

/** Over HTTP/2 bytes without end go out as content, and end the stream in good order. */
final class Http2Bytes extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        Object out = message instanceof ByteBuf bytes ? new DefaultHttpContent(bytes) : message;
        var _ = ctx.write(out, promise);
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
                .addListener(
                        _ -> {
                            var _ = ctx.close(promise);
                        });
    }
}
