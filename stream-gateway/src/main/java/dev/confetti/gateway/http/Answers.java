package dev.confetti.gateway.http;

import dev.confetti.gateway.channel.Sending;
import dev.confetti.gateway.hls.HlsReply;
import dev.confetti.gateway.hls.PlaylistText;
import dev.confetti.gateway.operations.OperationsAnswer;
import dev.confetti.gateway.play.PlayRight;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes HTTP answers; {@link KeepAlive} says whether the connection stays after one. */
final class Answers {
    static final String ALLOWED_METHODS = "GET, HEAD, OPTIONS";

    private static final String PROBLEMS = "https://confetti.example/problems/";
    private static final String PLAYLIST_TYPE = "application/vnd.apple.mpegurl";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Answers() {}

    /** An RFC 9457 problem document. */
    static void problem(
            ChannelHandlerContext ctx,
            HttpResponseStatus status,
            String name,
            String detail,
            boolean withBody) {
        problem(ctx, status, name, detail, withBody, new DefaultHttpHeaders());
    }

    /** The same for a request after which the connection cannot go on: what follows is not read. */
    static void malformed(ChannelHandlerContext ctx, String detail, boolean withBody) {
        problem(
                ctx,
                HttpResponseStatus.BAD_REQUEST,
                "malformed-request",
                detail,
                withBody,
                new DefaultHttpHeaders().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE));
    }

    private static void problem(
            ChannelHandlerContext ctx,
            HttpResponseStatus status,
            String name,
            String detail,
            boolean withBody,
            HttpHeaders headers) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", PROBLEMS + name);
        problem.put("title", status.reasonPhrase());
        problem.put("status", status.code());
        problem.put("detail", detail);
        if (status.equals(HttpResponseStatus.UNAUTHORIZED)) {
            headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer"); // RFC 6750, 3
        }
        if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            headers.set(HttpHeaderNames.ALLOW, ALLOWED_METHODS);
        }
        body(
                ctx,
                status,
                "application/problem+json",
                JSON.writeValueAsBytes(problem),
                withBody,
                headers);
    }

    /** What operators are answered. */
    static void operations(ChannelHandlerContext ctx, OperationsAnswer answer, boolean withBody) {
        switch (answer) {
            case OperationsAnswer.Found(var found) ->
                    body(
                            ctx,
                            HttpResponseStatus.OK,
                            "application/json",
                            JSON.writeValueAsBytes(found),
                            withBody,
                            new DefaultHttpHeaders());
            case OperationsAnswer.Done() -> Sending.send(ctx, noContent());
            case OperationsAnswer.Problem(int status, String name, String detail) ->
                    problem(ctx, HttpResponseStatus.valueOf(status), name, detail, withBody);
        }
    }

    static void text(
            ChannelHandlerContext ctx,
            HttpResponseStatus status,
            String contentType,
            String text,
            boolean withBody) {
        body(
                ctx,
                status,
                contentType,
                text.getBytes(StandardCharsets.UTF_8),
                withBody,
                new DefaultHttpHeaders());
    }

    private static void body(
            ChannelHandlerContext ctx,
            HttpResponseStatus status,
            String contentType,
            byte[] bytes,
            boolean withBody,
            HttpHeaders headers) {
        ByteBuf content = withBody ? Unpooled.wrappedBuffer(bytes) : Unpooled.EMPTY_BUFFER;
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        common(response.headers())
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
        response.headers().add(headers);
        Sending.send(ctx, response);
    }

    /** Why somebody may not play a live. */
    static void refused(ChannelHandlerContext ctx, PlayRight.Refused refused, boolean withBody) {
        switch (refused.why()) {
            case MISSING ->
                    problem(
                            ctx,
                            HttpResponseStatus.UNAUTHORIZED,
                            "play-token-missing",
                            refused.detail(),
                            withBody);
            case INVALID ->
                    problem(
                            ctx,
                            HttpResponseStatus.FORBIDDEN,
                            "play-token-invalid",
                            refused.detail(),
                            withBody);
            case EXPIRED ->
                    problem(
                            ctx,
                            HttpResponseStatus.FORBIDDEN,
                            "play-token-expired",
                            refused.detail(),
                            withBody);
        }
    }

    /**
     * A playlist or a piece of media, or why not.
     *
     * @param right of who asks: a playlist's URIs are for the same viewer
     * @return bytes of its body
     */
    static int hls(
            ChannelHandlerContext ctx, HlsReply reply, boolean withBody, PlayRight.Granted right) {
        switch (reply) {
            case HlsReply.Found(String contentType, String cacheControl, ByteBuf bytes) -> {
                return found(ctx, contentType, cacheControl, bytes, withBody, right);
            }
            case HlsReply.Playlist(String cacheControl, PlaylistText text) -> {
                ByteBuf bytes = text.with(right.query());
                return found(ctx, PLAYLIST_TYPE, cacheControl, bytes, withBody, right);
            }
            case HlsReply.Refused(HlsReply.Why why, String detail) -> {
                switch (why) {
                    case BAD_REQUEST ->
                            problem(
                                    ctx,
                                    HttpResponseStatus.BAD_REQUEST,
                                    "malformed-request",
                                    detail,
                                    withBody);
                    case NOT_FOUND ->
                            problem(
                                    ctx,
                                    HttpResponseStatus.NOT_FOUND,
                                    "not-found",
                                    detail,
                                    withBody);
                    case UNAVAILABLE ->
                            problem(
                                    ctx,
                                    HttpResponseStatus.SERVICE_UNAVAILABLE,
                                    "try-again",
                                    detail,
                                    withBody);
                }
                return 0;
            }
        }
    }

    private static int found(
            ChannelHandlerContext ctx,
            String contentType,
            String cacheControl,
            ByteBuf bytes,
            boolean withBody,
            PlayRight.Granted right) {
        int length = bytes.readableBytes();
        if (!withBody) {
            bytes.release();
        }
        FullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.OK,
                        withBody ? bytes : Unpooled.EMPTY_BUFFER);
        common(response.headers())
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CONTENT_LENGTH, length)
                .set(HttpHeaderNames.CACHE_CONTROL, cacheControl);
        if (!right.token().isEmpty()) {
            // One viewer's, whether the token is in the URL or not (RFC 9111, 3.5 and 4.1).
            response.headers()
                    .set(
                            HttpHeaderNames.CACHE_CONTROL,
                            "private, " + cacheControl.replaceFirst("^public, ", ""))
                    .set(HttpHeaderNames.VARY, HttpHeaderNames.AUTHORIZATION);
        }
        Sending.send(ctx, response);
        return withBody ? length : 0;
    }

    /** The answer to a preflight. */
    static void preflight(ChannelHandlerContext ctx) {
        FullHttpResponse response = noContent();
        response.headers()
                .set(HttpHeaderNames.ALLOW, ALLOWED_METHODS)
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, ALLOWED_METHODS)
                // The wildcard does not stand for that one (Fetch, CORS protocol).
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, "*, Authorization")
                .set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, 86_400);
        Sending.send(ctx, response);
    }

    private static FullHttpResponse noContent() {
        FullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT, Unpooled.EMPTY_BUFFER);
        common(response.headers());
        return response;
    }

    /** The head of an answer that ends with the connection. */
    static HttpResponse endless(String contentType) {
        HttpResponse response =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        common(response.headers())
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }

    private static HttpHeaders common(HttpHeaders headers) {
        return headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "Age, Content-Length")
                .set("cross-origin-resource-policy", "cross-origin")
                .set("x-content-type-options", "nosniff");
    }
}
