package dev.confetti.gateway.http;

import dev.confetti.gateway.channel.Connection;
import dev.confetti.gateway.channel.Sending;
import dev.confetti.gateway.flv.FlvMuxer;
import dev.confetti.gateway.hls.HlsReply;
import dev.confetti.gateway.hls.HlsRequest;
import dev.confetti.gateway.limits.Limits;
import dev.confetti.gateway.metrics.GatewayMeters;
import dev.confetti.gateway.operations.StreamOperations;
import dev.confetti.gateway.play.PlayGate;
import dev.confetti.gateway.play.PlayRight;
import dev.confetti.gateway.stream.Framing;
import dev.confetti.gateway.stream.Passage;
import dev.confetti.gateway.stream.Stream;
import dev.confetti.gateway.stream.Streams;
import dev.confetti.gateway.stream.Viewer;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests of an HTTP connection: with a page, or with media without end. */
final class MediaRequests extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(MediaRequests.class);
    private static final int MAX_CLIENT_FRAME_BYTES = 4096;
    private static final String ENDED = "the live has ended";

    /**
     * Who asks.
     *
     * @param agent as it calls itself; may be empty
     */
    private record Client(String agent, PlayRight.Granted right) {}

    private final Streams streams;
    private final PlayGate playGate;
    private final StreamOperations operations;
    private final Limits limits;
    private final GatewayMeters meters;
    private final BooleanSupplier ready;
    private final @Nullable Supplier<String> metrics;

    /**
     * @param metrics the Prometheus text; null where it is served elsewhere
     */
    MediaRequests(
            Streams streams,
            PlayGate playGate,
            StreamOperations operations,
            Limits limits,
            GatewayMeters meters,
            BooleanSupplier ready,
            @Nullable Supplier<String> metrics) {
        this.streams = streams;
        this.playGate = playGate;
        this.operations = operations;
        this.limits = limits;
        this.meters = meters;
        this.ready = ready;
        this.metrics = metrics;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            malformed(ctx, "request: expected HTTP/1.1 with a head of at most 8 KB", true);
            return;
        }
        boolean get = request.method().equals(HttpMethod.GET);
        boolean head = request.method().equals(HttpMethod.HEAD);
        if (request.content().isReadable()
                || request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            malformed(ctx, "request with a body: expected none", !head);
            return;
        }
        MediaPath path = MediaPath.parse(request.uri());
        if (path instanceof MediaPath.Malformed(String detail)) {
            malformed(ctx, detail, !head);
        } else if (request.method().equals(HttpMethod.OPTIONS)) {
            Answers.preflight(ctx);
        } else if (path instanceof MediaPath.Operations(String target)) {
            operate(ctx, request, target, !head);
        } else if (!get && !head) {
            Answers.problem(
                    ctx,
                    HttpResponseStatus.METHOD_NOT_ALLOWED,
                    "method-not-allowed",
                    "method "
                            + request.method().name()
                            + ": expected one of "
                            + Answers.ALLOWED_METHODS,
                    true);
        } else {
            route(ctx, request, path, get);
        }
    }

    private void route(
            ChannelHandlerContext ctx, FullHttpRequest request, MediaPath path, boolean get) {
        PlayRight right =
                path instanceof MediaPath.OfLive asked
                        ? playGate.check(asked.liveId(), PlayToken.shownBy(request))
                        : PlayRight.ANYBODY;
        switch (right) {
            case PlayRight.Refused refused -> Answers.refused(ctx, refused, get);
            case PlayRight.Granted granted -> {
                String agent = request.headers().get(HttpHeaderNames.USER_AGENT, "");
                route(ctx, request, path, get, new Client(agent, granted));
            }
        }
    }

    private void route(
            ChannelHandlerContext ctx,
            FullHttpRequest request,
            MediaPath path,
            boolean get,
            Client client) {
        switch (path) {
            case MediaPath.Flv(String liveId) -> {
                Stream stream = streams.find(liveId);
                if (stream == null) {
                    unknownLive(ctx, liveId, get);
                } else if (upgrades(request)) {
                    webSocket(ctx, request, () -> view(ctx.channel(), stream, true, client));
                } else {
                    if (endless(ctx, "video/x-flv", get)) {
                        view(ctx.channel(), stream, false, client);
                    }
                }
            }
            case MediaPath.Gifts(String liveId) -> {
                Stream stream = streams.find(liveId);
                if (stream == null) {
                    unknownLive(ctx, liveId, get);
                } else if (upgrades(request)) {
                    webSocket(ctx, request, () -> listen(ctx.channel(), stream, true, client));
                } else {
                    if (endless(ctx, "text/event-stream", get)) {
                        listen(ctx.channel(), stream, false, client);
                    }
                }
            }
            case MediaPath.Hls(String liveId, HlsRequest asked) ->
                    hls(ctx, liveId, asked, get, client.right());
            case MediaPath.Health() -> health(ctx, get);
            case MediaPath.Metrics() -> {
                if (metrics == null) {
                    unknown(ctx, "/actuator/prometheus", get);
                } else {
                    Answers.text(
                            ctx,
                            HttpResponseStatus.OK,
                            "text/plain; version=0.0.4; charset=utf-8",
                            metrics.get(),
                            get);
                }
            }
            case MediaPath.Operations _ ->
                    throw new IllegalStateException("operations have methods of their own");
            case MediaPath.Unknown(String asked) -> unknown(ctx, asked, get);
            case MediaPath.Malformed(String detail) -> malformed(ctx, detail, get);
        }
    }

    private void operate(
            ChannelHandlerContext ctx, FullHttpRequest request, String target, boolean withBody) {
        operations
                .answer(
                        request.method().name(),
                        target,
                        request.headers().get(HttpHeaderNames.AUTHORIZATION, ""))
                .thenAccept(
                        answer ->
                                ctx.executor()
                                        .execute(() -> Answers.operations(ctx, answer, withBody)));
    }

    private void hls(
            ChannelHandlerContext ctx,
            String liveId,
            HlsRequest asked,
            boolean get,
            PlayRight.Granted right) {
        meters.hlsRequests.increment();
        Stream stream = streams.findForHls(liveId);
        if (stream == null) {
            unknownLive(ctx, liveId, get);
            return;
        }
        stream.hls(
                output -> output.answer(asked, reply -> reply(ctx, reply, get, right)),
                () -> onLoop(ctx, () -> unknownLive(ctx, liveId, get), () -> {}));
    }

    private void reply(
            ChannelHandlerContext ctx, HlsReply reply, boolean get, PlayRight.Granted right) {
        onLoop(
                ctx,
                () -> meters.bytesOut.add(Answers.hls(ctx, reply, get, right)),
                () -> {
                    if (reply instanceof HlsReply.Found found) {
                        found.body().release();
                    }
                });
    }

    /** From the stream's event loop to the connection's, unless the gateway is shutting down. */
    private static void onLoop(ChannelHandlerContext ctx, Runnable task, Runnable otherwise) {
        try {
            ctx.executor().execute(task);
        } catch (RejectedExecutionException e) {
            otherwise.run();
        }
    }

    private static boolean upgrades(FullHttpRequest request) {
        return request.headers()
                .contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }

    /**
     * Writes the head of an endless answer and takes HTTP out of the pipeline.
     *
     * @return false when the head was all that was asked for
     */
    private boolean endless(ChannelHandlerContext ctx, String contentType, boolean get) {
        HttpResponse response = Answers.endless(contentType);
        ChannelPipeline pipeline = ctx.pipeline();
        boolean http2 = pipeline.get(HttpServerCodec.class) == null;
        if (http2) {
            pipeline.addBefore(ctx.name(), null, new Http2Bytes());
        }
        if (!get) {
            ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
            return false;
        }
        Sending.write(ctx, response);
        pipeline.addLast(new Listening());
        if (http2) {
            pipeline.remove(this);
            return true;
        }
        pipeline.remove(RequestDeadline.class);
        pipeline.remove(HttpServerCodec.class);
        pipeline.remove(WholeRequests.class);
        pipeline.remove(KeepAlive.class);
        pipeline.remove(this);
        return true;
    }

    private void webSocket(ChannelHandlerContext ctx, FullHttpRequest request, Runnable then) {
        WebSocketServerHandshaker handshaker =
                new WebSocketServerHandshakerFactory(
                                "ws://" + request.headers().get(HttpHeaderNames.HOST, "localhost"),
                                null,
                                false,
                                MAX_CLIENT_FRAME_BYTES)
                        .newHandshaker(request);
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(ctx.channel())
                    .addListener(ChannelFutureListener.CLOSE);
            return;
        }
        try {
            handshaker
                    .handshake(ctx.channel(), request)
                    .addListener(
                            future -> {
                                if (future.isSuccess()) {
                                    ctx.pipeline().addLast(new WebSocketControl());
                                    ctx.pipeline().remove(RequestDeadline.class);
                                    ctx.pipeline().remove(KeepAlive.class);
                                    ctx.pipeline().remove(this);
                                    then.run();
                                } else {
                                    Sending.close(ctx);
                                }
                            });
        } catch (WebSocketHandshakeException e) {
            malformed(ctx, "WebSocket upgrade: " + e.getMessage(), true);
        }
    }

    private void view(Channel channel, Stream stream, boolean webSocket, Client client) {
        Connection.of(channel)
                .began(
                        Connection.Role.VIEWER,
                        webSocket ? "ws-flv" : "http-flv",
                        stream.liveId(),
                        client.agent(),
                        client.right().viewerId());
        @Nullable Framing framing = webSocket ? WebSocketFraming.INSTANCE : null;
        stream.join(
                new Viewer(
                        channel,
                        FlvMuxer.INSTANCE,
                        framing,
                        Passage.FREE,
                        limits,
                        () -> ended(channel, webSocket)));
    }

    private static void ended(Channel channel, boolean webSocket) {
        Connection.of(channel).ends(ENDED);
        channel.writeAndFlush(
                        webSocket
                                ? new CloseWebSocketFrame(
                                        WebSocketCloseStatus.NORMAL_CLOSURE, ENDED)
                                : Unpooled.EMPTY_BUFFER)
                .addListener(ChannelFutureListener.CLOSE);
    }

    private static void listen(Channel channel, Stream stream, boolean webSocket, Client client) {
        Connection.of(channel)
                .began(
                        Connection.Role.GIFT_LISTENER,
                        webSocket ? "ws-gifts" : "sse-gifts",
                        stream.liveId(),
                        client.agent(),
                        client.right().viewerId());
        GiftEvents events = new GiftEvents(channel, webSocket);
        events.begin();
        stream.listen(events);
        channel.closeFuture().addListener(_ -> stream.unlisten(events));
    }

    private void health(ChannelHandlerContext ctx, boolean get) {
        boolean up = ready.getAsBoolean();
        Answers.text(
                ctx,
                up ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE,
                "application/json",
                up ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}",
                get);
    }

    private static void unknownLive(ChannelHandlerContext ctx, String liveId, boolean get) {
        Answers.problem(
                ctx,
                HttpResponseStatus.NOT_FOUND,
                "unknown-live",
                "live \"" + liveId + "\": not on this gateway now",
                get);
    }

    private static void unknown(ChannelHandlerContext ctx, String path, boolean get) {
        Answers.problem(
                ctx,
                HttpResponseStatus.NOT_FOUND,
                "not-found",
                "path \""
                        + path.substring(0, Math.min(path.length(), 100))
                        + "\": expected /live/{liveId}.flv, /live/{liveId}/index.m3u8 or"
                        + " /live/{liveId}/gifts",
                get);
    }

    private static void malformed(ChannelHandlerContext ctx, String detail, boolean withBody) {
        Answers.malformed(ctx, detail, withBody);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof RuntimeException && !(cause instanceof CodecException)) {
            LOG.warn("http {}: closed by an error", ctx.channel().remoteAddress(), cause);
        }
        Sending.close(ctx);
    }
}
