package dev.confetti.gateway.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;

/**
 * Puts requests together. One with too long a body is handed on as a failed one, so that its
 * refusal takes its turn among the answers.
 */
final class WholeRequests extends HttpObjectAggregator {
    WholeRequests(int maxBodyBytes) {
        super(maxBodyBytes, true);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        HttpMethod method =
                oversized instanceof HttpRequest request ? request.method() : HttpMethod.GET;
        FullHttpRequest failed = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, "/");
        failed.setDecoderResult(
                DecoderResult.failure(
                        new TooLongFrameException("body beyond " + maxContentLength() + " bytes")));
        ctx.fireChannelRead(failed);
    }
}
