package dev.confetti.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes HTTP answers. Each connection answers one request and is closed after it. */
final class Answers {
    static final String ALLOWED_METHODS = "GET, HEAD, OPTIONS";

    private static final String PROBLEMS = "https://confetti.example/problems/";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Answers() {}

    /** An RFC 9457 problem document. */
    static void problem(
            ChannelHandlerContext ctx,
            HttpResponseStatus status,
            String name,
            String detail,
            boolean withBody) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", PROBLEMS + name);
        problem.put("title", status.reasonPhrase());
        problem.put("status", status.code());
        problem.put("detail", detail);
        body(ctx, status, "application/problem+json", JSON.writeValueAsBytes(problem), withBody);
    }

    static void text(
            ChannelHandlerContext ctx,
            HttpResponseStatus status,
            String contentType,
            String text,
            boolean withBody) {
        body(ctx, status, contentType, text.getBytes(StandardCharsets.UTF_8), withBody);
    }

    private static void body(
            ChannelHandlerContext ctx,
            HttpResponseStatus status,
            String contentType,
            byte[] bytes,
            boolean withBody) {
        ByteBuf content = withBody ? Unpooled.wrappedBuffer(bytes) : Unpooled.EMPTY_BUFFER;
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        common(response.headers())
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
        if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            response.headers().set(HttpHeaderNames.ALLOW, ALLOWED_METHODS);
        }
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    /** The answer to a preflight. */
    static void preflight(ChannelHandlerContext ctx) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT, Unpooled.EMPTY_BUFFER);
        common(response.headers())
                .set(HttpHeaderNames.ALLOW, ALLOWED_METHODS)
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, ALLOWED_METHODS)
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, "*")
                .set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, 86_400);
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    /** The head of an answer that ends with the connection. */
    static HttpResponse endless(String contentType) {
        HttpResponse response =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        common(response.headers()).set(HttpHeaderNames.CONTENT_TYPE, contentType);
        return response;
    }

    private static HttpHeaders common(HttpHeaders headers) {
        return headers.set(HttpHeaderNames.CONNECTION, "close")
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .set("cross-origin-resource-policy", "cross-origin")
                .set("x-content-type-options", "nosniff");
    }
}
