package dev.confetti.gateway.http;

import dev.confetti.gateway.channel.Sending;
import dev.confetti.gateway.limits.Limits;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;

/**
 * Sets up each connection of the TLS port: TLS, then HTTP/2 or HTTP/1.1 as the client chooses by
 * ALPN (RFC 7301). Over HTTP/2 each request is a channel of its own, with the same answers.
 */
public final class TlsInitializer extends ChannelInitializer<Channel> {
    /** A player has some five requests under way. */
    private static final long MAX_STREAMS = 100;

    private static final long MAX_HEADER_LIST_BYTES = 8192;

    private final SslContext tls;
    private final HttpInitializer http;
    private final Limits limits;

    /**
     * @param tls that offers HTTP/2
     * @param http sets up what comes after TLS
     */
    public TlsInitializer(SslContext tls, HttpInitializer http, Limits limits) {
        this.tls = tls;
        this.http = http;
        this.limits = limits;
    }

    /** What HTTP/2 asks of TLS: its ciphers (RFC 9113, 9.2) and ALPN. */
    public static SslContextBuilder offerHttp2(SslContextBuilder tls) {
        return tls.ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(
                        new ApplicationProtocolConfig(
                                ApplicationProtocolConfig.Protocol.ALPN,
                                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                                ApplicationProtocolNames.HTTP_2,
                                ApplicationProtocolNames.HTTP_1_1));
    }

    @Override
    protected void initChannel(Channel channel) {
        SslHandler handler = tls.newHandler(channel.alloc());
        handler.setHandshakeTimeoutMillis(limits.headerTimeoutMs());
        channel.pipeline().addLast(handler).addLast(new Negotiated());
    }

    private final class Negotiated extends ApplicationProtocolNegotiationHandler {
        Negotiated() {
            super(ApplicationProtocolNames.HTTP_1_1);
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
            if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                http2(ctx.pipeline());
            } else {
                http.setUp(ctx.pipeline());
            }
        }

        @Override
        protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
            Sending.close(ctx);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            Sending.close(ctx);
        }
    }

    private void http2(ChannelPipeline pipeline) {
        pipeline.addLast(new IdleClose(limits.idleTimeoutMs()))
                .addLast(
                        Http2FrameCodecBuilder.forServer()
                                .initialSettings(
                                        Http2Settings.defaultSettings()
                                                .maxConcurrentStreams(MAX_STREAMS)
                                                .maxHeaderListSize(MAX_HEADER_LIST_BYTES))
                                .build())
                .addLast(
                        new Http2MultiplexHandler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel stream) {
                                        http.setUpStream(stream);
                                    }
                                }));
    }

    /** Closes a connection that neither asks nor takes anything. */
    private static final class IdleClose extends IdleStateHandler {
        IdleClose(long ms) {
            super(0, 0, ms, TimeUnit.MILLISECONDS);
        }

        @Override
        protected void channelIdle(ChannelHandlerContext ctx, IdleStateEvent event) {
            Sending.close(ctx);
        }
    }
}
